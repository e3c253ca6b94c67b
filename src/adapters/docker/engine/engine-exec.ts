import type Dockerode from 'dockerode';
import { HeadAndTail, joined } from './capture.ts';
import { Demultiplexer } from './demultiplex.ts';
import { engineCall, WITHOUT_LIMIT } from './engine-call.ts';

export interface EngineExec {
  readonly command: readonly string[];
  /** Seen by this one process; not part of the container, so never committed. */
  readonly env: readonly string[];
  readonly timeoutMs: number;
  readonly onOutput: (piece: Buffer) => void;
}

export interface EngineExecResult {
  /** As the engine saw it; null when the time was over, and then the process still runs. */
  readonly exitCode: number | null;
  readonly output: string;
}

/** Runs one process in a container by an exec of its own and learns its exit status from the engine. */
export async function engineExec(
  container: Dockerode.Container,
  request: EngineExec,
): Promise<EngineExecResult> {
  const kept = new HeadAndTail(256 * 1024);
  return engineCall(
    'running a command in a container',
    async () => {
      const exec = await container.exec({
        Cmd: [...request.command],
        Env: [...request.env],
        User: '1000:1000',
        WorkingDir: '/workspace',
        AttachStdout: true,
        AttachStderr: true,
      });
      const stream = await exec.start({ hijack: true });
      const take = (piece: Buffer): void => {
        kept.push(piece);
        request.onOutput(piece);
      };
      const output = new Demultiplexer(take, take);
      let timer: NodeJS.Timeout | undefined;
      const ended = await new Promise<boolean>((resolve, reject) => {
        timer = setTimeout(() => resolve(false), request.timeoutMs);
        stream.on('data', (chunk: Buffer) => output.push(chunk));
        stream.on('end', () => resolve(true)).on('error', reject);
      });
      clearTimeout(timer);
      const text = Buffer.from(joined(kept.result())).toString('utf8');
      if (!ended) {
        stream.destroy();
        return { exitCode: null, output: text };
      }
      return { exitCode: (await exec.inspect()).ExitCode, output: text };
    },
    WITHOUT_LIMIT,
  );
}
