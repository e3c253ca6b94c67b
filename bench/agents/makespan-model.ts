import { once } from 'node:events';
import { startRehearsalModel } from '../../src/testing/rehearsal/start-rehearsal-model.ts';
import { latencyMs, makespanScript } from './makespan-script.ts';

/** The makespan's endpoint in a process of its own. Its Mayor thinks until the other side says that all is prepared. */
const { baseUrl } = await startRehearsalModel(makespanScript, {
  latencyMs,
  thinking: async ({ role, step }) => {
    if (role !== 'mayor' || step > 0) return;
    process.send?.('planning');
    await once(process, 'message');
  },
});
process.on('disconnect', () => process.exit(0));
process.send?.(baseUrl);
