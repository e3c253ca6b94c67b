import { z } from 'zod';
import { type RunAnswer, runAnswer, runRequest } from '../../domain/run/run-request.ts';
import type { Seal } from '../git-refs/seal.ts';
import type { RefCommit } from '../ports/ref-store.ts';
import type { NumberedRequest } from '../ports/run-refs.ts';
import { parseLine } from '../transfer/parse-line.ts';

const requestsFile = 'requests.jsonl';
const eventsFile = 'events.jsonl';
const sealedFile = 'events.sealed';
const ordersFile = 'orders.json';

export const runFileNames: readonly string[] = [requestsFile, eventsFile, sealedFile];
export const ordersFileNames: readonly string[] = [ordersFile, eventsFile];

/** What one commit of a run's ref adds. */
export interface RunAddition {
  readonly requests: readonly NumberedRequest[];
  /** Lines of an export, without its header; null where they are sealed with a key that is not at hand. */
  readonly lines: readonly string[] | null;
}

export function runFiles(
  { requests, lines }: { readonly requests: readonly NumberedRequest[]; readonly lines: readonly string[] },
  ref: string,
  seal: Seal | null,
): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const asked = requests.map((one) => JSON.stringify(one));
  if (requests.length > 0) files.set(requestsFile, Buffer.from(joined(asked)));
  if (lines.length === 0) return files;
  if (seal === null) files.set(eventsFile, Buffer.from(joined(lines)));
  else files.set(sealedFile, seal.close(joined(lines), ref));
  return files;
}

const numbered = z.strictObject({ number: z.int().positive(), request: z.unknown() });

/** Throws `invalid-line` where a request has no number: then nobody can say which ones were answered. */
export function readRunCommit({ files }: RefCommit, ref: string, seal: Seal | null): RunAddition {
  const requests = linesOf(files.get(requestsFile)).map((line, index) => {
    const { number, request } = parseLine(numbered, line, index + 1);
    const known = runRequest.safeParse(request);
    return { number, request: known.success ? known.data : null };
  });
  const closed = files.get(sealedFile);
  if (closed === undefined) return { requests, lines: linesOf(files.get(eventsFile)) };
  const opened = seal?.open(closed, ref) ?? null;
  return { requests, lines: opened === null ? null : split(opened) };
}

const ordersContent = z.strictObject({
  answers: z.array(runAnswer),
  version: z.int().nonnegative(),
});

/** What one commit of an orders ref adds. */
export interface OrdersAddition {
  readonly answers: readonly RunAnswer[];
  /** Of the convoy's stream, up to which its events have been handed over. */
  readonly version: number;
  /** The convoy's events since the commit before, as lines of an export. */
  readonly lines: readonly string[];
}

export function ordersFiles({ answers, version, lines }: OrdersAddition): ReadonlyMap<string, Uint8Array> {
  return new Map<string, Uint8Array>([
    [ordersFile, Buffer.from(JSON.stringify({ answers, version }))],
    [eventsFile, Buffer.from(joined(lines))],
  ]);
}

/** Throws `invalid-line`. */
export function readOrdersCommit({ files }: RefCommit): OrdersAddition {
  const content = Buffer.from(files.get(ordersFile) ?? '').toString('utf8');
  return { ...parseLine(ordersContent, content, 1), lines: linesOf(files.get(eventsFile)) };
}

const joined = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
const split = (whole: string): readonly string[] => whole.split('\n').filter((line) => line !== '');
const linesOf = (bytes: Uint8Array | undefined): readonly string[] =>
  split(Buffer.from(bytes ?? '').toString('utf8'));
