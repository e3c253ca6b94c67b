import { spawn } from 'node:child_process';
import { stopSignal } from './stop-signal.js';

/** A command that could not be started or ended with another status than 0. */
export class CommandError extends Error {
  /**
   * @param {string} command
   * @param {number | NodeJS.Signals | string} ended status, signal or system error code
   * @param {string} output the last lines of what it printed
   */
  constructor(command, ended, output) {
    super(`${command} ended with ${ended}`);
    this.name = 'CommandError';
    this.ended = ended;
    this.output = output;
  }
}

const keptCharacters = 8_000;

/**
 * Runs a command to its end, keeping what it prints.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, signal?: AbortSignal | undefined }} [options] without a `signal`, the command ends with set-up
 * @returns {Promise<string>} the end of its output, both streams as they came
 */
export function runCommand(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { signal: stopSignal, ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk) => {
      output = (output + chunk).slice(-keptCharacters);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.on('error', (/** @type {NodeJS.ErrnoException} */ error) =>
      reject(new CommandError(command, error.code ?? error.message, output)),
    );
    child.on('close', (status, signal) => {
      if (status === 0) resolve(output);
      else reject(new CommandError(command, status ?? signal ?? 'no status', output));
    });
  });
}

/** The last line of an output that says something, for a one-sentence error. */
export function lastLine(output) {
  return output.trim().split('\n').at(-1)?.trim() ?? '';
}
