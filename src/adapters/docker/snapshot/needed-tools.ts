import type Dockerode from 'dockerode';
import { SandboxFailed } from '../engine/errors.ts';
import type { Settings } from '../engine/options.ts';
import type { Lanes } from '../shell/lanes.ts';
import { putSpareTools } from './spare-tools.ts';

/** Without these nothing works. */
const needed = ['base64', 'cat', 'head', 'mkdir', 'rm', 'rmdir', 'setsid', 'tail', 'wc', 'xargs'];
/** Without these an agent is the poorer. */
const wanted = ['find', 'grep', 'ls', 'sed', 'sort', 'tar', 'touch'];

async function missingOf(lanes: Lanes, tools: readonly string[]): Promise<string[]> {
  let missing = '';
  await lanes.call(
    `for tool in ${tools.join(' ')}; do command -v $tool >/dev/null || printf '%s ' $tool; done`,
    (_section, bytes) => {
      missing += bytes.toString('latin1');
      return missing.length < 1000;
    },
    { timeoutMs: 30_000 },
  );
  return missing.split(' ').filter((tool) => tool !== '');
}

/**
 * Sees to it that the image can serve the town's tools: those that it lacks are put in, from a static busybox. Rejects
 * with `SandboxFailed`, naming what is missing, where there is none and it can't do without.
 */
export async function mustHaveTools(
  container: Dockerode.Container,
  lanes: Lanes,
  image: { readonly name: string; readonly convoy: string },
  settings: Settings,
): Promise<void> {
  const missing = await missingOf(lanes, [...needed, ...wanted]);
  if (missing.length === 0 || (await putSpareTools(container, missing, image.convoy, settings))) return;
  const fatal = missing.filter((tool) => needed.includes(tool));
  if (fatal.length === 0) return;
  const reason = `the image ${image.name} lacks ${fatal.join(' ')}; coreutils, findutils and util-linux (or busybox) have them`;
  throw new SandboxFailed({ doing: 'looking for tools in an image', status: null, reason });
}
