import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { debianProgram } from './debian-program.ts';

export interface Registry {
  /** `127.0.0.1:PORT`: an engine speaks plain HTTP to a registry on loopback. */
  readonly host: string;
  /** Paths of manifests that were asked for so far. */
  pulls(): readonly string[];
  close(): Promise<void>;
}

/** A registry of images on loopback, in a process of its own and on a folder of its own. */
export async function startRegistry(): Promise<Registry> {
  const program = await debianProgram('docker-registry');
  const folder = await mkdtemp(join(tmpdir(), 'gas-town-registry-'));
  const config = join(folder, 'config.yml');
  await writeFile(
    config,
    `version: 0.1
log: { level: info, formatter: json }
storage: { filesystem: { rootdirectory: ${JSON.stringify(join(folder, 'images'))} } }
http: { addr: '127.0.0.1:0' }
`,
  );
  const child = spawn(program, ['serve', config], { stdio: ['ignore', 'pipe', 'pipe'] });
  const listening = Promise.withResolvers<string>();
  const pulls: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on('line', (line) => {
      const host = /listening on (127\.0\.0\.1:\d+)/.exec(line)?.[1];
      if (host !== undefined) listening.resolve(host);
      const manifest = /GET (\/v2\/\S+\/manifests\/\S+)/.exec(line)?.[1];
      if (manifest !== undefined) pulls.push(manifest);
    });
  }
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`docker-registry ended with ${code}`);
  });
  ended.catch(() => undefined);
  return {
    host: await Promise.race([listening.promise, ended]),
    pulls: () => pulls,
    close: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
      await rm(folder, { recursive: true });
    },
  };
}
