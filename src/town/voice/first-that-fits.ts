/** GitHub refuses the body of an issue or comment that is longer; the town's hidden marker needs its place too. */
const bodyLengthMax = 65_536 - 512;

/** The first of several forms of a text that GitHub will take, from the fullest to the shortest; at last the shortest, cut. */
export function firstThatFits(forms: readonly (() => string)[]): string {
  let text = '';
  for (const form of forms) {
    text = form();
    if (text.length <= bodyLengthMax) return text;
  }
  return text.slice(0, bodyLengthMax);
}
