import type { Verification } from '../../domain/convoy/events.ts';

/** Why a bead is sent back by a red verification, in a sentence. */
export function redReason(red: Verification, headToo: boolean): string {
  const how = red.timedOut
    ? 'did not end in time'
    : red.exitCode === null
      ? 'was killed'
      : `ended with status ${red.exitCode}`;
  const also = headToo ? ' It does so without the change too: the branch was red before.' : '';
  return `With its change merged, \`${red.command}\` ${how}.${also}`;
}
