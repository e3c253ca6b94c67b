import { z } from 'zod';
import type { SessionSpec } from '../agent/session.ts';
import { answer, defineTool } from '../agent/tool.ts';
import type { RehearsalScript } from './rehearsal/script.ts';

const look = (at: string) => ({ name: 'look', arguments: { at } });

/** What the model says in a session that looks around: two parallel calls, two more, and an answer. */
export const lookingScript: RehearsalScript = {
  parts: [
    {
      role: 'polecat',
      steps: [
        { calls: [look('a'), look('b')] },
        { calls: [look('c'), look('d')] },
        { say: 'Nothing anywhere.' },
      ],
    },
  ],
};

/** A session that looks around; `onLook` is awaited in each call. */
export function lookingSession(id: string, onLook: (callId: string) => Promise<void>): SessionSpec {
  const tool = defineTool({
    name: 'look',
    description: 'look',
    parameters: z.object({ at: z.string() }),
    async run({ at }, { callId }) {
      await onLook(callId);
      return answer(`nothing at ${at}`);
    },
  });
  return {
    id,
    role: 'polecat',
    convoy: null,
    bead: null,
    attempt: null,
    models: ['rehearsal-polecat'],
    system: 'You are a polecat.',
    briefing: 'Look around.',
    tools: [tool],
    maxIterations: 25,
  };
}
