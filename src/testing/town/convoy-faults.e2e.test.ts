import { describe, expect, test } from 'vitest';
import type { RecordedEvent } from '../../domain/event.ts';
import type { Fault, RehearsalRequest } from '../rehearsal/fault.ts';
import type { Step } from '../rehearsal/script.ts';
import { type TownSetup, townUnderTest } from '../town-under-test/town-under-test.ts';
import { awaitBeads, close, convoyScript, create, sling, works, write } from './convoy-script.ts';

/** Walks a convoy until its pull request is open or it has ended. */
async function convoyUnderTest(setup: TownSetup) {
  const town = await townUnderTest(setup);
  const issue = await town.issue({ title: 'Build what the beads say' });
  await town.label(issue, 'convoy');
  const convoy = await town.until(issue, (now) => now.pullRequest !== null || now.ended !== null);
  return { convoy, events: town.events };
}

const landed = (events: readonly RecordedEvent[]) =>
  events.flatMap((event) => (event.type === 'BeadLanded' ? [event.data.bead] : [])).toSorted();
const outcomes = (events: readonly RecordedEvent[]) =>
  events.flatMap((event) => (event.type === 'SessionEnded' ? [event.data.outcome] : []));
const results = (events: readonly RecordedEvent[], name: string) =>
  events.flatMap((event) =>
    event.type === 'ToolFinished' && event.data.name === name ? [event.data.result] : [],
  );

/** Lets each fault befall the first request that it fits, once or as often as it says. */
function befall(
  plan: readonly { fits: (request: RehearsalRequest) => boolean; fault: Fault; times?: number }[],
): (request: RehearsalRequest) => Fault | null {
  const left = plan.map((one) => ({ ...one, times: one.times ?? 1 }));
  return (request) => {
    const next = left.find((one) => one.times > 0 && one.fits(request));
    if (!next) return null;
    next.times -= 1;
    return next.fault;
  };
}

const at = (about: string, step: number) => (request: RehearsalRequest) =>
  request.about === about && request.step === step;

describe('a convoy lands all its beads', () => {
  test('although its models and their endpoint misbehave in every way that can be mended', async () => {
    const talker: Step[] = [{ say: 'I shall now begin with the work.' }, ...works(2)];
    const script = convoyScript([
      { title: 'Malformed' },
      { title: 'Talker', steps: talker },
      { title: 'Refuser' },
      { title: 'Broken' },
      { title: 'Endless' },
      { title: 'Hanging' },
    ]);
    const [first] = script.parts.filter((part) => part.about === 'Malformed');
    if (!first) throw new Error('there is no such part');
    const mends = {
      ...first,
      steps: [write('made-1.txt'), { ...write('made-1.txt'), expects: /not valid JSON/ }, close(1)],
    };
    const parts = script.parts.map((part) => (part === first ? mends : part));
    const { convoy, events } = await convoyUnderTest({
      script: { parts },
      settings: { verify: 'ls made-*.txt' },
      rehearsal: {
        fault: befall([
          { fits: at('Malformed', 0), fault: { kind: 'malformed-arguments' } },
          { fits: at('Refuser', 0), fault: { kind: 'refusal', text: 'I would rather not.' } },
          { fits: at('Broken', 0), fault: { kind: 'cut', afterChunks: 2 } },
          { fits: at('Broken', 0), fault: { kind: 'reset' } },
          { fits: at('Broken', 1), fault: { kind: 'status', status: 429, retryAfterSeconds: 0 } },
          { fits: at('Broken', 1), fault: { kind: 'status', status: 503 } },
          {
            fits: ({ about }) => about === 'Endless',
            fault: { kind: 'endless', text: 'Now I begin. ' },
            times: 2,
          },
          { fits: at('Hanging', 1), fault: { kind: 'hang', afterChunks: 1 } },
          { fits: ({ role }) => role === 'mayor', fault: { kind: 'no-usage' }, times: 9 },
        ]),
      },
    });
    expect(convoy.pullRequest).not.toBeNull();
    expect(landed(events())).toEqual([1, 2, 3, 4, 5, 6]);
    const released = events().flatMap((event) => (event.type === 'BeadReleased' ? [event.data] : []));
    expect(released.map(({ bead, attempt }) => [bead, attempt]).toSorted()).toEqual([
      [3, 1],
      [5, 1],
    ]);
    expect(outcomes(events())).toEqual(expect.arrayContaining(['refused', 'repetition', 'done', 'finished']));
  });
});

describe('a bead that no attempt brings to an end', () => {
  test('is quarantined, what needs it is told, and the rest lands', async () => {
    const endless = Array.from({ length: 30 }, (_, turn) => ({
      calls: [{ name: 'shell', arguments: { command: `echo ${turn}` } }],
    }));
    const script = convoyScript([
      { title: 'Deserter', steps: [{ say: 'I did it all.' }, { say: 'Really, I did.' }] },
      { title: 'Runner', steps: endless },
      { title: 'Widow', needs: [1] },
      { title: 'Worker' },
    ]);
    const { convoy, events } = await convoyUnderTest({ script });
    expect(landed(events())).toEqual([4]);
    expect(convoy.pullRequest).not.toBeNull();
    const quarantined = events().flatMap((event) =>
      event.type === 'BeadQuarantined' ? [event.data.bead] : [],
    );
    expect(quarantined.toSorted()).toEqual([1, 2]);
    const attempts = events().filter(
      (event) => event.type === 'SessionStarted' && event.data.role === 'polecat',
    );
    expect(attempts).toHaveLength(7);
    expect(outcomes(events()).filter((outcome) => outcome === 'max-iterations')).toHaveLength(3);
    const [report] = events().flatMap((event) =>
      event.type === 'SessionResumed' ? [event.data.result] : [],
    );
    const endings = [
      'Deserter: in quarantine',
      'Runner: in quarantine',
      "Widow: can't start",
      'Worker: landed',
    ];
    for (const [index, ending] of endings.entries()) expect(report).toContain(`[${index + 1}] ${ending}`);
  });
});

describe('a Mayor that errs', () => {
  test('is told why, and mends it', async () => {
    const beads = [{ title: 'Alpha' }, { title: 'Beta', needs: [1] }];
    const cycle = { name: 'bead', arguments: { action: 'update', id: 1, needs: [2] } };
    const script = convoyScript(beads, [
      { calls: [create({ title: 'Lost', needs: [9] }), ...beads.map(create)] },
      { calls: [cycle], expects: /9/ },
      { say: 'The plan stands.', expects: /cycle|circle/i },
      { calls: [awaitBeads], expects: /sling what is not slung/ },
      { calls: [sling(1), sling(1), sling(2), sling(7)], expects: /(Alpha|1)[\s\S]*(Beta|2)/ },
      { calls: [awaitBeads], expects: /slung/ },
      { say: 'All is settled.', expects: /landed/i },
    ]);
    const { convoy, events } = await convoyUnderTest({ script });
    expect(convoy.pullRequest).not.toBeNull();
    expect(landed(events())).toEqual([1, 2]);
    expect(events().filter((event) => event.type === 'BeadSlung')).toHaveLength(2);
    const slings = results(events(), 'sling');
    expect(slings).toHaveLength(4);
    const awaited = results(events(), 'await_beads')[0] ?? '';
    expect(awaited).toMatch(/1/);
    expect(awaited).toMatch(/2/);
  });
});
