import { z } from 'zod';
import { callbackPath } from '../door/github/github-door.ts';

/** `app.yml`: what the App may do and what it is told. */
export const appFile = z.object({
  name: z.string(),
  description: z.string(),
  public: z.boolean(),
  default_permissions: z.record(z.string(), z.enum(['read', 'write', 'admin'])),
  default_events: z.array(z.string()),
});
export type AppFile = z.output<typeof appFile>;

export interface ManifestPlaces {
  /** The root under which GitHub reaches the server: `https://gastown.example.com`. */
  readonly publicRoot: string;
  /** Where webhooks go under it. */
  readonly webhooksPath: string;
  /** Where GitHub sends the person back to. */
  readonly redirectUrl: string;
}

/**
 * The App as GitHub takes it from a form.
 * https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest
 */
export function appManifest(
  file: AppFile,
  { publicRoot, webhooksPath, redirectUrl }: ManifestPlaces,
): object {
  const root = publicRoot.replace(/\/$/, '');
  return {
    ...file,
    url: root,
    hook_attributes: { url: `${root}${webhooksPath}`, active: true },
    redirect_url: redirectUrl,
    // Where people come back to after they logged in to the dashboard.
    callback_urls: [`${root}${callbackPath}`],
  };
}

/** An account's name as GitHub allows it. */
export const isOrganization = (text: string): boolean => /^[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}$/.test(text);

/** Whether GitHub can send webhooks there: http or https, no credentials in it. */
export function isPublicRoot(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, search, hash } = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && username === '' && search === '' && hash === '';
}
