import type { Duplex } from 'node:stream';
import type Dockerode from 'dockerode';
import { z } from 'zod';
import { Demultiplexer } from '../engine/demultiplex.ts';
import { engineCall } from '../engine/engine-call.ts';

/** One decision of the proxy: `refused` says why, null when it connected. */
export interface Egress {
  readonly host: string;
  readonly port: number;
  readonly refused: string | null;
}

const line = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: String(error) });
      return z.NEVER;
    }
  })
  .pipe(
    z.union([
      z.object({ listening: z.literal(true) }),
      z.object({ host: z.string(), port: z.number(), refused: z.string().nullable() }),
    ]),
  );

export interface ProxyListener {
  readonly onEgress: (egress: Egress) => void;
  /** It is up. Not told where it was up before. */
  readonly onListening?: () => void;
  /** It is gone; `said` is what it last wrote on its error stream. */
  readonly onEnd?: (said: string) => void;
}

/** Listens to a proxy, from before it is started or later. Returns what ends that. */
export async function followProxy(proxy: Dockerode.Container, listener: ProxyListener): Promise<() => void> {
  const stream = (await engineCall('attaching to the egress proxy', () =>
    proxy.attach({ stream: true, stdout: true, stderr: true, hijack: true }),
  )) as Duplex;
  let text = '';
  let said = '';
  const frames = new Demultiplexer(
    (bytes) => {
      const lines = (text + bytes.toString('utf8')).split('\n');
      text = lines.pop() ?? '';
      for (const one of lines) {
        const told = line.safeParse(one);
        if (!told.success) stream.destroy(new Error(`the egress proxy said: ${one.slice(0, 200)}`));
        else if ('host' in told.data) listener.onEgress(told.data);
        else listener.onListening?.();
      }
    },
    (bytes) => {
      said = (said + bytes.toString('utf8')).slice(0, 2000);
    },
  );
  stream.on('data', (chunk: Buffer) => frames.push(chunk));
  stream.on('error', (error) => {
    said ||= error.message;
  });
  stream.on('close', () => listener.onEnd?.(said));
  return () => stream.destroy();
}
