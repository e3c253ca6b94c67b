import { isAbsolute } from 'node:path';
import type { Remote } from '../../town/ports/git-store.ts';
import { RemoteRefused } from './git-errors.ts';

/** How one git process may reach one remote. */
export interface RemoteAccess {
  readonly url: string;
  readonly settings: readonly (readonly [string, string])[];
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * Only http and https; an absolute path is a repository of this machine's user, and then only files are reached. A token
 * goes to that remote's host alone, as a header in the environment, and no redirect is followed with it.
 */
export function remoteAccess(remote: Remote): RemoteAccess {
  if (isAbsolute(remote.url)) {
    return { url: remote.url, settings: [['protocol.file.allow', 'always']], variables: {} };
  }
  const url = parsed(remote.url);
  if (url.username !== '' || url.password !== '') {
    throw new RemoteRefused('credentials-in-url', 'A remote URL must not hold a user name or a password.');
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new RemoteRefused('protocol', `Remotes are reached by http or https, not by ${url.protocol}`);
  }
  if (remote.token === null) return { url: remote.url, settings: [], variables: {} };
  const basic = Buffer.from(`x-access-token:${remote.token}`, 'utf8').toString('base64');
  return {
    url: remote.url,
    settings: [
      [`http.${url.origin}/.extraHeader`, `Authorization: Basic ${basic}`],
      ['http.followRedirects', 'false'],
    ],
    variables: {},
  };
}

function parsed(text: string): URL {
  try {
    return new URL(text);
  } catch (cause) {
    throw new RemoteRefused('not-a-url', 'A remote must be an http(s) URL or an absolute path.', { cause });
  }
}
