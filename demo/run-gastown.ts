import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const gastown = fileURLToPath(new URL('../bin/gastown', import.meta.url));

/** Starts the same program that a person would, on this terminal, and gives its exit status. */
export async function runGastown(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  const child = spawn(process.execPath, [gastown, ...args], { stdio: 'inherit', env: { ...environment } });
  // Ctrl-C reaches the whole process group: the program stops by itself, and this one waits for it.
  const leaveToChild = (): void => {};
  const passOn = (signal: NodeJS.Signals): void => {
    child.kill(signal);
  };
  process.on('SIGINT', leaveToChild);
  process.on('SIGTERM', passOn);
  try {
    const [status, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    return status ?? (signal === 'SIGINT' ? 130 : 1);
  } finally {
    process.off('SIGINT', leaveToChild);
    process.off('SIGTERM', passOn);
  }
}
