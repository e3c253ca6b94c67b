import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { createModelPort } from '../adapters/openai/create-model-port.ts';
import { openLedger } from '../ledger/open-ledger.ts';
import { type Bundle, bundlePrograms } from '../testing/bundle-programs.ts';
import { lookingScript, lookingSession } from '../testing/looking-session.ts';
import { startRehearsalModel } from '../testing/rehearsal/start-rehearsal-model.ts';
import { runSession } from './run-session.ts';

const replies = 3;

let folder = '';
let bundle: Bundle;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gas-town-kill-'));
  bundle = await bundlePrograms(
    new URL('../testing/run-session-process.ts', import.meta.url),
    new URL('../ledger/sqlite/checkpoint-worker.ts', import.meta.url),
  );
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await bundle[Symbol.asyncDispose]();
});

interface Place {
  readonly file: string;
  readonly baseUrl: string;
  readonly id: string;
}

interface Life {
  readonly taken: readonly string[];
  /** The step that it was about to take when it was killed. */
  readonly killedBefore: string | null;
}

/** A reply that had come over the wire and was not written down when the process was killed is asked for again. */
const unwritten = (step: string | null) => step === 'append ModelReplied';

/** Starts the process and lets it take `steps` steps; then kills it, or lets it run to its end. */
async function live(place: Place, steps: number): Promise<Life> {
  const args = [bundle.program('run-session-process'), place.file, place.baseUrl, place.id];
  const child: ChildProcess = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const taken: string[] = [];
  let killedBefore: string | null = null;
  if (!child.stdout || !child.stdin) throw new Error('the process has no pipes');
  const exited = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) {
    if (taken.length === steps && !line.startsWith('stopped')) {
      child.kill('SIGKILL');
      killedBefore = line;
      break;
    }
    taken.push(line);
    if (line.startsWith('stopped')) break;
    child.stdin.write('\n');
  }
  await exited;
  return { taken, killedBefore };
}

async function openPlace() {
  const model = await startRehearsalModel(lookingScript);
  onTestFinished(() => model.close());
  const id = randomUUID();
  return { place: { file: join(folder, `${id}.db`), baseUrl: model.baseUrl, id }, model };
}

/** Lets the session go on in this process to its end, and gives the types of all its events. */
async function finish({ file, baseUrl, id }: Place): Promise<readonly string[]> {
  const ledger = openLedger({ path: file, clock: () => new Date() });
  const model = createModelPort({ baseURL: baseUrl, apiKey: 'any' });
  const spec = lookingSession(id, async () => undefined);
  const stop = await runSession(
    { ledger, model, clock: () => new Date() },
    spec,
    new AbortController().signal,
  );
  const types = ledger.read(`session/${id}`).map((event) => event.type);
  await ledger.close();
  expect(stop).toMatchObject({ status: 'ended', outcome: 'finished', text: 'Nothing anywhere.' });
  return types;
}

test('killed before any of its steps, a session asks for no reply twice and loses none', {
  timeout: 180_000,
}, async () => {
  const whole = await openPlace();
  const { taken: steps } = await live(whole.place, Number.POSITIVE_INFINITY);
  expect(whole.model.requests()).toBe(replies);
  const story = (await finish(whole.place)).toSorted();

  for (let killedAt = 0; killedAt < steps.length - 1; killedAt += 1) {
    const { place, model } = await openPlace();
    const { killedBefore } = await live(place, killedAt);
    const types = await finish(place);
    const again = unwritten(killedBefore) ? 1 : 0;
    expect(model.requests(), `killed before "${killedBefore}"`).toBe(replies + again);
    expect(types.toSorted()).toEqual(story);
  }
});

test('living for three steps at a time it comes to its end, and pays only for what was on the wire', {
  timeout: 180_000,
}, async () => {
  const { place, model } = await openPlace();
  let lost = 0;
  let life: Life = { taken: [], killedBefore: null };
  for (let lives = 0; lives < 60 && !life.taken.at(-1)?.startsWith('stopped'); lives += 1) {
    life = await live(place, 3);
    if (unwritten(life.killedBefore)) lost += 1;
  }
  expect(life.taken.at(-1)).toContain('"outcome":"finished"');
  expect(model.requests()).toBe(replies + lost);
  expect((await finish(place)).filter((type) => type === 'ModelReplied')).toHaveLength(replies);
});
