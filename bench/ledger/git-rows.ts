import { existsSync } from 'node:fs';
import { absolute, median, relative } from '../row.ts';
import { type Files, type RowGroup, repeats, suite } from './group.ts';
import { inOwnProcess } from './in-own-process.ts';
import type { RefWork } from './measure/refs.ts';

/** A thousand sessions of a thousand events, in the refs of one repository. */
const streams = 1_000;
const eventsPerStream = 1_000;

async function filled(files: Files, count: number): Promise<string> {
  const path = files.named(`refs-${count}.git`);
  if (!existsSync(path)) await inOwnProcess('fillRefs', path, count, eventsPerStream);
  return path;
}

/**
 * What a runner that begins with nothing does first, and then again and again, in a repository of many streams, as processor
 * time of it and of the git that it starts. The reference is the same where its stream is the only one.
 */
export const gitRows: RowGroup = {
  names: ['git-1m-first-follow', 'git-1m-follow-new', 'git-1m-append', 'git-1m-fold', 'git-1m-fetched-kb'],
  async *measure(files) {
    const many = await filled(files, streams);
    const one = await filled(files, 1);
    const measured = { many: [] as RefWork[], one: [] as RefWork[] };
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      measured.one.push(await inOwnProcess('workRefs', one, files.next(), eventsPerStream));
      measured.many.push(await inOwnProcess('workRefs', many, files.next(), eventsPerStream));
    }
    const of = (key: keyof RefWork, which: readonly RefWork[]): number =>
      median(which.map((figures) => figures[key]));
    const rows = {
      'git-1m-first-follow': 'first',
      'git-1m-follow-new': 'news',
      'git-1m-append': 'append',
      'git-1m-fold': 'fold',
    } as const;
    for (const [name, key] of Object.entries(rows)) {
      yield relative(suite, {
        name,
        value: of(key, measured.many),
        unit: 'ms of processor',
        reference: { name: 'the same with one stream', value: of(key, measured.one) },
        target: 3,
        better: 'lower',
      });
    }
    yield absolute(suite, {
      name: 'git-1m-fetched-kb',
      value: of('fetchedKb', measured.many),
      unit: 'KiB',
      target: 1_000,
      better: 'lower',
    });
  },
};
