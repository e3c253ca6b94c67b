import { expect, it } from 'vitest';
import { noActions } from '../../../testing/no-actions.ts';
import { addAllGroups } from '../commands/late-groups.ts';
import { createProgram } from '../program.ts';
import { commandsPage } from './commands-page.ts';

it('is what docs/commands.md holds', async () => {
  const program = createProgram(noActions, { version: '0', cwd: '/' }, () => {});
  await addAllGroups(program, { cwd: '/', ended: () => {} });
  await expect(commandsPage(program)).toMatchFileSnapshot('../../../../docs/commands.md');
});
