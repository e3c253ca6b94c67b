import { exitStatus } from '../faces/cli/exit-status.ts';

export interface StopSignals {
  /** Aborted by the first SIGINT or SIGTERM. */
  readonly stop: AbortSignal;
  close(): void;
}

/** The first Ctrl-C stops cleanly, a second one at once. */
export function stopOnSignals(told: () => void): StopSignals {
  const stop = new AbortController();
  const onSignal = (): void => {
    if (stop.signal.aborted) process.exit(exitStatus.interrupted.code);
    told();
    stop.abort(new Error('Stopped by the person at the terminal.'));
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    stop: stop.signal,
    close() {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}
