import type Dockerode from 'dockerode';
import { statusOf } from './engine-call.ts';

/** The engine learns of a container's end a little after its streams do. */
const PATIENCE_MS = 2000;

/** Whether a container that looks dead is: true once the engine says so or has it no more, false when it keeps running. */
export async function hasEnded(container: Dockerode.Container): Promise<boolean> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  try {
    await container.wait({ abortSignal: patience });
    return true;
  } catch (error) {
    if (patience.aborted) return false;
    if (statusOf(error) === 404) return true;
    throw error;
  }
}
