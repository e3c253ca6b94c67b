import type { NewEvent, RecordedEvent, StreamId } from '../../domain/event.ts';
import { type Happening, recordEvents } from './record-events.ts';

const convoy: StreamId = 'convoy/7/1';
const mayor = '0198a000-0000-7000-8000-000000000001';
const polecat = '0198a000-0000-7000-8000-000000000002';
const oid = (digit: string): string => digit.repeat(40);
const usage = { inputTokens: 1000, cachedInputTokens: 0, outputTokens: 200, estimated: false };

const by =
  (stream: StreamId, actor: string) =>
  (event: NewEvent): Happening => ({ stream, actor, event });
const town = by(convoy, 'town');
const overseer = by(convoy, 'overseer:ada');
const mayorOrders = by(convoy, 'mayor');
const mayorSays = by(`session/${mayor}`, 'mayor');
const polecatDoes = by(convoy, 'polecat:first part');
const polecatSays = by(`session/${polecat}`, 'polecat:first part');

const opened = overseer({
  type: 'ConvoyOpened',
  data: {
    repository: { id: 7, owner: 'ada', name: 'thing' },
    issue: 1,
    kind: 'convoy',
    title: 'Build a thing',
    body: '',
    textHash: 'f'.repeat(64),
    labelledBy: 'ada',
    base: { branch: 'main', commit: oid('a') },
    settings: {
      image: 'rig',
      limits: { memoryBytes: 2 ** 29, cpus: 2, processes: 256 },
      network: 'none',
      polecats: 5,
      setup: [],
      verify: 'make test',
      verifyTimeoutMs: 60_000,
      attempts: 3,
      budgetUsd: null,
    },
  },
});

const planned: readonly Happening[] = [
  town({ type: 'MayorStarted', data: { session: mayor } }),
  mayorSays({
    type: 'SessionStarted',
    data: {
      role: 'mayor',
      convoy,
      bead: null,
      attempt: null,
      model: 'big',
      system: 'You are the Mayor.',
      briefing: 'Build a thing',
      tools: ['bead', 'sling'],
    },
  }),
  mayorSays({
    type: 'ModelReplied',
    data: {
      turn: 1,
      model: 'big',
      text: 'Two beads.\nThe second needs the first.',
      reasoning: '',
      toolCalls: [
        { id: 'c1', name: 'bead', arguments: '{"action":"create","title":"Lay the ground"}' },
        { id: 'c2', name: 'bead', arguments: '{"action":"create","title":"Build on it"}' },
      ],
      finish: 'tool-calls',
      usage,
      latencyMs: 12,
    },
  }),
  mayorOrders({
    type: 'BeadCreated',
    data: { bead: 1, title: 'Lay the ground', description: '', acceptance: '', needs: [] },
  }),
  mayorOrders({
    type: 'BeadCreated',
    data: { bead: 2, title: 'Build on it', description: '', acceptance: '', needs: [1] },
  }),
  mayorOrders({ type: 'BeadSlung', data: { bead: 1, topic: 'first part' } }),
  mayorOrders({ type: 'BeadSlung', data: { bead: 2, topic: 'second part' } }),
];

const worked: readonly Happening[] = [
  town({
    type: 'LeaseGranted',
    data: {
      bead: 1,
      attempt: 1,
      session: polecat,
      runner: 'here',
      until: '2030-01-01T00:10:00.000Z',
      from: oid('a'),
    },
  }),
  polecatSays({
    type: 'SessionStarted',
    data: {
      role: 'polecat',
      convoy,
      bead: 1,
      attempt: 1,
      model: 'small',
      system: 'You are a polecat.',
      briefing: 'Lay the ground',
      tools: ['shell', 'bead'],
    },
  }),
  polecatSays({
    type: 'ModelReplied',
    data: {
      turn: 1,
      model: 'small',
      text: 'I look first.\u001b[2J',
      reasoning: '',
      toolCalls: [{ id: 'c1', name: 'shell', arguments: '{"command":"make test"}' }],
      finish: 'tool-calls',
      usage,
      latencyMs: 8,
    },
  }),
  polecatSays({
    type: 'ToolFinished',
    data: { callId: 'c1', name: 'shell', result: 'no rule to make target', failed: true },
  }),
  polecatDoes({
    type: 'BeadClosed',
    data: {
      bead: 1,
      attempt: 1,
      session: polecat,
      outcome: { kind: 'change', commit: oid('b'), base: oid('a'), files: 3 },
    },
  }),
  polecatSays({ type: 'SessionEnded', data: { outcome: 'done', text: '', detail: '' } }),
];

const verification = {
  commit: oid('c'),
  beads: [1],
  command: 'make test',
  exitCode: 0,
  timedOut: false,
  durationMs: 1500,
  outputTail: 'ok',
  outputHash: null,
};

const landed: readonly Happening[] = [
  by(
    convoy,
    'refinery',
  )({ type: 'VerificationStarted', data: { commit: oid('c'), beads: [1], command: 'make test' } }),
  by(convoy, 'refinery')({ type: 'IntegrationVerified', data: verification }),
  by(convoy, 'refinery')({ type: 'BeadLanded', data: { bead: 1, commit: oid('c') } }),
];

const delivered: readonly Happening[] = [
  town({
    type: 'BudgetSpent',
    data: {
      session: polecat,
      role: 'polecat',
      model: 'small',
      bead: 1,
      inputTokens: 2000,
      outputTokens: 400,
      usd: 0.25,
    },
  }),
  town({
    type: 'PullRequestOpened',
    data: { number: 4, url: 'http://127.0.0.1:1/ada/thing/pull/4', head: 'gas-town/convoy-1', sha: oid('c') },
  }),
];

/** A convoy of two beads, told until the first has landed and a pull request is open. */
export const smallConvoy: readonly RecordedEvent[] = recordEvents([
  opened,
  ...planned,
  ...worked,
  ...landed,
  ...delivered,
]);
