import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { createModelPort, type ModelPortOptions } from '../adapters/openai/create-model-port.ts';
import type { Progress } from '../agent/progress.ts';
import { runSession } from '../agent/run-session.ts';
import type { SessionSpec, SessionStop } from '../agent/session.ts';
import type { SessionDeps } from '../agent/session-run.ts';
import type { RecordedEvent } from '../domain/event.ts';
import { roleName } from '../domain/session/events.ts';
import { openLedger } from '../ledger/open-ledger.ts';
import type { Ledger } from '../ledger/ports/ledger.ts';
import type { ChatRequest } from './rehearsal/chat-request.ts';
import type { Step } from './rehearsal/script.ts';
import { type RehearsalOptions, startRehearsalModel } from './rehearsal/start-rehearsal-model.ts';

export interface SessionUnderTest {
  readonly ledger: Ledger;
  readonly deps: SessionDeps;
  readonly spec: SessionSpec;
  readonly progress: readonly Progress[];
  /** The requests as they came over the wire. */
  readonly sent: readonly ChatRequest[];
  run(signal?: AbortSignal): Promise<SessionStop>;
  events(): readonly RecordedEvent[];
  requests(): number;
}

export interface SessionSetup {
  readonly steps: readonly Step[];
  readonly spec?: Partial<SessionSpec>;
  readonly deps?: Partial<SessionDeps>;
  readonly rehearsal?: RehearsalOptions;
  readonly port?: Partial<ModelPortOptions>;
}

/** A polecat's session on a real ledger in memory and a real HTTP endpoint that plays its steps. */
export async function sessionUnderTest(setup: SessionSetup): Promise<SessionUnderTest> {
  const sent: ChatRequest[] = [];
  const progress: Progress[] = [];
  const clock = () => new Date();
  const ledger = openLedger({ path: ':memory:', clock });
  const script = { parts: roleName.options.map((role) => ({ role, steps: setup.steps })) };
  const model = await startRehearsalModel(script, {
    onRequest: (request) => sent.push(request),
    ...setup.rehearsal,
  });
  onTestFinished(async () => {
    await model.close();
    await ledger.close();
  });
  const port = createModelPort({
    baseURL: model.baseUrl,
    apiKey: 'any',
    retry: { attempts: 3, firstDelayMs: 1, maxDelayMs: 2 },
    stallMs: 10_000,
    ...setup.port,
  });
  const deps: SessionDeps = {
    ledger,
    model: port,
    clock,
    onProgress: (one) => progress.push(one),
    ...setup.deps,
  };
  const spec: SessionSpec = {
    id: randomUUID(),
    role: 'polecat',
    convoy: 'convoy/1/1',
    bead: 1,
    attempt: 1,
    models: ['rehearsal-polecat'],
    system: 'You are a polecat.',
    briefing: 'Your bead is [1].',
    tools: [],
    maxIterations: 25,
    ...setup.spec,
  };
  return {
    ledger,
    deps,
    spec,
    progress,
    sent,
    run: (signal = new AbortController().signal) => runSession(deps, spec, signal),
    events: () => ledger.read(`session/${spec.id}`),
    requests: () => model.requests(),
  };
}
