import { hash } from 'node:crypto';

/** What an append under a key took in: `count` events from position `first` on. */
export interface KeyedAppend {
  readonly first: number;
  readonly count: number;
}

export interface AppendKey {
  readonly text: string;
  /** The first 16 bytes of its SHA-256 in hex, as which it is kept: any text is as short as any other. */
  readonly digest: string;
}

export function toAppendKey(text: string | undefined): AppendKey | null {
  if (text === undefined) return null;
  return { text, digest: hash('sha256', text, 'hex').slice(0, 32) };
}
