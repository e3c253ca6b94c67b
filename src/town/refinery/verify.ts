import { failVerification, startVerification } from '../../domain/convoy/decisions/start-verification.ts';
import type { Verification } from '../../domain/convoy/events.ts';
import { verificationCommand } from '../../domain/convoy/verification-command.ts';
import { SetupFailed, startRequest } from '../dispatch/start-sandbox.ts';
import type { RunResult, StartRequest } from '../ports/sandbox.ts';
import type { RefineryDesk } from './refinery-desk.ts';

export interface Verdict {
  readonly passed: boolean;
  readonly verification: Verification;
}

const runsAtMost = 2;
const outputTailBytes = 8 * 1024;

/**
 * Runs the rig's command on exactly this commit's tree, as a container's main process. Red is run once more; what the
 * ledger already knows of this commit is not run again. Without a command nothing is shown, and nothing is held back.
 */
export async function verify(
  desk: RefineryDesk,
  commit: string,
  beads: readonly number[],
  signal: AbortSignal,
): Promise<Verdict> {
  const subject = { commit, beads: [...beads], command: verificationCommand(desk.convoy()) };
  if (subject.command === null) return { passed: true, verification: nothingRun(subject) };
  for (let reds = redsOf(desk, commit); ; reds = redsOf(desk, commit)) {
    const last = reds.at(-1);
    if (last && reds.length >= runsAtMost) return { passed: false, verification: last };
    await desk.decide(`verify:${commit}`, (state) => startVerification(state, subject));
    const verification = await runVerification(desk, { ...subject, command: subject.command }, signal);
    if (verification.exitCode === 0 && !verification.timedOut) return { passed: true, verification };
    const failed = await desk.decide(`verify:${commit}`, (state) => failVerification(state, verification));
    if (failed.status === 'refused') return { passed: false, verification };
  }
}

function nothingRun(subject: Pick<Verification, 'commit' | 'beads' | 'command'>): Verification {
  return {
    ...subject,
    exitCode: null,
    timedOut: false,
    durationMs: 0,
    outputTail: '',
    outputHash: null,
  };
}

function redsOf(desk: RefineryDesk, commit: string): readonly Verification[] {
  return desk.town.ledger
    .read(desk.stream)
    .flatMap((event) =>
      event.type === 'VerificationFailed' && event.data.commit === commit ? [event.data] : [],
    );
}

/** One run of a command on a commit's tree, as a container's main process. */
export async function runVerification(
  desk: RefineryDesk,
  subject: { readonly commit: string; readonly beads: number[]; readonly command: string },
  signal: AbortSignal,
): Promise<Verification> {
  const { town } = desk;
  const convoy = desk.convoy();
  const began = town.clock().getTime();
  const request = await setUpFor(desk, subject.commit);
  if (request instanceof SetupFailed) {
    const output = Buffer.from(`(Gas Town: ${request.message})\n${request.output}`);
    return {
      ...subject,
      exitCode: request.exitCode,
      timedOut: false,
      durationMs: town.clock().getTime() - began,
      outputTail: tailOf({ output, outOfMemory: false }),
      outputHash: await town.ledger.putContent(output),
    };
  }
  const result = await town.sandboxes.run({
    ...request,
    command: subject.command,
    timeoutMs: convoy.opened.settings.verifyTimeoutMs,
    signal,
  });
  return {
    ...subject,
    exitCode: result.exitCode,
    timedOut: result.timedOut,
    durationMs: result.durationMs,
    outputTail: tailOf(result),
    outputHash: await town.ledger.putContent(result.output),
  };
}

/** A commit that breaks the set-up is red, as one that breaks the command is; a base that does ends the convoy. */
async function setUpFor(desk: RefineryDesk, commit: string): Promise<StartRequest | SetupFailed> {
  const convoy = desk.convoy();
  try {
    return await startRequest(desk.town, convoy, commit, { purpose: 'verify' }, 'reject');
  } catch (error) {
    if (error instanceof SetupFailed && !error.ofBase) return error;
    throw error;
  }
}

function tailOf(result: Pick<RunResult, 'output' | 'outOfMemory'>): string {
  const tail = Buffer.from(result.output).subarray(-outputTailBytes).toString('utf8').toWellFormed();
  return result.outOfMemory ? `${tail}\n(Gas Town: the container ran out of memory and was killed.)` : tail;
}
