import type { ForgeContext } from '../context.ts';
import { git } from './run-git.ts';

const known = new WeakMap<ForgeContext, Promise<string>>();

/**
 * What a fetch in version 2 of the protocol is answered first: what this git can do, and nothing of the repository asked
 * for. All repositories of a forge are set up alike, so git is asked once. Source: gitprotocol-v2(5).
 */
export function uploadsAdvertisement(context: ForgeContext, repository: string): Promise<string> {
  const asked =
    known.get(context) ??
    git(repository, ['upload-pack', '--stateless-rpc', '--http-backend-info-refs', repository], {
      env: { GIT_PROTOCOL: 'version=2' },
    });
  known.set(context, asked);
  asked.catch(() => known.delete(context));
  return asked;
}
