import { Writable } from 'node:stream';
import Docker from 'dockerode';
import { testEngine } from './engine.ts';

/** What a shell command prints to its terminal in a container of its own, with its exit status. */
export async function containerOutput(
  image: string,
  command: string,
  options: Docker.ContainerCreateOptions,
): Promise<{ readonly status: number; readonly text: string }> {
  const docker = new Docker(await testEngine());
  const parts: Buffer[] = [];
  const output = new Writable({
    write: (chunk, _encoding, done) => {
      parts.push(chunk);
      done();
    },
  });
  const [{ StatusCode: status }] = await docker.run(image, ['sh', '-c', command], output, {
    Tty: true,
    ...options,
  });
  return { status, text: Buffer.concat(parts).toString() };
}
