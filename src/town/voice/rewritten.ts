import { inlineUntrusted } from '../../domain/text/quote-untrusted.ts';

/** The convoy's ledger in the repository's refs does not hold what was seen of it before, or is not there at all. */
export function rewrittenText({
  ref,
  oid,
  isGone,
}: {
  readonly ref: string;
  readonly oid: string;
  readonly isGone: boolean;
}): string {
  const name = inlineUntrusted(ref, 120);
  const what = isGone
    ? `\`${name}\` is gone, and with it this convoy's ledger; the status comment was made from ${oid}.`
    : `\`${name}\` was rewritten; it does not descend from ${oid}, from which the status comment was made.`;
  return `**Stopped**: ${what} Nothing is done for this convoy until someone with write access has put the ref back: \`git push --force origin ${oid}:${name}\` from a clone that still has the commit, or by GitHub's API for refs.`;
}
