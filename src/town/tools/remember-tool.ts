import { z } from 'zod';
import { answer, defineTool, failure, type Tool } from '../../agent/tool.ts';
import { learnLesson } from '../../domain/convoy/decisions/learn-lesson.ts';
import type { ConvoyDesk } from './convoy-desk.ts';

const parameters = z.object({ text: z.string() });

/** Keeps something for later agents: an event, not an edit of AGENTS.md, which parallel writers would only conflict in. */
export function rememberTool(desk: ConvoyDesk, bead: number | null): Tool {
  return defineTool({
    name: 'remember',
    description: 'Keep one lasting lesson about this repository for later agents (a sentence).',
    parameters,
    run: async ({ text }) => {
      const result = await desk.decide((state) => learnLesson(state, { bead, text }));
      return result.status === 'refused' ? failure(result.refusal.text) : answer('Remembered.');
    },
  });
}
