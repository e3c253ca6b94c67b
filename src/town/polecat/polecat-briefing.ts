import type { Bead } from '../../domain/bead/bead.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import { verificationCommand } from '../../domain/convoy/verification-command.ts';
import { fenceForModel } from '../../domain/text/fence-for-model.ts';

const detailLengthShown = 6000;

/** A polecat's first message: its bead, what that needs and what landed, earlier attempts, the rig's memory. */
export function polecatBriefing(convoy: Convoy, bead: Bead, memory: string | null, nonce: string): string {
  const parts = [
    `Your bead is [${bead.number}] ${bead.title} (attempt ${bead.attempts}). Work in /workspace, then close it.`,
    bead.description === '' ? '' : fenceForModel('bead', bead.description, nonce),
    bead.acceptance === '' ? '' : `It is done when:\n${fenceForModel('acceptance', bead.acceptance, nonce)}`,
    `It is a part of this order:\n${fenceForModel('order', convoy.opened.title, nonce)}`,
    `What must pass in the end: ${verificationCommand(convoy) ?? '(no command is known)'}`,
    landed(convoy, bead, nonce),
    earlier(bead, nonce),
    notes(bead, nonce),
    memory === null ? '' : `AGENTS.md:\n${fenceForModel('AGENTS.md', memory, nonce)}`,
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function landed(convoy: Convoy, bead: Bead, nonce: string): string {
  const needs = bead.needs.flatMap((need) => convoy.beads.get(need) ?? []);
  if (needs.length === 0) return '';
  const lines = needs.map((need) => {
    const note = need.notes.at(-1)?.text ?? 'no note';
    return `- [${need.number}] ${need.title}\n${fenceForModel('note', note.slice(0, 1000), nonce)}`;
  });
  return `It builds on these, which are in your workspace:\n${lines.join('\n')}`;
}

const notesShown = 10;

/** What was noted on the bead itself, a person's guidance among it. */
function notes(bead: Bead, nonce: string): string {
  if (bead.notes.length === 0) return '';
  const lines = bead.notes
    .slice(-notesShown)
    .map((note) => fenceForModel(`note by ${note.by}`, note.text, nonce));
  return `Noted on it so far:\n${lines.join('\n')}`;
}

function earlier(bead: Bead, nonce: string): string {
  if (bead.failures.length === 0) return '';
  const lines = bead.failures.map((one) => {
    const detail = fenceForModel('earlier attempt', one.detail.slice(-detailLengthShown), nonce);
    return `Attempt ${one.attempt} was ${one.how}: ${one.reason}\n${detail}`;
  });
  return `Earlier attempts came to nothing. Do better:\n${lines.join('\n')}`;
}
