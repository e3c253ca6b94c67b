import type { Verification } from '../../domain/convoy/events.ts';
import { subjectUntrusted } from '../../domain/merge-queue/merge-message.ts';
import type { Oid } from '../ports/git-store.ts';
import type { Sandbox } from '../ports/sandbox.ts';
import { unsaidLosses } from './check-work-kept.ts';
import { pointRef } from './convoy-refs.ts';
import { protectedEntries } from './guard-landing.ts';
import { redReason } from './red-reason.ts';
import type { RefineryDesk } from './refinery-desk.ts';
import type { Report } from './report-tool.ts';
import { agentSignature } from './signature.ts';
import { differingPaths, takeOutResult } from './take-out-result.ts';
import { verify } from './verify.ts';

/** What an agent may mend on top of a commit. */
export interface FixRequest {
  readonly startFrom: Oid;
  /** First line of the fix's commit. */
  readonly subject: string;
  /** Keeps the fix until it has landed. */
  readonly ref: string;
}

export type Fix =
  | { readonly status: 'unchanged' }
  | { readonly status: 'green'; readonly verification: Verification }
  | { readonly status: 'refused'; readonly problems: string };

/**
 * Takes an agent's fix out of its container as one commit on top of where it began, if it loses no landed work, leaves
 * protected paths alone, and is green.
 */
export async function takeFix(
  desk: RefineryDesk,
  sandbox: Sandbox,
  { startFrom, subject, ref }: FixRequest,
  report: Report,
  signal: AbortSignal,
): Promise<Fix> {
  const result = await takeOutResult(desk, sandbox, startFrom);
  if (result.status === 'refused') return { status: 'refused', problems: result.text };
  if (!result.changed) return { status: 'unchanged' };
  const problems = await problemsOf(desk, startFrom, result.tree, report);
  if (problems.length > 0) return { status: 'refused', problems: problems.join('\n') };
  const commit = await desk.store.commitTree({
    tree: result.tree,
    parents: [startFrom],
    message: `${subject}\n\n${subjectUntrusted(firstLine(report.text))}\n`,
    author: agentSignature('refinery', desk.town.clock()),
  });
  await pointRef(desk.store, ref, commit);
  const { passed, verification } = await verify(desk, commit, [], signal);
  if (passed) return { status: 'green', verification };
  return {
    status: 'refused',
    problems: `${redReason(verification, false)}\n${verification.outputTail}`,
  };
}

async function problemsOf(
  desk: RefineryDesk,
  startFrom: Oid,
  result: Oid,
  report: Report,
): Promise<string[]> {
  const guarded = await protectedEntries(desk, startFrom, result);
  const guardedPaths = guarded.map(({ path }) => path).join(', ');
  const losses = await unsaidLosses(desk.store, {
    result,
    sides: [{ name: 'the merged work', base: desk.convoy().opened.base.commit, tip: startFrom }],
    paths: await differingPaths(desk.store, startFrom, result),
    report: report.text,
  });
  return guarded.length > 0 ? [`Protected paths are not changed here: ${guardedPaths}`, ...losses] : losses;
}

const firstLine = (text: string): string => (text.split('\n', 1)[0] ?? '').slice(0, 200);
