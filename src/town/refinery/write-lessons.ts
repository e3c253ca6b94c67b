import { landLessons } from '../../domain/convoy/decisions/land-lessons.ts';
import { lessonsToWrite, withLessons } from '../../domain/lessons/lesson-lines.ts';
import { alignBranch, lessonsRef, pointRef } from './convoy-refs.ts';
import { approvalHash, protectedEntries } from './guard-landing.ts';
import type { RefineryDesk } from './refinery-desk.ts';
import { townSignature } from './signature.ts';
import { verify } from './verify.ts';

const file = 'AGENTS.md';
/** A memory that has grown longer than this is for people to tidy up. */
const memoryBytesMax = 64 * 1024;

/**
 * Writes what the convoy's agents learned into the rig's memory, as one last commit on the verified head. It is verified
 * like any other; where that is red the lessons stay out. Safe to do again: what stands there already is not written twice.
 */
export async function writeLessons(desk: RefineryDesk, signal: AbortSignal): Promise<void> {
  const { head, lessons, opened } = desk.convoy();
  const bytes = await desk.store.readFile(head, file, memoryBytesMax + 1);
  if (bytes !== null && bytes.byteLength > memoryBytesMax) return;
  const memory = bytes === null ? '' : Buffer.from(bytes).toString('utf8');
  const written = lessonsToWrite(lessons, memory);
  if (written.length === 0) return;
  const content = Buffer.from(withLessons(memory, written, opened.issue));
  const made = await desk.store.commitChanges({
    parent: head,
    changes: [{ kind: 'write', path: Buffer.from(file), mode: '100644', content }],
    message: `Write down what was learned\n\nConvoy: ${opened.issue}\n`,
    // The convoy's own time, so that the same lessons on the same head are the same commit.
    author: townSignature(new Date(desk.convoy().openedAt)),
  });
  if (made.status !== 'committed' || made.refused.length > 0) return;
  await pointRef(desk.store, lessonsRef(desk.convoy()), made.commit);
  const { passed, verification } = await verify(desk, made.commit, [], signal);
  if (!passed) return;
  const hash = approvalHash(await protectedEntries(desk, head, made.commit));
  const told = { commit: made.commit, hash, lessons: [...written] };
  await desk.decide(`lessons:${made.commit}`, (state) =>
    landLessons(state, { verification, onto: head, written: told }),
  );
  await alignBranch(desk.store, desk.convoy());
}
