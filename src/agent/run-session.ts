import type { SessionOutcome } from '../domain/session/events.ts';
import { askModel, budgetCallId, tellSpent } from './ask-model.ts';
import { callTools } from './call-tools.ts';
import { compactContext, isFull } from './compact-context.ts';
import { contextTokens } from './context-tokens.ts';
import { describeTools } from './describe-tools.ts';
import { type NextStep, nextStep } from './next-step.ts';
import { budgetCall, overseerCall, type SessionSpec, type SessionStop } from './session.ts';
import type { SessionDeps, SessionRun } from './session-run.ts';
import { SessionOver, SessionWriter } from './session-writer.ts';

export { cancelSession, nudgeSession, resumeSession } from './resume-session.ts';

/** The session's time is up. */
class TimeIsUp extends Error {
  override readonly name = 'TimeIsUp';
}

/**
 * Runs a session until it ends, waits or is interrupted. Each reply and each tool result is durable before the next step, so
 * that a run under the same id goes on at the very next step whatever became of the one before. Rejects with
 * `WorkspaceLost`, `SessionTaken` and the ledger's errors: the session can be run again once their cause is mended.
 */
export async function runSession(
  deps: SessionDeps,
  spec: SessionSpec,
  signal: AbortSignal,
): Promise<SessionStop> {
  const writer = new SessionWriter(deps.ledger, spec);
  const time = timeLimit(spec, writer.state.workedMs);
  const run: SessionRun = {
    deps,
    spec,
    writer,
    tools: describeTools(spec.tools),
    signal: AbortSignal.any([signal, time.signal]),
    tell: (step) => {
      const { id: session, role, convoy, bead } = spec;
      deps.onProgress?.({ session, role, actor: spec.actor ?? role, convoy, bead, ...step });
    },
  };
  try {
    return await steps(run);
  } catch (error) {
    if (error instanceof SessionOver) return ended(run);
    if (signal.aborted && error === signal.reason) return { status: 'interrupted' };
    if (!time.signal.aborted || error !== time.signal.reason) throw error;
    return await end(
      run,
      'wall-clock',
      '',
      `It worked for ${Math.round((spec.wallClockMs ?? 0) / 60_000)} minutes.`,
    );
  } finally {
    time.clear();
  }
}

async function steps(run: SessionRun): Promise<SessionStop> {
  if (run.writer.version === 0) await start(run);
  else if (!run.writer.state.ended) await tellSpent(run);
  let freshTurn = 0;
  let compactionFailedAt = 0;
  for (;;) {
    run.signal.throwIfAborted();
    const step = nextStep(run.writer.state, run.spec);
    switch (step.do) {
      case 'nothing-more':
        return ended(run);
      case 'wait':
        return {
          status: 'suspended',
          callId: step.call.callId,
          tool: step.call.name,
          waitingFor: step.call.waitingFor,
        };
      case 'wait-for-person':
        await suspend(run, `${overseerCall}-${run.writer.state.turns.length}`, overseerCall, {
          kind: 'message',
        });
        break;
      case 'conclude': {
        const reminder = step.mayRemind ? reminderOf(run.spec) : null;
        if (reminder === null) return await end(run, 'finished', step.text, '');
        await run.writer.append({ type: 'SessionReminded', data: { text: reminder } });
        break;
      }
      case 'end':
        return await end(run, step.outcome, step.text, step.detail);
      case 'call-tools':
        await callTools(run, step.calls, freshTurn === run.writer.state.turns.length);
        break;
      case 'ask':
        compactionFailedAt = await makeRoom(run, step, compactionFailedAt);
        await ask(run, step);
        freshTurn = run.writer.state.turns.length;
    }
  }
}

const reminderOf = ({ reminder }: SessionSpec): string | null =>
  typeof reminder === 'function' ? reminder() : (reminder ?? null);

async function start(run: SessionRun): Promise<void> {
  const { role, convoy, bead, attempt, models, system, briefing, tools } = run.spec;
  const names = tools.map((tool) => tool.name);
  await run.writer.append({
    type: 'SessionStarted',
    data: { role, convoy, bead, attempt, model: models[0], system, briefing, tools: names },
  });
}

/** Compacts a conversation that has grown too long. After a failure it is tried again once a twentieth of the window was added. */
async function makeRoom(run: SessionRun, step: NextStep & { do: 'ask' }, failedAt: number): Promise<number> {
  const model = step.models[0] ?? run.spec.models[0];
  const window = run.deps.model.contextWindow(model);
  const tokens = contextTokens(run);
  if (!isFull(tokens, window) || tokens < failedAt + window / 20) return failedAt;
  return (await compactContext(run, model, window)) ? 0 : tokens;
}

async function ask(run: SessionRun, step: NextStep & { do: 'ask' }): Promise<void> {
  const asked = await askModel(run, step.models);
  if (asked.status === 'replied') return;
  if (asked.status === 'over-budget') {
    const turn = run.writer.state.turns.length;
    if (asked.outcome === 'end') await end(run, 'budget', '', asked.reason);
    else await suspend(run, budgetCallId(turn), budgetCall, { kind: 'budget', reason: asked.reason });
    return;
  }
  const { failure } = asked;
  const model = failure.model;
  if (failure.kind === 'too-long' && !run.writer.state.freshlyCompacted) {
    if (await compactContext(run, model, run.deps.model.contextWindow(model))) return;
  }
  await end(run, 'model-failed', '', failure.message);
}

async function suspend(
  run: SessionRun,
  callId: string,
  name: string,
  waitingFor: { readonly [key: string]: string },
): Promise<void> {
  await run.writer.append({
    type: 'SessionSuspended',
    data: { callId, name, waitingFor: { ...waitingFor } },
  });
  run.tell({ kind: 'suspended', name });
}

async function end(
  run: SessionRun,
  outcome: SessionOutcome,
  text: string,
  detail: string,
): Promise<SessionStop> {
  await run.writer.append({ type: 'SessionEnded', data: { outcome, text, detail } });
  run.tell({ kind: 'ended', outcome, detail });
  return ended(run);
}

function ended(run: SessionRun): SessionStop {
  const said = run.writer.state.ended;
  if (!said) throw new Error(`The session ${run.spec.id} has not ended.`);
  return { status: 'ended', ...said };
}

/** Aborts when the session has worked as long as it may, what earlier runs spent on replies included. */
function timeLimit(spec: SessionSpec, workedMs: number): { signal: AbortSignal; clear(): void } {
  const controller = new AbortController();
  if (spec.wallClockMs === undefined) return { signal: controller.signal, clear: () => undefined };
  const left = Math.max(0, spec.wallClockMs - workedMs);
  const timer = setTimeout(() => controller.abort(new TimeIsUp()), left);
  return { signal: controller.signal, clear: () => clearTimeout(timer) };
}
