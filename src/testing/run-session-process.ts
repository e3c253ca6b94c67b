import { createInterface } from 'node:readline';
import { createModelPort } from '../adapters/openai/create-model-port.ts';
import { runSession } from '../agent/run-session.ts';
import { openLedger } from '../ledger/open-ledger.ts';
import type { AppendRequest, AppendResult, Ledger } from '../ledger/ports/ledger.ts';
import { lookingSession } from './looking-session.ts';

/**
 * A process that runs the session that looks around, for tests that kill it. It says each step on its standard output and
 * does not take it before it has read a line: `append <types>`, then `appended <types>`, and `tool <call id>`.
 * Arguments: the ledger's file, the endpoint's base URL, the session's id.
 */
const [file = '', baseURL = '', id = ''] = process.argv.slice(2);
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

let turn: Promise<unknown> = Promise.resolve();
/** Steps are taken one at a time, even those that tools take side by side. */
function step(name: string): Promise<void> {
  const mine = turn.then(async () => {
    process.stdout.write(`${name}\n`);
    await lines.next();
  });
  turn = mine;
  return mine;
}

const ledger = openLedger({ path: file, clock: () => new Date() });
const stepped: Ledger = {
  ...ledger,
  async append(request: AppendRequest): Promise<AppendResult> {
    const types = request.events.map((event) => event.type).join('+');
    await step(`append ${types}`);
    const result = await ledger.append(request);
    await step(`appended ${types}`);
    return result;
  },
};
const stop = await runSession(
  {
    ledger: stepped,
    model: createModelPort({
      baseURL,
      apiKey: 'any',
      retry: { attempts: 1, firstDelayMs: 1, maxDelayMs: 1 },
    }),
    clock: () => new Date(),
  },
  lookingSession(id, (callId) => step(`tool ${callId}`)),
  new AbortController().signal,
);
await ledger.close();
process.stdout.write(`stopped ${JSON.stringify(stop)}\n`);
process.exit(0);
