import { inlineUntrusted } from '../../domain/text/quote-untrusted.ts';

/** To someone whose label was not taken as an order. `text` is the town's own sentence. */
export function orderRefusal(by: string, text: string): string {
  return `**Not started.** ${text}\n\n<sub>Asked for by ${inlineUntrusted(by, 60)}.</sub>`;
}

/** Instead of what was posted twice; `first` links to what stands. */
export const doubleSaid = (first: string): string =>
  `This was posted twice, because GitHub's answer to the first try was lost: see ${first}.`;
