import { spawn } from 'node:child_process';
import os from 'node:os';

const passed = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGWINCH', 'SIGUSR2'];

/** A key press can reach this process twice, from the terminal and from npm; within this time it counts as one. */
const onePressMs = 200;

/**
 * Runs a command in this one's place: same terminal, same environment, its exit status, its signals.
 * The command has a process group of its own, so that each signal reaches it once, from here.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string }} [options]
 */
export function handOver(command, args, options = {}) {
  const child = spawn(command, args, { ...options, stdio: 'inherit', detached: true });
  const last = new Map();
  for (const signal of passed) {
    process.on(signal, () => {
      const now = performance.now();
      if (now - (last.get(signal) ?? Number.NEGATIVE_INFINITY) >= onePressMs) child.kill(signal);
      last.set(signal, now);
    });
  }
  child.on('error', (error) => {
    console.error(`${command} could not be started (${error.code ?? error.message}).`);
    process.exitCode = 1;
  });
  child.on('exit', (status, signal) => {
    process.exitCode = status ?? 128 + os.constants.signals[signal];
    for (const name of passed) process.removeAllListeners(name);
  });
}
