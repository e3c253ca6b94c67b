import { readdirSync } from 'node:fs';
import tab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';

/** Options whose value is a folder. */
const folderOptions = new Set(['workspace', 'folder']);

/**
 * `gastown completion <shell>` prints what a shell reads at its start, and the hidden `gastown complete` answers it from then on: both
 * know every command that the program has when this is called.
 */
export function addCompletionCommand(program: Command, cwd: string): void {
  const completion = tab(program, { completionCommandName: 'completion' });
  for (const command of completion.commands.values()) {
    for (const [name, option] of command.options) {
      if (!folderOptions.has(name)) continue;
      option.handler = (complete) => {
        for (const folder of foldersIn(cwd)) complete(folder, 'folder');
      };
    }
  }
}

function foldersIn(cwd: string): readonly string[] {
  const entries = readdirSync(cwd, { withFileTypes: true });
  return ['.', ...entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)];
}
