/**
 * Text that a stranger may have written, as it is handed to a model: between marks that the text can't hold itself, since
 * `nonce` is drawn anew for each session.
 */
export function fenceForModel(label: string, text: string, nonce: string): string {
  // A label may hold a name that a model chose.
  const source = label.replaceAll(/[^\p{L}\p{N} #:.,/_-]/gu, '');
  const open = `<untrusted-${nonce} source="${source}">`;
  const close = `</untrusted-${nonce}>`;
  return `${open}\n${text.replaceAll(nonce, '…')}\n${close}`;
}
