import {
  authorizeUrl,
  authorizeUser,
  type UserAuthorization,
} from '../../adapters/github/user-authorization.ts';
import type { GitHubLogin } from '../../faces/web/door/github/github-login.ts';
import type { Hubs } from '../../town/ports/hub.ts';

/** People log in with the App's own web flow; what they may do is asked of the same API as for a comment. */
export const githubLogin = (app: UserAuthorization, hubs: Hubs): GitHubLogin => ({
  authorizeUrl: (asked) => authorizeUrl(app, asked),
  identify: (code, proof) => authorizeUser(app, code, proof),
  async mayWrite({ login }, rig) {
    const level = await (await hubs.open(rig)).permissionOf(login);
    return level === 'admin' || level === 'write';
  },
});
