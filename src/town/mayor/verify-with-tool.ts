import { z } from 'zod';
import { answer, defineTool, failure, type Tool } from '../../agent/tool.ts';
import { nameVerification } from '../../domain/convoy/decisions/name-verification.ts';
import type { ConvoyDesk } from '../tools/convoy-desk.ts';

const parameters = z.object({
  command: z.string().min(1).max(1000).describe('one shell command that exits with 0 when all is well'),
});

/** `verify_with`: the plan's word for what must pass, in a repository that has no such command at its base. */
export function verifyWithTool(desk: ConvoyDesk): Tool {
  return defineTool({
    name: 'verify_with',
    description:
      'Name the command that must pass on the integrated result, where the repository has none. Once, before you sling.',
    parameters,
    run: async ({ command }) => {
      const result = await desk.decide((state) => nameVerification(state, { command, by: 'mayor' }));
      if (result.status === 'refused') return failure(result.refusal.text);
      return answer(`Every merge will be verified with: ${command}`);
    },
  });
}
