import { appendFile, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { ActionCall, ActionsOptions } from '../actions/options.ts';

/** A container action that was started, and whose part the test plays. */
export interface PlayedCall {
  readonly call: ActionCall;
  /** The event file, as the action finds it. */
  event(): Promise<Record<string, unknown>>;
  /** Gives an output and ends with that exit status. */
  end(exit: number, outputs?: Readonly<Record<string, string>>): Promise<void>;
}

export interface PlayedActions {
  readonly options: ActionsOptions;
  /** The next action that is started. */
  next(): Promise<PlayedCall>;
  /** Actions that run and were not ended. */
  running(): number;
  /** The most that ran at once so far. */
  mostAtOnce(): number;
}

/** Runs `acme/probe` by hand: each call waits for the test to end it, or ends when it is interrupted or killed. */
export function playedActions(options: Partial<ActionsOptions> = {}): PlayedActions {
  const waiting: PlayedCall[] = [];
  const askers: ((call: PlayedCall) => void)[] = [];
  let open = 0;
  let most = 0;
  const runAction = (call: ActionCall) =>
    new Promise<number>((resolve) => {
      open += 1;
      most = Math.max(most, open);
      const done = (exit: number) => {
        open -= 1;
        resolve(exit);
      };
      call.interrupt.addEventListener('abort', () => done(130), { once: true });
      call.kill.addEventListener('abort', () => done(137), { once: true });
      const played: PlayedCall = {
        call,
        event: async () => JSON.parse(await readFile(call.env.GITHUB_EVENT_PATH ?? '', 'utf8')),
        end: async (exit, outputs = {}) => {
          const lines = Object.entries(outputs).map(([name, value]) => `${name}=${value}\n`);
          await appendFile(call.env.GITHUB_OUTPUT ?? '', lines.join(''));
          done(exit);
        },
      };
      const asker = askers.shift();
      if (asker === undefined) waiting.push(played);
      else asker(played);
    });
  const folder = fileURLToPath(new URL('probe-action', import.meta.url));
  return {
    options: { actions: { 'acme/probe': folder }, runAction, ...options },
    next: () => {
      const call = waiting.shift();
      return call === undefined ? new Promise((resolve) => askers.push(resolve)) : Promise.resolve(call);
    },
    running: () => open,
    mostAtOnce: () => most,
  };
}
