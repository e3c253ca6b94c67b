import { resumeSession } from '../../agent/resume-session.ts';
import type { SessionStop } from '../../agent/session.ts';
import { overseerCall } from '../../agent/session.ts';
import { sessionFold } from '../../agent/session-state.ts';
import { workspaceTools } from '../../agent/tools/workspace-tools.ts';
import { type CrewMember, openQuestion } from '../../domain/crew/crew-state.ts';
import { accept, type NewEvent, type StreamId } from '../../domain/event.ts';
import type { StepPause } from '../dispatch/step-pause.ts';
import type { Sandbox } from '../ports/sandbox.ts';
import { analyzeTool } from '../session/analyze.ts';
import { giveBack } from '../session/convoy-budget.ts';
import { holdSession } from '../session/hold-session.ts';
import { rigMemory } from '../session/rig-memory.ts';
import { beadTool } from '../tools/bead-tool.ts';
import { type ConvoyDesk, convoyDesk } from '../tools/convoy-desk.ts';
import { rememberTool } from '../tools/remember-tool.ts';
import type { Town } from '../town.ts';
import { crewBriefing, questionText } from './crew-briefing.ts';
import { houseCrew, keepWork, restCrew } from './house-crew.ts';
import { proposeConvoyTool } from './propose-convoy-tool.ts';

/** After so long without a word a member's container is cleared away; its work is a commit by then. */
const idleMs = 30 * 60_000;

/** Lets a crew member answer what it was asked, in its own workspace and its one conversation; clears up after it when it has been idle. */
export async function answerCrew(
  town: Town,
  stream: StreamId,
  name: string,
  signal: AbortSignal,
): Promise<StepPause> {
  for (;;) {
    const desk = await deskOf(town, stream, name);
    const member = memberOf(desk, name);
    if (openQuestion(member) === null) return pauseOf(town, desk, member);
    const sandbox = await houseCrew(town, desk, name);
    const stop = await oneTalk(town, desk, member, sandbox, signal);
    if (stop.status === 'interrupted') {
      await sandbox.stop();
      return { wakeAt: null };
    }
    await keepWork(town, desk, name, sandbox);
    // Nothing runs while nobody speaks; its files are there when somebody does.
    await sandbox.stop();
    await record(desk, { type: 'CrewAnswered', data: { name, text: answerOf(town, member, stop) } });
    if (stop.status === 'ended') await startAnew(town, stream, name);
    else if (member.session) await giveBack(town, stream, member.session);
  }
}

/** Begins the member's conversation where it has none. */
async function deskOf(town: Town, stream: StreamId, name: string): Promise<ConvoyDesk> {
  const any = convoyDesk(town, stream, { actor: `crew:${name}`, session: '' });
  if (any.convoy().crew.get(name)?.session == null) await startAnew(town, stream, name);
  const { session } = memberOf(any, name);
  return convoyDesk(town, stream, { actor: `crew:${name}`, session: session ?? '' });
}

async function startAnew(town: Town, stream: StreamId, name: string): Promise<void> {
  const desk = convoyDesk(town, stream, { actor: `crew:${name}`, session: '' });
  const data = { name, session: town.newId(), base: desk.convoy().head };
  await record(desk, { type: 'CrewStarted', data });
}

function memberOf(desk: ConvoyDesk, name: string): CrewMember {
  const member = desk.convoy().crew.get(name);
  if (member === undefined) throw new Error(`${desk.stream} has no crew member ${name}.`);
  return member;
}

async function record(desk: ConvoyDesk, event: NewEvent): Promise<void> {
  await desk.decide(() => accept(event));
}

async function pauseOf(town: Town, desk: ConvoyDesk, member: CrewMember): Promise<StepPause> {
  const until = Date.parse(member.heardAt) + idleMs;
  if (town.clock().getTime() < until) return { wakeAt: new Date(until) };
  await restCrew(town, desk, member.name);
  return { wakeAt: null };
}

/** Says the question to the conversation, once however often this is tried, and lets it go on until it answers. */
async function oneTalk(
  town: Town,
  desk: ConvoyDesk,
  member: CrewMember,
  sandbox: Sandbox,
  signal: AbortSignal,
): Promise<SessionStop> {
  const session = member.session ?? '';
  await deliver(town, desk, member);
  const own = workspaceTools(sandbox);
  const actor = `crew:${member.name}`;
  const talk = convoyDesk(town, desk.stream, { actor, session });
  const plan = {
    id: session,
    role: 'crew',
    actor,
    convoy: desk.stream,
    bead: null,
    attempt: null,
    interactive: true,
    briefing: crewBriefing(
      desk.convoy(),
      member,
      await rigMemory(town, desk.convoy(), desk.convoy().opened.base.commit),
    ),
    offered: [
      ...own,
      beadTool(talk, 'crew'),
      proposeConvoyTool(talk, member.name),
      rememberTool(talk, null),
      analyzeTool(town, talk, own),
    ],
  } as const;
  return holdSession(town, plan, signal);
}

/** A conversation that waits for a person hears the question; a new one has it in its briefing. */
async function deliver(town: Town, desk: ConvoyDesk, member: CrewMember): Promise<void> {
  const question = openQuestion(member);
  if (question === null || member.session === null) return;
  const stream: StreamId = `session/${member.session}`;
  const { state } = town.ledger.load(stream, sessionFold);
  const cause = `${desk.stream} crew ${member.name} ${question.index}`;
  if (!state.started) return;
  const events = town.ledger.read(stream);
  if (events.some((event) => event.type === 'SessionResumed' && event.cause === cause)) return;
  const waits = events.findLast((event) => event.type === 'SessionSuspended');
  if (waits?.type !== 'SessionSuspended') return;
  const { callId, name } = waits.data;
  if (name !== overseerCall) return;
  const by = { actor: `overseer:${question.talk.by}`, cause };
  await resumeSession(town, member.session, { callId, result: questionText(question.talk) }, by);
}

function answerOf(town: Town, member: CrewMember, stop: SessionStop): string {
  const { state } = town.ledger.load(`session/${member.session ?? ''}`, sessionFold);
  const words = state.turns.at(-1)?.reply.text.trim() ?? '';
  if (stop.status !== 'ended') return words || '(no answer)';
  const how = `The conversation came to its end (${stop.outcome}). ${stop.detail} What is said next begins a new one.`;
  return [stop.text.trim() || words, how].filter((part) => part !== '').join('\n\n');
}
