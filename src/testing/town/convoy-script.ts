import type { Part, RehearsalScript, ScriptedCall, Step } from '../rehearsal/script.ts';

export interface BeadScript {
  readonly title: string;
  readonly needs?: readonly number[];
  /** What its polecat says; left out: it writes a file named after the title and closes. */
  readonly steps?: readonly Step[];
}

const bead = (args: Record<string, unknown>): ScriptedCall => ({ name: 'bead', arguments: args });

export const create = ({ title, needs = [] }: BeadScript): ScriptedCall =>
  bead({ action: 'create', title, description: `Make ${title}.`, acceptance: 'It is there.', needs });
export const sling = (number: number): ScriptedCall => ({
  name: 'sling',
  arguments: { bead: number, topic: `topic ${number}` },
});
export const awaitBeads: ScriptedCall = { name: 'await_beads', arguments: {} };
export const close = (id: number): Step => ({
  say: 'It is done.',
  calls: [bead({ action: 'note', id, notes: 'It works: seen.' }), bead({ action: 'close', id })],
});
export const write = (path: string): Step => ({
  say: 'I write it.',
  calls: [{ name: 'write_file', arguments: { path, content: `${path}\n` } }],
});

/** A polecat that does its bead as it should. */
export const works = (number: number): readonly Step[] => [write(`made-${number}.txt`), close(number)];

export const polecat = (about: string, steps: readonly Step[]): Part => ({ role: 'polecat', about, steps });

const approves: Part = {
  role: 'refinery',
  steps: [
    { calls: [{ name: 'shell', arguments: { command: 'ls' } }] },
    { calls: [{ name: 'report', arguments: { verdict: 'LANDED', text: 'It holds together.' } }] },
  ],
};

/** A Mayor that creates all beads, slings them all, waits and reports; polecats that work; a Refinery that is content. */
export function convoyScript(beads: readonly BeadScript[], mayor?: readonly Step[]): RehearsalScript {
  const steps = mayor ?? [
    { say: 'The plan.', calls: beads.map(create) },
    { calls: [...beads.map((_, index) => sling(index + 1)), awaitBeads] },
    { say: 'All is settled.' },
  ];
  const polecats = beads.map((one, index) => polecat(one.title, one.steps ?? works(index + 1)));
  // A briefing also names the beads that its own needs: the last of them is looked for first.
  return { parts: [{ role: 'mayor', steps }, ...polecats.reverse(), approves] };
}
