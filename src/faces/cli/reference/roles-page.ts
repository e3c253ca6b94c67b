import type { Role } from '../../../agent/role.ts';

/** The reference of all roles as a Markdown page, made from their TOML files. */
export function rolesPage(roles: Iterable<Role>): string {
  return [
    '# Roles\n',
    'Each role is a TOML file in `roles/`: its limits, its tools and its prompt. `roles/models.toml` names the models that each',
    'asks by default; `--model role=name` takes another. This page is made from those files by their tests.\n',
    ...[...roles].map(section),
  ].join('\n');
}

function section({ name, description, maxIterations, wallClockMs, tools, models }: Role): string {
  const limits = [
    `${maxIterations} replies`,
    ...(wallClockMs === undefined ? [] : [`${Math.round(wallClockMs / 60_000)} minutes`]),
  ];
  return [
    `## ${name}\n`,
    `${description}\n`,
    `- at most ${limits.join(', ')} a session`,
    `- tools: ${tools.map((tool) => `\`${tool}\``).join(', ')}`,
    `- models: ${models.map((model) => `\`${model}\``).join(', then ')}`,
    '',
  ].join('\n');
}
