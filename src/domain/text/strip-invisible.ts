/** Characters that a reader of the rendered text would not see, by the name under which their removal is told. */
const invisible: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  { name: 'bidirectional controls', pattern: /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu },
  { name: 'zero-width characters', pattern: /\u200b|\u200c|\u200d|\u2060|\ufeff|\u00ad|\u180e|\u034f/gu },
  { name: 'invisible operators', pattern: /[\u2061-\u2064\u206a-\u206f]/gu },
  { name: 'blank fillers', pattern: /\u115f|\u1160|\u3164|\uffa0|\u2800/gu },
  { name: 'variation selectors', pattern: /[\u180b-\u180d\u180f\u{fe00}-\u{fe0f}\u{e0100}-\u{e01ef}]/gu },
  { name: 'tag characters', pattern: /[\u{e0000}-\u{e007f}]/gu },
  { name: 'control characters', pattern: /(?![\n\t])\p{Cc}/gu },
  // Whatever Unicode lets a font leave out, now or in later versions; and marks of annotations.
  { name: 'other invisible characters', pattern: /\p{Default_Ignorable_Code_Point}|[\ufff9-\ufffb]/gu },
];

/**
 * Removes the characters that hide in a text: a model would read them, a person who approves the text would not.
 * `removed` names each kind that was found, so that the removal can be told.
 */
export function stripInvisible(text: string): { readonly text: string; readonly removed: readonly string[] } {
  let cleaned = text.toWellFormed().replaceAll('\r\n', '\n');
  const removed: string[] = [];
  for (const { name, pattern } of invisible) {
    const next = cleaned.replace(pattern, '');
    if (next !== cleaned) removed.push(name);
    cleaned = next;
  }
  return { text: cleaned, removed };
}
