import type { FileRead } from './workspace.ts';

export interface ListRequest {
  /** Relative to the root; '' is the root. */
  readonly folder: string;
  /** Only files that match, as in `.gitignore`: without a slash the name alone is matched. Null: all. */
  readonly glob: string | null;
  readonly limit: number;
}

export type FileList =
  | {
      readonly status: 'listed';
      /** Files, relative to the root, sorted. */
      readonly paths: readonly string[];
      /** There are more than the limit. */
      readonly truncated: boolean;
    }
  | { readonly status: 'missing' };

export interface SearchRequest {
  /** A regular expression in the common part of all dialects. */
  readonly pattern: string;
  readonly folder: string;
  readonly glob: string | null;
  readonly ignoreCase: boolean;
  /** Matching lines in all. */
  readonly limit: number;
}

export interface FoundLine {
  readonly path: string;
  /** 1 for a file's first line. */
  readonly line: number;
  readonly text: string;
}

export type SearchResult =
  | { readonly status: 'searched'; readonly lines: readonly FoundLine[]; readonly truncated: boolean }
  | { readonly status: 'bad-pattern'; readonly reason: string }
  | { readonly status: 'missing' };

/** Files that an agent may look at and not change: a commit in a bare repository, or a container's workspace. */
export interface TreeReader {
  readFile(path: string, options: { readonly maxBytes: number }): Promise<FileRead>;
  listFiles(request: ListRequest): Promise<FileList>;
  search(request: SearchRequest): Promise<SearchResult>;
}
