import { mkdir, mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Scenario } from './scenarios/scenario.ts';

/** The folder to work in, filled with what the scenario starts from unless something is there already. */
export async function openWorkspace(scenario: Scenario | null, wanted: string | null): Promise<string> {
  if (wanted === null) {
    const made = await mkdtemp(join(tmpdir(), `gas-town-demo-${scenario?.name ?? 'own'}-`));
    await scenario?.prepare(made);
    return made;
  }
  const folder = resolve(wanted);
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length === 0) await scenario?.prepare(folder);
  return folder;
}
