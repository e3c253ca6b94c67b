import { RequestError } from '@octokit/request-error';
import { z } from 'zod';
import type { KeptApp } from '../../../faces/web/setup/create-setup.ts';
import { quietOctokit } from '../../quiet-octokit.ts';
import { writeEnv } from './write-env.ts';

const conversion = z.object({
  id: z.int().positive(),
  name: z.string(),
  html_url: z.url(),
  pem: z.string().min(1),
  webhook_secret: z.string().min(8),
  client_id: z.string().min(1),
  client_secret: z.string().min(1),
});

/** Exchanges a manifest's code for the App's keys, and writes them to an env file. */
export async function keepApp(
  code: string,
  { api, envFile }: { readonly api: string; readonly envFile: string },
): Promise<KeptApp> {
  const octokit = quietOctokit(api);
  try {
    const { data } = await octokit.rest.apps.createFromManifest({ code });
    const { id, name, html_url: url, ...keys } = conversion.parse(data);
    await writeEnv(envFile, {
      APP_ID: String(id),
      PRIVATE_KEY: keys.pem,
      WEBHOOK_SECRET: keys.webhook_secret,
      GITHUB_CLIENT_ID: keys.client_id,
      GITHUB_CLIENT_SECRET: keys.client_secret,
    });
    return { status: 'kept', app: { id, name, url }, envFile };
  } catch (error) {
    if (error instanceof RequestError && (error.status === 404 || error.status === 422))
      return { status: 'refused' };
    throw error;
  }
}
