import { type BeadScript, convoyScript, works } from '../../src/testing/town/convoy-script.ts';

export const beads = 20;
export const latencyMs = 100;
export const repliesPerBead = 3;

function beadScript(at: number): BeadScript {
  const [write, close] = works(at + 1);
  const look = { calls: [{ name: 'shell', arguments: { command: 'ls' } }] };
  const steps = [look, write, close].filter((step) => step !== undefined);
  return { title: `Part ${String.fromCharCode(65 + at)} of it`, steps };
}

/** A look, a file written, the bead closed: for each of the beads. */
export const makespanScript = convoyScript(Array.from({ length: beads }, (_, at) => beadScript(at)));
