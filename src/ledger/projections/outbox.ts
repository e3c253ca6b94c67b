import { projection, table } from './projection.ts';

/** An effect on GitHub that is intended and neither confirmed nor given up: the mirror's work list. */
export type OutboxRow = {
  readonly effect: string;
  readonly stream: string;
  readonly kind: string;
  readonly subject: string;
  /** Of the intention: the order in which effects are due. */
  readonly position: number;
  readonly failures: number;
};

const outboxTable = table<OutboxRow>({
  columns: {
    effect: 'TEXT NOT NULL',
    stream: 'TEXT NOT NULL',
    kind: 'TEXT NOT NULL',
    subject: 'TEXT NOT NULL',
    position: 'INTEGER NOT NULL',
    failures: 'INTEGER NOT NULL',
  },
  key: ['effect'],
});

export const outbox = projection({
  name: 'outbox',
  version: 1,
  tables: { outbox: outboxTable },
  handlers: {
    EffectIntended: (event, { outbox }) => {
      const { effect, kind, subject } = event.data;
      outbox.put({ effect, stream: event.stream, kind, subject, position: event.position, failures: 0 });
    },
    EffectConfirmed: (event, { outbox }) => outbox.delete(event.data.effect),
    EffectFailed: (event, { outbox }) => {
      const row = outbox.get(event.data.effect);
      if (event.data.final) outbox.delete(event.data.effect);
      else if (row !== undefined) outbox.put({ ...row, failures: row.failures + 1 });
    },
  },
});
