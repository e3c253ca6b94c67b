import { inlineUntrusted } from '../../domain/text/quote-untrusted.ts';

/** The convoy's ledger in the repository's refs does not hold what was seen of it before. */
export function rewrittenText({ ref, oid }: { readonly ref: string; readonly oid: string }): string {
  return `**Stopped**: \`${inlineUntrusted(ref, 120)}\` was rewritten; it does not descend from ${oid}, from which the status comment was made. Nothing is done for this convoy until someone with write access has put the ref back: \`git push --force origin ${oid}:${inlineUntrusted(ref, 120)}\` from a clone that still has the commit, or by GitHub's API for refs.`;
}
