import type { Convoy } from '../../domain/convoy/state.ts';
import { fenceUntrusted, inlineUntrusted } from '../../domain/text/quote-untrusted.ts';

const outputLengthMax = 3000;

/** What others committed and the Refinery could not bring into the convoy's branch, and what people can do about it. */
export function leftBehindText(
  convoy: Convoy,
  left: {
    readonly kind: 'base' | 'push';
    readonly branch: string;
    readonly commit: string;
    readonly how: 'conflict' | 'red';
  },
): string {
  const own = `gas-town/convoy-${convoy.opened.issue}`;
  const branch = inlineUntrusted(left.branch, 120);
  const what =
    left.kind === 'base'
      ? `**\`${branch}\` has moved to ${left.commit}**, and this convoy's branch can't be brought up to date.`
      : `**${left.commit} was pushed to \`${branch}\`**, and can't be put together with what the convoy has landed.`;
  const why =
    left.how === 'conflict'
      ? 'The two conflict, and the Refinery could not resolve it without losing something of either.'
      : `Merged, the verification is red:\n\n${fenceUntrusted(convoy.red?.outputTail ?? '', outputLengthMax)}`;
  const stands =
    left.kind === 'base'
      ? 'What is verified stays as it is.'
      : 'Nothing of that push is overwritten: the town pushes nothing to this branch until it can take it in.';
  return `${what}\n\n${why}\n\n${stands} Merge by hand and push to \`${own}\`, and the town takes that in; or \`/refine\` has it try once more.`;
}
