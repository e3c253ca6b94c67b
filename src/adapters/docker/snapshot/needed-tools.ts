import { SandboxFailed } from '../engine/errors.ts';
import type { Lanes } from '../shell/lanes.ts';

const needed = ['base64', 'cat', 'head', 'mkdir', 'rm', 'rmdir', 'setsid', 'tail', 'wc', 'xargs'];

/** Rejects with `SandboxFailed`, naming what is missing, when the image can't serve the town's tools. */
export async function mustHaveTools(lanes: Lanes, image: string): Promise<void> {
  let missing = '';
  await lanes.call(
    `for tool in ${needed.join(' ')}; do command -v $tool >/dev/null || printf ' %s' $tool; done`,
    (_section, bytes) => {
      missing += bytes.toString('latin1');
      return missing.length < 1000;
    },
    { timeoutMs: 30_000 },
  );
  if (missing === '') return;
  const reason = `the image ${image} lacks${missing}; coreutils, findutils and util-linux (or busybox) have them`;
  throw new SandboxFailed({ doing: 'looking for tools in an image', status: null, reason });
}
