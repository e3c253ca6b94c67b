import { expect, it } from 'vitest';
import type { Seen } from './counting-proxy.ts';
import { tally } from './tally.ts';

const seen = (method: string, path: string, status = 200): Seen => ({ method, path, status, bytes: 0 });

it('counts what GitHub counts, each request under each allowance that it takes from', () => {
  const counted = tally([
    seen('GET', '/api/v3/repos/acme/wall/issues/1'),
    seen('GET', '/api/v3/repos/acme/wall/issues/1', 304),
    seen('PATCH', '/api/v3/repos/acme/wall/issues/comments/1'),
    seen('POST', '/api/v3/repos/acme/wall/issues', 201),
    seen('POST', '/api/graphql'),
    seen('POST', '/api/v3/repos/acme/wall/actions/workflows/gas-town.yml/dispatches', 204),
    seen('GET', '/acme/wall.git/info/refs?service=git-receive-pack'),
    seen('POST', '/acme/wall.git/git-receive-pack'),
    seen('GET', '/acme/wall.git/info/refs?service=git-upload-pack'),
    seen('POST', '/acme/wall.git/git-upload-pack'),
    seen('POST', '/api/v3/app/installations/1/access_tokens', 201),
    seen('GET', '/api/v3/app'),
  ]);
  expect(counted).toEqual({
    reads: 1,
    unchanged: 1,
    writes: 4,
    creates: 2,
    dispatches: 1,
    pushes: 1,
    gitReads: 1,
  });
});
