import { failure, type ToolOutcome } from '../../agent/tool.ts';
import type { Bead } from '../../domain/bead/bead.ts';
import { closeBead } from '../../domain/convoy/decisions/close-bead.ts';
import type { Outcome } from '../../domain/convoy/events.ts';
import { subjectUntrusted } from '../../domain/merge-queue/merge-message.ts';
import type { RefusedPath } from '../ports/sandbox.ts';
import { agentSignature } from '../refinery/signature.ts';
import type { ConvoyDesk } from '../tools/convoy-desk.ts';
import type { Town } from '../town.ts';
import type { WorkPlace } from './work-place.ts';

export interface HeldBead {
  readonly number: number;
  readonly session: string;
  /** The verified head that the container started from. */
  readonly from: string;
}

/**
 * Closes the bead that a polecat holds: takes its work out of the container, commits it in the bare repository, and
 * records that commit as the evidence. With no change there must be a note that says why.
 */
export async function closeOwnBead(
  town: Town,
  desk: ConvoyDesk,
  held: HeldBead,
  place: WorkPlace,
): Promise<ToolOutcome> {
  const bead = desk.convoy().beads.get(held.number);
  if (bead === undefined) return failure(`Bead ${held.number} not found.`);
  const evidence = await takeOutWork(town, desk, bead, held, place);
  if ('missing' in evidence) return failure(evidence.missing);
  const closing = { bead: held.number, session: held.session, outcome: evidence.outcome };
  const closed = await desk.decide((state) => closeBead(state, closing));
  if (closed.status === 'refused') return failure(closed.refusal.text);
  return { kind: 'end', text: `[${held.number}] closed. Done means gone.` };
}

type Evidence = { readonly outcome: Outcome } | { readonly missing: string };

async function takeOutWork(
  town: Town,
  desk: ConvoyDesk,
  bead: Bead,
  held: HeldBead,
  place: WorkPlace,
): Promise<Evidence> {
  const { repository, issue } = desk.convoy().opened;
  const store = await town.git.open(repository.id);
  const taken = await place.takeOut();
  const commit = await store.commitChanges({
    parent: held.from,
    changes: taken.changes,
    message: `${subjectUntrusted(bead.title)}\n\nBead: ${issue}.${bead.number}\nSession: ${held.session}\n`,
    author: agentSignature(desk.actor, town.clock()),
  });
  const refused = [...taken.refused, ...commit.refused];
  if (refused.length > 0) return { missing: refusedText(refused) };
  if (commit.status === 'unchanged') return noChanges(bead);
  const ref = `refs/gas-town/work/${issue}.${bead.number}`;
  await store.moveRef(ref, commit.commit, await store.resolve(ref));
  return { outcome: { kind: 'change', commit: commit.commit, base: held.from, files: commit.files } };
}

function noChanges(bead: Bead): Evidence {
  const reason = bead.notes
    .findLast((note) => /^no-changes:/i.test(note.text))
    ?.text.slice('no-changes:'.length)
    .trim();
  if (reason) return { outcome: { kind: 'no-changes', reason } };
  return {
    missing:
      'Your workspace holds no change. Do the work, or note "no-changes: <reason>" on the bead and close it then.',
  };
}

const refusedShown = 20;

function refusedText(refused: readonly RefusedPath[]): string {
  const list = refused.slice(0, refusedShown).map(({ path, rule }) => `- ${path}: ${rule}`);
  const more = refused.length > refusedShown ? `\n… and ${refused.length - refusedShown} more` : '';
  return `These paths can't be taken out of the container. Remove or mend them, then close again:\n${list.join('\n')}${more}`;
}
