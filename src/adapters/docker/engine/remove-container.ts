import type Dockerode from 'dockerode';
import { engineCallOrNull } from './engine-call.ts';

/** Removes a container, running or not, with what volumes its image made; one that is gone or going is fine. */
export async function removeContainer(container: Dockerode.Container): Promise<void> {
  await engineCallOrNull('removing a container', () => container.remove({ force: true, v: true }), [409]);
}
