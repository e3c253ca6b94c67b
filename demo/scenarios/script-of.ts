import type { Part, RehearsalScript, ScriptedCall } from '../../src/testing/rehearsal/script.ts';
import type { Scenario, ScriptedBead } from './scenario.ts';

/** The whole script of a scenario: the Mayor's part, one for each bead, and the Refinery's. */
export function scriptOf(scenario: Scenario): RehearsalScript {
  const polecats = scenario.beads.map(polecatPart);
  // A briefing may name the beads that its own bead needs, and those come first in the list: so the last is asked first.
  return { parts: [mayorPart(scenario), ...polecats.reverse(), ...refineryParts(scenario)] };
}

function mayorPart(scenario: Scenario): Part {
  const creates: ScriptedCall[] = scenario.beads.map(({ title, description, acceptance, needs }) => ({
    name: 'bead',
    arguments: { action: 'create', title, description, acceptance, needs },
  }));
  const slings: ScriptedCall[] = scenario.beads.map(({ topic }, index) => ({
    name: 'sling',
    arguments: { bead: index + 1, topic },
  }));
  return {
    role: 'mayor',
    steps: [
      { say: scenario.plan, calls: creates },
      {
        say: 'The plan stands. All beads are slung at once; each starts as soon as what it needs has landed.',
        calls: slings,
        expects: new RegExp(`Created bead ${scenario.beads.length}\\b`),
      },
      { say: 'Now I wait for the polecats.', calls: [{ name: 'await_beads', arguments: {} }] },
      { say: scenario.report },
    ],
  };
}

function polecatPart(bead: ScriptedBead, index: number): Part {
  const id = index + 1;
  const note = { action: 'note', id, notes: bead.evidence };
  const calls = [note, { action: 'close', id }].map((args) => ({ name: 'bead', arguments: args }));
  return {
    role: 'polecat',
    about: bead.title,
    steps: [
      ...bead.work,
      { say: 'It works. I note the evidence and close the bead.', calls, expects: bead.shows },
    ],
  };
}

function refineryParts({ verify, resolution }: Scenario): Part[] {
  const final: Part = {
    role: 'refinery',
    about: 'final pass',
    steps: [
      {
        say: 'Every bead has landed. I look at the whole once more before people do.',
        calls: [{ name: 'shell', arguments: { command: verify } }],
      },
      { calls: [report('The pieces fit together, and the verification passes on the whole.')] },
    ],
  };
  if (!resolution) return [final];
  const conflict: Part = {
    role: 'refinery',
    steps: [...resolution.work, { calls: [report(resolution.report)] }],
  };
  return [final, conflict];
}

const report = (text: string): ScriptedCall => ({ name: 'report', arguments: { verdict: 'LANDED', text } });
