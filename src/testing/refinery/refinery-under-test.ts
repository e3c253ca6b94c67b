import { onTestFinished } from 'vitest';
import { temporaryFolder } from '../git/temporary-folder.ts';
import { type RefineryRig, type RefinerySetup, refineryRig } from './refinery-rig.ts';

export type RefineryUnderTest = RefineryRig;

/** A rig in a temporary folder, closed and removed when the running test is over. */
export async function refineryUnderTest(setup: RefinerySetup): Promise<RefineryRig> {
  const rig = await refineryRig(await temporaryFolder(), setup);
  onTestFinished(() => rig.end());
  return rig;
}
