import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sessionFold } from '../../../src/agent/session-state.ts';
import type { StreamId } from '../../../src/domain/event.ts';
import { filesOf } from '../../../src/ledger/git-refs/commit-files.ts';
import type { GitLedger } from '../../../src/ledger/git-refs/open-git-ledger.ts';
import { refOf } from '../../../src/ledger/git-refs/stream-refs.ts';
import { openLedger } from '../../../src/ledger/open-ledger.ts';
import { bareRepository } from '../../../src/testing/ledger/bare-repository.ts';
import { gitLedgerOn } from '../../../src/testing/ledger/git-ledger.ts';
import { replied } from '../../../src/testing/ledger/session-events.ts';

const session = (number: number): StreamId =>
  `session/00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
const provenance = { actor: 'polecat', cause: 'bench' };
const text = 'lorem ipsum dolor sit amet '.repeat(4);
const replies = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => replied(from + index, `${from + index} ${text}`));

/** So many commits a stream: what is said in a minute is one. */
const commitsPerStream = 5;

/**
 * Fills a bare repository with streams: events of a ledger, as commits that its own writer would make of them, by git's
 * bulk loader.
 */
export async function fillRefs(path: string, streams: number, eventsPerStream: number): Promise<null> {
  bareRepository(path);
  const clock = (): Date => new Date();
  const ledger = openLedger({ path: `${path}.db`, clock, synchronous: 'normal' });
  const loader = spawn('git', [`--git-dir=${path}`, 'fast-import', '--quiet'], {
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  const ended = once(loader, 'close');
  for (let number = 1; number <= streams; number += 1) {
    const stream = session(number);
    await ledger.append({ stream, expected: 0, events: replies(1, eventsPerStream), ...provenance });
    if (!loader.stdin.write(commitsOf(stream, ledger.linesOf(stream, 0)))) await once(loader.stdin, 'drain');
  }
  loader.stdin.end();
  const [status] = await ended;
  if (status !== 0) throw new Error(`git fast-import ended with ${status}`);
  await ledger.close();
  rmSync(`${path}.db`);
  return null;
}

/** A stream's commits, each on the one before. Source: git-fast-import(1), INPUT FORMAT. */
function commitsOf(stream: StreamId, lines: readonly string[]): Buffer {
  const each = Math.ceil(lines.length / commitsPerStream);
  const parts: Buffer[] = [];
  for (let from = 0; from < lines.length; from += each) {
    parts.push(
      Buffer.from(`commit ${refOf(stream)}\ncommitter Bench <bench@localhost> 1767225600 +0000\ndata 0\n`),
    );
    for (const [name, bytes] of filesOf({ stream, lines: lines.slice(from, from + each), seal: null })) {
      parts.push(Buffer.from(`M 100644 inline ${name}\ndata ${bytes.byteLength}\n`), Buffer.from(bytes));
      parts.push(Buffer.from('\n'));
    }
  }
  return Buffer.concat(parts);
}

export interface RefWork {
  /** Processor time in ms of the first look at a stream, of a look after another's append, of an append with its push, of a fold. */
  readonly first: number;
  readonly news: number;
  readonly append: number;
  readonly fold: number;
  /** What the first look brought here. */
  readonly fetchedKb: number;
}

/** Each runner has processes of git to start for it, whose time has a grain of 10 ms. */
const rounds = 10;

/** What a new runner does with one stream of a repository. */
export async function workRefs(path: string, folder: string, events: number): Promise<RefWork> {
  const remote = { url: path, token: null };
  const stream = session(1);
  const runner = await gitLedgerOn(remote, join(folder, 'runner'));
  const first = await processorMs(() => runner.follow([stream]));
  const fetchedKb = kibOf(join(folder, 'runner/ledger.git/objects'));
  const begun = process.cpuUsage();
  const { state, version } = runner.load(stream, sessionFold);
  const { user, system } = process.cpuUsage(begun);
  if (version < events || state.turns.length !== version) throw new Error(`${version} events were read`);
  const other = await gitLedgerOn(remote, join(folder, 'other'));
  await other.follow([stream]);
  let at = version;
  let [news, append] = [0, 0];
  for (let round = 0; round < rounds; round += 1) {
    await say(other, stream, at);
    news += await processorMs(() => runner.follow([stream]));
    append += await processorMs(() => say(runner, stream, at + 1));
    at += 2;
    await other.follow([stream]);
  }
  if (other.load(stream, sessionFold).version !== at) throw new Error('an append was lost');
  await Promise.all([runner.close(), other.close()]);
  return { first, news: news / rounds, append: append / rounds, fold: (user + system) / 1_000, fetchedKb };
}

async function say(ledger: GitLedger, stream: StreamId, after: number): Promise<void> {
  await ledger.append({ stream, expected: after, events: replies(after + 1, 1), ...provenance });
  await ledger.publish();
}

/** Processor time of this process and of the children that have ended meanwhile, user and system, in ms. */
async function processorMs(work: () => Promise<unknown>): Promise<number> {
  const before = usedMs();
  await work();
  return usedMs() - before;
}

/** Fields 14 to 17, in ticks of 10 ms. Source: proc_pid_stat(5). */
function usedMs(): number {
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) * 10, 0);
}

function kibOf(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return files.reduce((sum, one) => sum + statSync(join(one.parentPath, one.name)).size, 0) / 1_024;
}
