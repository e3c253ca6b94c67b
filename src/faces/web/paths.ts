import { convoyStream, parseConvoyStream } from '../../domain/convoy/convoy-stream.ts';
import type { StreamId } from '../../domain/event.ts';

/** Addresses of the dashboard's pages. `at` is a version of the convoy's stream; null for now. */
export const convoyPath = (stream: string, at: number | null = null): string => {
  const place = parseConvoyStream(stream);
  return place === null ? '/' : `/convoys/${place.repositoryId}/${place.issue}${query(at)}`;
};

export const beadPath = (stream: string, bead: number, at: number | null = null): string =>
  `${convoyPath(stream)}/beads/${bead}${query(at)}`;

/** `session` is the session's UUID. */
export const sessionPath = (session: string): string => `/sessions/${session.replace(/^session\//, '')}`;

const query = (at: number | null): string => (at === null ? '' : `?at=${at}`);

/** The stream that an address names; null for what can't be one. */
export function streamAt(repository: string, issue: string): StreamId | null {
  if (!isNumber(repository) || !isNumber(issue)) return null;
  return convoyStream(Number(repository), Number(issue));
}

/** A convoy's name in a read model as the stream that it is; null for anything else. */
export function asConvoyStream(name: string): StreamId | null {
  const place = parseConvoyStream(name);
  return place === null ? null : convoyStream(place.repositoryId, place.issue);
}

/** A whole number of an address; null for anything else. */
export const numberAt = (text: string | undefined): number | null =>
  text !== undefined && isNumber(text) ? Number(text) : null;

const isNumber = (text: string): boolean => /^\d{1,15}$/.test(text);
