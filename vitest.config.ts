import { existsSync, statfsSync } from 'node:fs';
import { availableParallelism, freemem } from 'node:os';
import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What starts programs and containers takes longest; begun last, it would keep the whole suite waiting for one worker. */
const longest = /\.e2e\.test\.ts$|kill\.test\.ts$/;
const long = /\.(docker|browser)\.test\.ts$/;

const rank = ({ moduleId }: TestSpecification): number =>
  longest.test(moduleId) ? 0 : long.test(moduleId) ? 1 : 2;

/** Where temporary files lie in memory, if there is plenty: the many small repositories and ledgers of tests wait for no disk. */
const memory = '/dev/shm';
const enough = 8 * 2 ** 30;

function hasRoomInMemory(): boolean {
  if (!existsSync(memory)) return false;
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize > enough && freemem() > enough;
}

/** The long files first, on a fresh checkout too, where no earlier run tells how long each takes. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}

const places = '{src,scripts,docs,demo,simulate}';
const tests = [`${places}/**/*.test.ts`];
const programs = [`${places}/**/*.e2e.test.ts`];

export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: 'parts', include: tests, exclude: programs } },
      // Only where the program itself is started is it worth its bundling.
      {
        extends: true,
        test: { name: 'programs', include: programs, globalSetup: 'src/testing/gastown/bundle-gastown.ts' },
      },
    ],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // A process for each file would spend more time on starting and importing than on testing: nothing here keeps state in
    // a module, and a test that changes its process (environment, fetch, signals) puts it back.
    isolate: false,
    // Two more than there are cores: many a test waits for a container or a program.
    maxWorkers: availableParallelism() + 2,
    sequence: { sequencer: LongFirst },
    env: {
      ...(hasRoomInMemory() ? { TMPDIR: memory } : {}),
      // The programs that tests start, some of them hundreds of times, are compiled once.
      NODE_COMPILE_CACHE: fileURLToPath(new URL('node_modules/.cache/tests', import.meta.url)),
      // Tests start git thousands of times, and the kernel copies the page tables of whoever starts it: with huge pages
      // there is little to copy. glibc reads this in each process as it starts; elsewhere it says nothing.
      GLIBC_TUNABLES:
        'glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=4294967296:glibc.malloc.arena_max=1',
    },
  },
});
