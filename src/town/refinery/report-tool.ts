import { z } from 'zod';
import { defineTool, failure, type Tool, type ToolOutcome } from '../../agent/tool.ts';
import type { Ledger } from '../../ledger/ports/ledger.ts';

const parameters = z.object({
  verdict: z
    .enum(['LANDED', 'ESCALATION'])
    .describe('LANDED: it is done. ESCALATION: it can not be done here.'),
  text: z.string().min(1).describe('what you did, and every line of work that you left out, quoted'),
});
export type Report = z.output<typeof parameters>;

/** What becomes of a report: taken, or refused with what must be mended. */
export type ReportAnswer =
  | { readonly status: 'taken'; readonly text: string }
  | { readonly status: 'refused'; readonly problems: string };

const reportsAtMost = 3;

/**
 * The one way for the Refinery's agent to end its work. `take` checks a LANDED and keeps its result; `giveUp` records an
 * escalation. A report that is refused for the third time is an escalation too. Refusals are counted in the session's own
 * stream, so that a restart doesn't start the count anew.
 */
export function reportTool(
  ledger: Ledger,
  take: (report: Report) => Promise<ReportAnswer>,
  giveUp: (report: string) => Promise<void>,
): Tool {
  return defineTool({
    name: 'report',
    description: 'End your work with a verdict. It is checked; what is refused must be mended first.',
    parameters,
    // Each of its steps leaves a ref or an event that the next run of the same call finds.
    repeatable: true,
    runsLast: () => true,
    run: async (report, { session }): Promise<ToolOutcome> => {
      if (report.verdict === 'ESCALATION') {
        await giveUp(report.text);
        return { kind: 'end', text: report.text };
      }
      const answer = await take(report);
      if (answer.status === 'taken') return { kind: 'end', text: answer.text };
      if (refusalsSoFar(ledger, session) + 1 < reportsAtMost) return failure(answer.problems);
      await giveUp(`It was refused ${reportsAtMost} times. The last time:\n${answer.problems}`);
      return { kind: 'end', text: answer.problems };
    },
  });
}

function refusalsSoFar(ledger: Ledger, session: string): number {
  return ledger
    .read(`session/${session}`)
    .filter((event) => event.type === 'ToolFinished' && event.data.name === 'report' && event.data.failed)
    .length;
}
