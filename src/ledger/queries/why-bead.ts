import type { RecordedEvent, StreamId } from '../../domain/event.ts';
import type { LedgerReader } from '../open-reader.ts';
import type { BeadRow } from '../projections/bead-row.ts';
import { prepareFindEvent } from './find-event.ts';

/** One event of the chain and what brought it about. */
export interface Step {
  readonly event: RecordedEvent;
  /** The event that it answers, or the delivery or command of the outside. */
  readonly because:
    | {
        readonly kind: 'event';
        readonly type: string;
        readonly stream: StreamId;
        readonly position: number;
      }
    | { readonly kind: 'outside'; readonly cause: string };
}

export interface Why {
  readonly bead: BeadRow;
  /** Needs that have not been delivered: what the bead waits for, as long as it is open. */
  readonly waitsFor: readonly BeadRow[];
  /** From the label to the present state, oldest first. */
  readonly steps: readonly Step[];
}

/** How a bead came to be as it is, one answer for each repository that has a bead of this id (`12.3`). */
export function whyBead(reader: LedgerReader, id: string): readonly Why[] {
  const rows = reader.db
    .prepare<[string], BeadRow>('SELECT * FROM beads WHERE id = ? ORDER BY convoy')
    .all(id);
  return rows.map((bead) => {
    const stream = convoyOf(reader, bead);
    return {
      bead,
      waitsFor: waitsFor(reader, bead),
      steps: stream === null ? [] : chain(reader, stream, bead),
    };
  });
}

function convoyOf(reader: LedgerReader, bead: BeadRow): StreamId | null {
  return reader.log.streams('convoy/').find((name) => name === bead.convoy) ?? null;
}

function waitsFor(reader: LedgerReader, bead: BeadRow): readonly BeadRow[] {
  if (bead.status !== 'open') return [];
  const needs = bead.needs.split(' ');
  return reader.db
    .prepare<[string], BeadRow>('SELECT * FROM beads WHERE convoy = ? ORDER BY number')
    .all(bead.convoy)
    .filter((other) => needs.includes(other.id) && other.landed === 0 && other.outcome !== 'no-changes');
}

/** The events about the bead, and every event that one of them answers, and so on back to the outside. */
function chain(reader: LedgerReader, convoy: StreamId, bead: BeadRow): readonly Step[] {
  const events = reader.log.read(convoy, 0);
  const byId = new Map(events.map((event) => [event.id, event]));
  const findEvent = prepareFindEvent(reader);
  const causeOf = (event: RecordedEvent): RecordedEvent | null => {
    const known = byId.get(event.cause) ?? findEvent(event.cause);
    if (known !== null) byId.set(known.id, known);
    return known;
  };
  const steps = new Map<number, Step>();
  const visit = (event: RecordedEvent): void => {
    if (steps.has(event.position)) return;
    const cause = causeOf(event);
    steps.set(event.position, { event, because: toBecause(event, cause) });
    if (cause !== null) visit(cause);
  };
  for (const event of events) {
    if (event.type === 'ConvoyOpened' || isAbout(event, bead.number)) visit(event);
  }
  return [...steps.values()].sort((left, right) => left.event.position - right.event.position);
}

function toBecause(event: RecordedEvent, cause: RecordedEvent | null): Step['because'] {
  if (cause === null) return { kind: 'outside', cause: event.cause };
  return { kind: 'event', type: cause.type, stream: cause.stream, position: cause.position };
}

function isAbout({ data }: RecordedEvent, bead: number): boolean {
  if ('bead' in data && data.bead === bead) return true;
  if ('as' in data && data.as === bead) return true;
  return 'beads' in data && Array.isArray(data.beads) && data.beads.includes(bead);
}
