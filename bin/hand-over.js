import { spawn } from 'node:child_process';
import os from 'node:os';

/** What a terminal sends to all processes of a group, and what a process is sent alone. */
const toGroup = ['SIGINT', 'SIGHUP', 'SIGWINCH'];
const passed = [...toGroup, 'SIGTERM', 'SIGUSR2'];

/** A key press can reach this process twice, from the terminal and from npm; within this time it counts as one. */
const onePressMs = 200;

/**
 * Runs a command in this one's place: same terminal, same environment, its exit status, its signals.
 * The command has a process group of its own, so that each signal reaches it once, from here; what a terminal would send
 * to the whole group goes to the whole group.
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
      if (now - (last.get(signal) ?? Number.NEGATIVE_INFINITY) >= onePressMs) pass(child, signal);
      last.set(signal, now);
    });
  }
  child.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
    console.error(`${command} could not be started (${error.code ?? error.message}).`);
    process.exitCode = 1;
  });
  child.on('exit', (status, signal) => {
    process.exitCode = status ?? 128 + (signal ? os.constants.signals[signal] : 0);
    for (const name of passed) process.removeAllListeners(name);
  });
}

function pass(child, signal) {
  if (child.pid === undefined) return;
  try {
    process.kill(toGroup.includes(signal) ? -child.pid : child.pid, signal);
  } catch (error) {
    // It has just ended, and this process is about to be told.
    if (error.code !== 'ESRCH') throw error;
  }
}
