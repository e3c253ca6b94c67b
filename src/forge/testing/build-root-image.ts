import { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { pack } from 'tar-stream';

/** Builds `name` from an image that is there, with root as its user, as container actions have it, and an entry point. */
export async function buildRootImage(
  docker: Docker,
  name: string,
  base: string,
  entrypoint: readonly string[],
): Promise<void> {
  const context = pack();
  context.entry(
    { name: 'Dockerfile' },
    `FROM ${base}\nUSER root\nENTRYPOINT ${JSON.stringify(entrypoint)}\n`,
  );
  context.finalize();
  const build = await docker.buildImage(Readable.from(context), { t: name });
  await new Promise((resolve, reject) =>
    docker.modem.followProgress(build, (error) => (error ? reject(error) : resolve(undefined))),
  );
}
