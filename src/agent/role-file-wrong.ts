/** A role file with a mistake. The message is one sentence: where, and what is wrong. */
export class RoleFileWrong extends Error {
  override readonly name = 'RoleFileWrong';
  readonly file: string;
  /** A field's name, or `line 3`; null for the file as a whole. */
  readonly place: string | null;
  constructor(file: string, place: string | null, problem: string, options?: ErrorOptions) {
    super(`${file}${place === null ? '' : `, ${place}`}: ${problem}.`, options);
    this.file = file;
    this.place = place;
  }
}
