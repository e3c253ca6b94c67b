/** Answers to reads by URL, each with the ETag by which GitHub says for nothing that it still holds. */
export class EtagCache<Response> {
  readonly #kept = new Map<string, { readonly etag: string; readonly response: Response }>();
  readonly #max: number;

  constructor(max: number) {
    this.#max = max;
  }

  get(url: string): { readonly etag: string; readonly response: Response } | undefined {
    const found = this.#kept.get(url);
    if (found === undefined) return undefined;
    // The one that was used last goes last.
    this.#kept.delete(url);
    this.#kept.set(url, found);
    return found;
  }

  set(url: string, etag: string, response: Response): void {
    this.#kept.delete(url);
    this.#kept.set(url, { etag, response });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > this.#max && oldest !== undefined) this.#kept.delete(oldest);
  }
}
