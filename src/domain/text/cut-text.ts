/** The first `lengthMax` UTF-16 units of a text, or one less where that would cut a character in two. */
export function cutEnd(text: string, lengthMax: number): string {
  const cut = text.slice(0, lengthMax);
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
}

/** The last `lengthMax` UTF-16 units of a text, or one less where that would cut a character in two. */
export function cutStart(text: string, lengthMax: number): string {
  const cut = lengthMax === 0 ? '' : text.slice(-lengthMax);
  return /^[\udc00-\udfff]/.test(cut) ? cut.slice(1) : cut;
}
