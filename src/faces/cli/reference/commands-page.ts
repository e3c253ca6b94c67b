import type { Command } from 'commander';
import { exitStatus } from '../exit-status.ts';

/** The reference of all commands as a Markdown page, made from the program itself. */
export function commandsPage(program: Command): string {
  return [
    '# Commands\n',
    'Made from the program by its tests: change the program, not this page.\n',
    ...program.commands.flatMap((command) => sections(command, 'gastown')),
    '## Exit statuses\n',
    '| status | means |\n|---|---|',
    ...Object.values(exitStatus).map(({ code, means }) => `| ${code} | ${cell(means)} |`),
    '| 10 to 19 | set-up, before the program starts: `npm run setup` says in one sentence what is missing |\n',
  ].join('\n');
}

/** A command that only holds others has no section of its own. */
function sections(command: Command, parent: string): readonly string[] {
  const name = `${parent} ${command.name()}`;
  if (command.commands.length === 0) return [section(command, name)];
  return command.commands.flatMap((one) => sections(one, name));
}

function section(command: Command, name: string): string {
  const usage = `${name} ${command.usage()}`;
  const rows = [
    ...command.registeredArguments.map((argument) => {
      const name = argument.required ? `<${argument.name()}>` : `[${argument.name()}]`;
      return `| \`${name}\` | ${cell(argument.description)} | |`;
    }),
    ...command.options.map(({ flags, description, defaultValue, defaultValueDescription, mandatory }) => {
      const shown = mandatory ? 'required' : (defaultValueDescription ?? written(defaultValue));
      return `| \`${flags}\` | ${cell(description)} | ${cell(shown)} |`;
    }),
  ];
  return [
    `## ${name}\n`,
    `${command.description()}\n`,
    `\`\`\`\n${usage}\n\`\`\`\n`,
    ...(rows.length > 0 ? ['| | | default |\n|---|---|---|', ...rows, ''] : []),
  ].join('\n');
}

function written(value: unknown): string {
  if (value === undefined || value === false) return '';
  if (Array.isArray(value)) return value.length === 0 ? '' : value.join(', ');
  return String(value);
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
