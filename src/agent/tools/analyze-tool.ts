import { z } from 'zod';
import { capText } from '../cap-text.ts';
import { answer, defineTool, failure, type Tool, type ToolContext } from '../tool.ts';

/** What an analyst's session came to: its report, or why there is none. */
export type AnalystReport =
  | { readonly status: 'reported'; readonly text: string }
  | { readonly status: 'failed'; readonly reason: string };

export interface AnalyzeDeps {
  /** Runs an analyst on a task of its own, which sees what the caller sees and changes nothing. */
  runAnalyst(task: string, context: ToolContext): Promise<AnalystReport>;
}

/** What a report may take of its caller's context, in characters. */
const maxReportLength = 8_000;

const parameters = z.object({
  task: z.string().min(1).describe('a complete question: it knows nothing else'),
});

/** Lets any role send an analyst; several calls of one reply run several at once. */
export function createAnalyzeTool(deps: AnalyzeDeps): Tool {
  return defineTool({
    name: 'analyze',
    description: 'Send a read-only analyst to find something out; it answers with a short report.',
    parameters,
    async run({ task }, context) {
      const report = await deps.runAnalyst(task, context);
      return report.status === 'reported'
        ? answer(capText(report.text, maxReportLength))
        : failure(`The analyst came to no report: ${report.reason}`);
    },
  });
}
