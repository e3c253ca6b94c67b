import type { DockerOptions } from 'dockerode';
import type { ActionCall, RunAction } from '../options.ts';
import { onAbort } from './on-abort.ts';

export interface ContainerRunnerOptions {
  readonly engine: DockerOptions;
  /** The engine's socket on this machine, which each container finds where GitHub's runners have it. */
  readonly socketPath: string;
  /** The image of the action in a folder: the last stage of its Dockerfile, as GitHub builds it. */
  readonly imageOf: (folder: string) => Promise<string>;
}

/** What every container of a job carries, with the job's files as its value. */
export const jobLabel = 'forge.job';

/**
 * Runs container actions as GitHub's own runners do: each in a fresh container with the engine's socket and the job's
 * files. It is on the machine's network, since the forge is on loopback; GitHub's runners have a bridge.
 */
export function containerRunner(options: ContainerRunnerOptions): RunAction {
  return async (call) => {
    const { default: Docker } = await import('dockerode');
    const docker = new Docker(options.engine);
    const container = await docker.createContainer({
      Image: await options.imageOf(call.folder),
      Cmd: [...call.args],
      Env: Object.entries(call.env).map(([name, value]) => `${name}=${value}`),
      WorkingDir: call.env.GITHUB_WORKSPACE ?? call.files,
      Labels: { [jobLabel]: call.files },
      HostConfig: {
        NetworkMode: 'host',
        Binds: [`${call.files}:${call.files}`, `${options.socketPath}:/var/run/docker.sock`],
      },
    });
    try {
      return await runToEnd(docker, container, call);
    } finally {
      await container.remove({ force: true, v: true });
    }
  };
}

type Docker = InstanceType<typeof import('dockerode')>;
type Container = ReturnType<Docker['getContainer']>;

async function runToEnd(docker: Docker, container: Container, call: ActionCall): Promise<number> {
  const output = await container.attach({ stream: true, stdout: true, stderr: true });
  const printed = new Promise((resolve) => output.once('close', resolve).once('end', resolve));
  const decoder = new TextDecoder();
  const sink = {
    write: (chunk: Buffer) => {
      call.write(decoder.decode(chunk, { stream: true }));
      return true;
    },
  };
  docker.modem.demuxStream(output, sink as NodeJS.WritableStream, sink as NodeJS.WritableStream);
  await container.start();
  const send = (signal: string) => () => {
    container.kill({ signal }).catch((error: Error) => {
      // 409: it has ended already.
      if (!('statusCode' in error && error.statusCode === 409)) process.emitWarning(error);
    });
  };
  const undo = [onAbort(call.interrupt, send('SIGINT')), onAbort(call.kill, send('SIGKILL'))];
  try {
    const { StatusCode } = (await container.wait()) as { readonly StatusCode: number };
    await printed;
    return StatusCode;
  } finally {
    for (const off of undo) off();
  }
}
