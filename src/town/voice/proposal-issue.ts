import { defuse, inlineUntrusted, titleUntrusted } from '../../domain/text/quote-untrusted.ts';

const textLengthMax = 50_000;

export const proposalTitle = (title: string): string => titleUntrusted(title, 200);

/** The body of an issue that proposes an order: who proposes it and what starts it, then the text. The label freezes all of it. */
export function proposalBody(proposal: {
  readonly name: string;
  readonly body: string;
  /** The issue on which people talk with who proposes it. */
  readonly talkedOn: number;
}): string {
  const head = `Proposed by ${inlineUntrusted(proposal.name, 60)} of the crew, in the talk on #${proposal.talkedOn}. Whoever may write labels it \`convoy\` to have it done, after reading it; else close it.`;
  return `${head}\n\n---\n\n${defuse(proposal.body, textLengthMax)}`;
}
