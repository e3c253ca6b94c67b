import { exitStatus, SetupError } from './setup-error.js';
import { stopOnSignals, stopSignal } from './stop-signal.js';

/**
 * What steps work with.
 * @typedef {object} Context
 * @property {string} root the project's folder
 * @property {NodeJS.ProcessEnv} env
 * @property {(line: string) => void} tell prints one line of progress
 */

/**
 * One step of set-up. `look` changes nothing; `make` is only called where `look` found something to do, and after its
 * plan was announced.
 * @typedef {object} Step
 * @property {string} name
 * @property {(context: Context) => Promise<{ ready: true, says: string } | { ready: false, plan: string }>} look
 * @property {(context: Context) => Promise<void>} make
 */

/**
 * Takes the steps in order. With `GASTOWN_SETUP=check` it only tells.
 * @param {readonly Step[]} steps
 * @param {{ root: string, env: NodeJS.ProcessEnv, write: (text: string) => void }} options
 * @returns {Promise<number>} the exit status: 0 where everything is ready
 */
export async function setUp(steps, { root, env, write }) {
  const keepSignals = stopOnSignals();
  const checkOnly = env.GASTOWN_SETUP === 'check';
  let status = 0;
  try {
    for (const step of steps) {
      const tell = (line) => write(`set-up: ${step.name.padEnd(12)} ${line}\n`);
      const outcome = await take(step, { root, env, tell }, checkOnly);
      if (outcome !== 0) status = outcome;
      if (status !== 0 && !checkOnly) return status;
    }
    return status;
  } finally {
    keepSignals();
  }
}

/**
 * @param {Step} step
 * @param {Context} context
 * @param {boolean} checkOnly
 */
async function take(step, context, checkOnly) {
  try {
    const found = await step.look(context);
    if (found.ready) context.tell(`ok: ${found.says}`);
    else if (checkOnly) context.tell(`missing: would ${found.plan}`);
    else await make(step, found.plan, context);
    return found.ready || !checkOnly ? 0 : exitStatus.missing;
  } catch (error) {
    return fail(error, context);
  }
}

async function make(step, plan, context) {
  context.tell(`will ${plan}`);
  const began = performance.now();
  await step.make(context);
  const found = await step.look(context);
  if (!found.ready) {
    throw new SetupError(
      step.name,
      `It was done without an error, and still set-up would ${found.plan}: please report this.`,
    );
  }
  context.tell(`done in ${((performance.now() - began) / 1000).toFixed(1)} s: ${found.says}`);
}

function fail(error, { tell, env }) {
  if (env.GASTOWN_DEBUG) tell(error.stack ?? String(error));
  if (stopSignal.aborted) {
    tell('stopped; run it again to go on');
    return 130;
  }
  tell(
    error instanceof SetupError
      ? error.message
      : `unexpected trouble (${error.message}); GASTOWN_DEBUG=1 shows where`,
  );
  return error instanceof SetupError ? error.status : 1;
}
