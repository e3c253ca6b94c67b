import type { Command } from 'commander';
import { exitStatus } from '../exit-status.ts';

/** The reference of all commands as a Markdown page, made from the program itself. */
export function commandsPage(program: Command): string {
  return [
    '# Commands\n',
    'Made from the program by its tests: change the program, not this page.\n',
    ...program.commands.map(section),
    '## Exit statuses\n',
    '| status | means |\n|---|---|',
    ...Object.values(exitStatus).map(({ code, means }) => `| ${code} | ${cell(means)} |`),
    '| 10 to 19 | set-up, before the program starts: `npm run setup` says in one sentence what is missing |\n',
  ].join('\n');
}

function section(command: Command): string {
  const usage = `gastown ${command.name()} ${command.usage()}`;
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
    `## gastown ${command.name()}\n`,
    `${command.description()}\n`,
    `\`\`\`\n${usage}\n\`\`\`\n`,
    '| | | default |\n|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function written(value: unknown): string {
  if (value === undefined || value === false) return '';
  if (Array.isArray(value)) return value.length === 0 ? '' : value.join(', ');
  return String(value);
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
