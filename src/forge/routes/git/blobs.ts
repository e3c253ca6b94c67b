import { z } from 'zod';
import { readBlob, writeBlob } from '../../git/objects.ts';
import { repositoryUrl } from '../../render/repository.ts';
import { nodeId } from '../../render/view.ts';
import { notFound } from '../../server/api-error.ts';
import { read, write } from '../../server/operation.ts';
import { bareOf } from '../bare-repository.ts';

export const getBlob = read({
  path: '/git/blobs/{file_sha}',
  operationId: 'git/get-blob',
  permission: 'contents=read',
  handle: async (request) => {
    const sha = request.params.file_sha ?? '';
    const content = await readBlob(bareOf(request), sha);
    if (content === undefined) throw notFound();
    return {
      status: 200,
      body: {
        sha,
        node_id: nodeId('Blob', `${request.repository.id}:${sha}`),
        size: content.length,
        url: `${repositoryUrl(request.view, request.repository)}/git/blobs/${sha}`,
        content: lines(content),
        encoding: 'base64',
      },
    };
  },
});

/** Base64 in lines of 60 characters, as GitHub sends it. */
export function lines(content: Buffer): string {
  return content.toString('base64').replaceAll(/.{60}|.+$/g, '$&\n');
}

export const createBlob = write({
  method: 'POST',
  path: '/git/blobs',
  operationId: 'git/create-blob',
  permission: 'contents=write',
  level: 'write',
  body: z.object({ content: z.string(), encoding: z.enum(['utf-8', 'base64']).optional() }),
  handle: async (request) => {
    const { content, encoding } = request.body;
    const bytes = Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8');
    const sha = await writeBlob(bareOf(request), bytes);
    const url = `${repositoryUrl(request.view, request.repository)}/git/blobs/${sha}`;
    return { status: 201, body: { sha, url }, headers: { location: url } };
  },
});
