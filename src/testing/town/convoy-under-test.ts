import { onTestFinished } from 'vitest';
import { temporaryFolder } from '../git/temporary-folder.ts';
import { type ConvoySetup, type WalkedConvoy, walkConvoy } from './walk-convoy.ts';

/** Walks a convoy in a folder that is gone, with all that ran in it, when the running test is over. */
export async function convoyUnderTest(setup: ConvoySetup): Promise<WalkedConvoy> {
  const walked = await walkConvoy(setup, await temporaryFolder());
  onTestFinished(() => walked.close());
  return walked;
}
