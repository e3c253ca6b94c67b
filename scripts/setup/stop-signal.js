const stopping = new AbortController();

/** Aborted when somebody ends set-up from outside; what is running then stops and clears up after itself. */
export const stopSignal = stopping.signal;

/** Ctrl-C and the like end set-up through {@link stopSignal}. Returns what undoes this. */
export function stopOnSignals() {
  const stop = () => stopping.abort();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, stop);
  return () => {
    for (const signal of signals) process.off(signal, stop);
  };
}
