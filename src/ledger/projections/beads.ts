import { beadId, beadTable, changeBead } from './bead-row.ts';
import { projection } from './projection.ts';

/** The bead board: one row per bead, in the table `beads`. */
export const beads = projection({
  name: 'beads',
  version: 2,
  tables: { beads: beadTable },
  handlers: {
    BeadCreated: (event, { beads }) => {
      const { bead, title, description, acceptance, needs } = event.data;
      beads.put({
        id: beadId(event.stream, bead),
        title,
        status: 'open',
        assignee: '',
        notes: '',
        convoy: event.stream,
        number: bead,
        description,
        acceptance,
        needs: needs.map((need) => beadId(event.stream, need)).join(' '),
        attempts: 0,
        outcome: '',
        commit: '',
        landed: 0,
        updated: event.at,
      });
    },
    PlanRejected: (event, { beads }) => {
      for (const bead of event.data.beads) beads.delete(event.stream, bead);
    },
    BeadEdited: (event, { beads }) => {
      const { title, description, acceptance } = event.data;
      changeBead(beads, event, () => ({ title, description, acceptance }));
    },
    BeadNeedsChanged: (event, { beads }) =>
      changeBead(beads, event, () => ({
        needs: event.data.needs.map((need) => beadId(event.stream, need)).join(' '),
      })),
    BeadSlung: (event, { beads }) =>
      changeBead(beads, event, () => ({ assignee: `polecat:${event.data.topic}` })),
    BeadNoted: (event, { beads }) =>
      changeBead(beads, event, (row) => ({
        notes: row.notes === '' ? event.data.note : `${row.notes}\n${event.data.note}`,
      })),
    LeaseGranted: (event, { beads }) =>
      changeBead(beads, event, () => ({ status: 'in_progress', attempts: event.data.attempt })),
    BeadClosed: (event, { beads }) => {
      const { outcome } = event.data;
      changeBead(beads, event, () => ({
        status: 'closed',
        outcome: outcome.kind,
        commit: outcome.kind === 'change' ? outcome.commit : '',
      }));
    },
    BeadReleased: (event, { beads }) => changeBead(beads, event, () => ({ status: 'open' })),
    BeadBlocked: (event, { beads }) => changeBead(beads, event, () => ({ status: 'blocked' })),
    BeadUnblocked: (event, { beads }) => changeBead(beads, event, () => ({ status: 'open' })),
    BeadQuarantined: (event, { beads }) => changeBead(beads, event, () => ({ status: 'blocked' })),
    BeadLanded: (event, { beads }) => changeBead(beads, event, () => ({ status: 'closed', landed: 1 })),
    BeadReturned: (event, { beads }) =>
      changeBead(beads, event, () => ({ status: 'open', outcome: '', commit: '' })),
  },
});
