import { startRehearsalModel } from '../../src/testing/rehearsal/start-rehearsal-model.ts';
import { sessionScript } from './session-script.ts';

/** The endpoint in a process of its own, so that its work and memory are not the sessions'. Arguments: latency in ms, replies. */
const [latencyMs = '0', replies = '1'] = process.argv.slice(2);
const model = await startRehearsalModel(sessionScript(Number(replies)), { latencyMs: Number(latencyMs) });
process.stdout.write(`${model.baseUrl}\n`);
process.stdin.on('end', () => process.exit(0)).resume();
