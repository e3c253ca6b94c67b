import { type EngineEndpoint, findEngine } from '../entry/find-engine.ts';

/** The sandbox image that set-up built from this checkout's Dockerfile. */
export const rigImage = 'gas-town-rig:latest';

/** The engine for tests of the tier `.docker.test.ts`. It is a failure, not a reason to skip, where there is none. */
export async function testEngine(): Promise<EngineEndpoint> {
  const search = await findEngine(process.env);
  if (search.found) return search.endpoint;
  throw new Error(`no Docker engine answers (${search.tried.join(', ')}); run "npm run setup"`);
}
