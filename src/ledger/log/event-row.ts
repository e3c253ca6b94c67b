/**
 * What is read of a row of `events`, in the order of `EventRow`. Bytes are read as text, which costs less than half of what
 * buffers do; a cause that is no UUID is marked by a quotation mark before it.
 */
export const readColumns = `position, sid, version, tid, aid, at, lower(hex(id || hash)),
  iif(typeof(cause) = 'blob', lower(hex(cause)), '"' || cause), data`;

export type EventRow = readonly [
  position: number,
  sid: number,
  version: number,
  tid: number,
  aid: number,
  at: number,
  idAndHash: string,
  cause: string,
  data: string,
];
