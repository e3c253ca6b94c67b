import { expect, test } from 'vitest';
import { FileCommandError, readFileCommands } from './file-commands.ts';
import { JobLog } from './job-log.ts';

test('lines come in pieces, each with its time; commands act, and secrets are masked, line by line', () => {
  const log = new JobLog(() => new Date(0), ['line one\nline two', '']);
  log.write('a');
  log.write(
    'b\n::group::Work\nsaid line two aloud\n::add-mask::pass%25word\n::warning file=a.ts,line=3::mind pass%word\n',
  );
  log.write('::debug::hidden\n::endgroup::\nthe end');
  const time = '1970-01-01T00:00:00.000Z';
  expect(log.text().split('\n')).toEqual([
    `${time} ab`,
    `${time} ##[group]Work`,
    `${time} said *** aloud`,
    `${time} ##[warning]mind ***`,
    `${time} ##[endgroup]`,
    `${time} the end`,
    '',
  ]);
});

test('outputs are read as lines and as blocks, and nonsense is refused', () => {
  expect(readFileCommands('a=1=2\nb<<END\none\n=two\nEND\n\nc=\n')).toEqual({
    a: '1=2',
    b: 'one\n=two',
    c: '',
  });
  for (const wrong of ['no sign', 'a<<END\nnever', '=x']) {
    expect(() => readFileCommands(wrong)).toThrow(FileCommandError);
  }
});
