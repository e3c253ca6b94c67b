import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import type { StreamId } from '../../domain/event.ts';
import { CannotRun } from '../../faces/cli/cannot-run.ts';
import type { Ledger } from '../../ledger/ports/ledger.ts';
import type { Progress } from '../../town/town.ts';

/** The same trouble so often in a row is not going to pass by itself. */
const troublesMax = 8;

export interface ConvoyWatch {
  /** Resolves with the convoy when its pull request is open or it has ended; rejects when it can't go on. */
  readonly over: Promise<Convoy>;
  /** Is told of every trouble, so that a run doesn't try for ever what a person must mend. */
  trouble(progress: Extract<Progress, { kind: 'trouble' }>): void;
  refused(reason: string): void;
  close(): Promise<void>;
}

export function watchConvoy(ledger: Ledger, stream: StreamId): ConvoyWatch {
  const { promise, resolve, reject } = Promise.withResolvers<Convoy>();
  const counts = new Map<string, number>();
  const look = (): void => {
    const { state } = ledger.load(stream, convoyFold);
    if (state?.pullRequest || state?.ended) resolve(state);
  };
  const subscription = ledger.subscribe({
    after: 'now',
    handle: (event) => {
      counts.clear();
      if (event.stream === stream) look();
      if (event.type === 'OrderRefused') reject(new CannotRun('convoy', event.data.text));
    },
    onError: () => null,
  });
  look();
  return {
    over: promise,
    trouble({ step, message, retryInMs }) {
      const count = (counts.get(step) ?? 0) + 1;
      counts.set(step, count);
      if (retryInMs === null || count >= troublesMax) {
        reject(new CannotRun('unexpected', `${step} can't go on: ${message} The same command resumes.`));
      }
    },
    refused: (reason) => reject(new CannotRun('convoy', reason)),
    close: () => subscription.close(),
  };
}
