import { cp } from 'node:fs/promises';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from '../git/temporary-folder.ts';
import { type RefineryRig, type RefinerySetup, refineryRig, reopenRefineryRig } from './refinery-rig.ts';

export type RefineryUnderTest = RefineryRig;

/** A rig in a temporary folder, closed and removed when the running test is over. */
export async function refineryUnderTest(setup: RefinerySetup): Promise<RefineryRig> {
  const rig = await refineryRig(await temporaryFolder(), setup);
  onTestFinished(() => rig.end());
  return rig;
}

/** Makes a rig once and hands out copies of it as `prepare` left it, each with a town of its own. */
export async function refineryCopies(
  setup: RefinerySetup,
  prepare: (rig: RefineryRig) => Promise<unknown>,
): Promise<() => Promise<RefineryRig>> {
  const original = await temporaryFolder();
  const rig = await refineryRig(original, { ...setup, inFolder: true });
  try {
    await prepare(rig);
  } finally {
    await rig.end();
  }
  return async () => {
    const folder = await temporaryFolder();
    await cp(original, folder, { recursive: true, verbatimSymlinks: true });
    const copy = await reopenRefineryRig(folder, setup);
    onTestFinished(() => copy.end());
    return copy;
  };
}
