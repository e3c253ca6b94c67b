import { SandboxFailed } from '../engine/errors.ts';
import type { Lanes } from '../shell/lanes.ts';
import { asWords, feed } from '../shell/shell-text.ts';
import type { Baseline } from '../snapshot/baseline.ts';
import { filesBelow, foldersOfBaseline } from '../snapshot/baseline-folders.ts';
import { type BytePath, bytesOf } from './byte-path.ts';

/** `f` file, `l` symlink; anything else is neither taken out nor read. */
export interface Listed {
  readonly type: string;
  /** Permission bits. */
  readonly mode: number;
  readonly size: number;
}

/** How a workspace differs from its baseline by inodes and names, before anything is read. */
export interface Listing {
  /** What is no folder and changed after the stamp, or lies in a folder that is new. */
  readonly touched: ReadonlyMap<BytePath, Listed>;
  /** Changed folders that can't be looked into: what they hold is unknown, not gone. */
  readonly closed: readonly BytePath[];
  /** Files of the baseline that are not there as such. */
  readonly missing: readonly BytePath[];
  /** Things named `.git` that changed after the stamp; not descended into. */
  readonly gitFolders: readonly BytePath[];
}

/** What is known of an image's own tools: that its `find` and `tar` can do this, once they have. */
export interface ImageTools {
  areKnown: boolean;
}

const TIMEOUT_MS = 120_000;
const MAX_LISTING_BYTES = 256 * 2 ** 20;
const ENTER_OWNER = 0o500;
/** The exit status by which our own script says that the image's `find` or `tar` is not GNU's. */
const NO_TOOLS = 99;

/** Says by its exit status where the image's own tools can't do this. */
const probed = (
  script: string,
): string => `if ! { find / -maxdepth 0 -printf '' && tar --version; } 2>/dev/null | grep -q GNU; then
status ${NO_TOOLS}
else
${script}
fi`;

/** `+type mode size path`, `g` for git's folders. The C locale spares `find` from decoding names. */
const changed = (stamp: string): string => `cd /workspace && LC_ALL=C find . \
-iname .git -prune \\( -cnewer ${stamp} -printf '+g 0 0 %P\\0' -o -true \\) \
-o -cnewer ${stamp} -printf '+%y %m %s %P\\0'`;

/** Runs `find` with the paths before what it looks for: with none, not at all. */
function findIn(paths: readonly BytePath[], expression: string): string {
  if (paths.length === 0) return ':';
  const words = asWords(paths);
  if (words !== null) return `LC_ALL=C find ${words} ${expression}`;
  const list = Buffer.concat(paths.flatMap((path) => [bytesOf(path), Buffer.of(0)]));
  return feed(list, `| LC_ALL=C xargs -0 -r sh -c 'exec find "$@" ${expression.replaceAll("'", '"')}' sh`);
}

/** The names in some folders, and what did not change in others. */
const around = (
  known: readonly BytePath[],
  fresh: readonly BytePath[],
  stamp: string,
): string => `cd /workspace
${findIn(known, "-mindepth 1 -maxdepth 1 -printf '+%y %m %s %p\\0'")}
$next
${findIn(fresh, `-iname .git -prune -o ! -cnewer ${stamp} ! -type d -printf '+%y %m %s %p\\0'`)}
:`;

const failed = (reason: string): SandboxFailed =>
  new SandboxFailed({ doing: 'listing the workspace', status: null, reason });

async function lists(lanes: Lanes, script: string): Promise<readonly [Buffer, Buffer] | null> {
  const chunks: [Buffer[], Buffer[]] = [[], []];
  let size = 0;
  const answer = await lanes.call(
    script,
    (section, bytes) => {
      chunks[section]?.push(bytes);
      size += bytes.length;
      return section < 2 && size <= MAX_LISTING_BYTES;
    },
    { timeoutMs: TIMEOUT_MS },
  );
  if (answer.status === 'ended' && answer.exit === NO_TOOLS) return null;
  // Status 1 means that a folder could not be entered: it is in the listing, with the bits that say so.
  if (answer.status === 'lost' || answer.exit > 1) throw failed('the container gave no listing');
  return [Buffer.concat(chunks[0]), Buffer.concat(chunks[1])];
}

function* records(all: Buffer): Generator<readonly [BytePath, Listed]> {
  for (let start = 0; start < all.length; ) {
    const end = all.indexOf(0, start);
    if (end === -1 || all[start] !== 0x2b) throw failed('the listing is damaged');
    const text = all.toString('latin1', start + 1, end);
    start = end + 1;
    const fields = /^(.) (\d+) (\d+) ([\s\S]*)$/.exec(text);
    if (fields === null) throw failed('the listing is damaged');
    const [, type = '', mode = '', size = '', path = ''] = fields;
    yield [path.replace(/^\.\//, ''), { type, mode: Number.parseInt(mode, 8), size: Number(size) }];
  }
}

function missingFrom(
  baseline: Baseline,
  folders: readonly BytePath[],
  found: ReadonlyMap<BytePath, Listed>,
): BytePath[] {
  const missing: BytePath[] = [];
  for (const folder of folders) {
    for (const child of foldersOfBaseline(baseline).get(folder) ?? []) {
      const now = found.get(child);
      const isFolder = foldersOfBaseline(baseline).has(child);
      // A file that stays a file, or a folder that stays one, is not missing, whatever is in it.
      if (now !== undefined && (now.type === 'd') === isFolder) continue;
      missing.push(...filesBelow(baseline, child));
    }
  }
  return missing;
}

/**
 * What in the workspace changed after the file `stamp` did: by the inode's change time, which nobody in the container can
 * set, and by the names in changed folders. No file is read. Null where the image lacks GNU's `find` or `tar`; rejects with
 * `SandboxFailed` when no listing comes out.
 */
export async function listWorkspace(
  lanes: Lanes,
  baseline: Baseline,
  stamp: string,
  tools: ImageTools,
): Promise<Listing | null> {
  const touched = new Map<BytePath, Listed>();
  const gitFolders: BytePath[] = [];
  const closed: BytePath[] = [];
  const open: BytePath[] = [];
  const first = await lists(lanes, tools.areKnown ? changed(stamp) : probed(changed(stamp)));
  if (first === null) return null;
  tools.areKnown = true;
  for (const [path, listed] of records(first[0])) {
    if (listed.type === 'g') gitFolders.push(path);
    else if (listed.type !== 'd') touched.set(path, listed);
    else if ((listed.mode & ENTER_OWNER) !== ENTER_OWNER) closed.push(path);
    else open.push(path);
  }
  const index = foldersOfBaseline(baseline);
  const known = open.filter((path) => index.has(path));
  const fresh = open.filter((path) => !index.has(path));
  if (known.length + fresh.length === 0) return { touched, closed, missing: [], gitFolders };
  const placed = (paths: readonly BytePath[]): BytePath[] =>
    paths.map((path) => (path === '' ? '.' : `./${path}`));
  const freshOnes = new Set(fresh);
  const topmost = fresh.filter((path) => !freshOnes.has(path.slice(0, Math.max(0, path.lastIndexOf('/')))));
  const second = await lists(lanes, around(placed(known), placed(topmost), stamp));
  if (second === null) return null;
  const [names, moved] = second;
  for (const [path, listed] of records(moved)) touched.set(path, listed);
  return { touched, closed, missing: missingFrom(baseline, known, new Map(records(names))), gitFolders };
}
