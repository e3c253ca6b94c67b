import { expect, it } from 'vitest';
import { addAllGroups } from '../commands/late-groups.ts';
import { createProgram } from '../program.ts';
import { commandsPage } from './commands-page.ts';

it('is what docs/commands.md holds', async () => {
  const never = async (): Promise<number> => {
    throw new Error('Nothing runs here.');
  };
  const program = createProgram(
    {
      run: never,
      serve: never,
      action: never,
      forge: never,
      init: never,
      doctor: async () => [],
      gc: async () => ({ containers: 2, images: 1, freedBytes: 3_145_728 }),
    },
    { version: '0', cwd: '/' },
    () => {},
  );
  await addAllGroups(program, { cwd: '/', ended: () => {} });
  await expect(commandsPage(program)).toMatchFileSnapshot('../../../../docs/commands.md');
});
