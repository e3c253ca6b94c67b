import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { loadRoles } from '../../../agent/load-roles.ts';
import { rolesPage } from './roles-page.ts';

it('is what docs/roles.md holds', async () => {
  const folder = fileURLToPath(new URL('../../../../roles/', import.meta.url));
  const roles = await loadRoles({ folder });
  await expect(rolesPage(roles.values())).toMatchFileSnapshot('../../../../docs/roles.md');
});
