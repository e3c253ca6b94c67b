import type Dockerode from 'dockerode';
import { SANDBOX_HOME, SANDBOX_USER } from '../engine/container-config.ts';
import { engineCall, engineCallOrNull, WITHOUT_LIMIT } from '../engine/engine-call.ts';
import { type SnapshotFacts, snapshotLabels, snapshotRepository, snapshotTag } from '../engine/labels.ts';
import type { Settings } from '../engine/options.ts';

/**
 * Stops a container and commits it as a snapshot that `convoy` holds; returns the image's id. Env, Cmd, User and labels are
 * named one by one, so that the container's own, a secret among them perhaps, are never inherited.
 */
export async function commitSnapshot(
  container: Dockerode.Container,
  base: Dockerode.ImageInspectInfo,
  facts: SnapshotFacts,
  convoy: string,
  settings: Settings,
): Promise<string> {
  // 409: it never ran.
  await engineCallOrNull('stopping a set-up container', () => container.kill(), [409]);
  const inherited = base.Config.Env ?? [];
  const committed: { Id: string } = await engineCall(
    'committing a snapshot',
    () =>
      container.commit({
        _query: {
          container: container.id,
          repo: snapshotRepository(settings.town, convoy),
          tag: snapshotTag(facts.key),
          pause: false,
        },
        _body: {
          User: SANDBOX_USER,
          WorkingDir: '/workspace',
          Env: [...inherited.filter((line) => !line.startsWith('HOME=')), `HOME=${SANDBOX_HOME}`],
          Cmd: ['cat'],
          Entrypoint: [''],
          Labels: { ...base.Config.Labels, ...snapshotLabels(settings.town, facts) },
        },
      }),
    WITHOUT_LIMIT,
  );
  return committed.Id;
}
