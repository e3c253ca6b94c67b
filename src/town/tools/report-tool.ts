import { z } from 'zod';
import { defineTool, type Tool } from '../../agent/tool.ts';

/** How a role that reports ends its session: with a verdict out of its own few and the reasons. */
export function reportTool<Verdict extends string>(
  verdicts: readonly [Verdict, ...Verdict[]],
  take: (report: { verdict: Verdict; text: string }) => Promise<string | null>,
): Tool {
  return defineTool({
    name: 'report',
    description: `End your work with a verdict (${verdicts.join(', ')}) and the reasons for it.`,
    parameters: z.object({ verdict: z.enum(verdicts), text: z.string().min(1) }),
    runsLast: () => true,
    run: async ({ verdict, text }) => {
      const objection = await take({ verdict: verdict as Verdict, text });
      return objection === null
        ? { kind: 'end', text: `${verdict}\n${text}` }
        : { kind: 'answer', text: objection, failed: true };
    },
  });
}
