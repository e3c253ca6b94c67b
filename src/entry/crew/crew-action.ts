import { createInterface } from 'node:readline/promises';
import type { CrewAction } from '../../faces/cli/commands/crew-command.ts';
import { talkWithCrew } from './talk-with-crew.ts';

/** `gastown crew` at a terminal, or with its questions piped in. */
export const crewAction: CrewAction = async (options) => {
  const { stdin, stdout, env } = process;
  const terminal = stdin.isTTY === true;
  const lines = createInterface({ input: stdin, ...(terminal ? { output: stdout, prompt: '> ' } : {}) });
  const print = (text: string): void => {
    stdout.write(`${text}\n`);
    if (terminal) lines.prompt();
  };
  try {
    return await talkWithCrew(options, { env, lines, print });
  } finally {
    lines.close();
  }
};
