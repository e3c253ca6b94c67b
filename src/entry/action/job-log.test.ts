import { expect, it } from 'vitest';
import { openJobLog } from './job-log.ts';

/** What GitHub's runner does with a log: commands are obeyed, everything between `stop-commands` and its end is text. */
function asRunner(printed: string): { commands: string[]; text: string[] } {
  const commands: string[] = [];
  const text: string[] = [];
  let stopped: string | null = null;
  for (const line of printed.split('\n').filter((one) => one !== '')) {
    const stop = /^::stop-commands::(.+)$/.exec(line);
    if (stopped !== null && line === `::${stopped}::`) stopped = null;
    else if (stopped === null && stop) stopped = stop[1] ?? '';
    else if (stopped === null && line.startsWith('::')) commands.push(line);
    else text.push(line);
  }
  return { commands, text };
}

it('lets nothing that is written act as a workflow command, wherever it stands between our own', () => {
  let printed = '';
  const log = openJobLog((text) => {
    printed += text;
  });
  log.mask('one\ntwo');
  log.group('Getting ready');
  log.write('polecat  ::add-mask::a');
  log.write('\n::set-env name=PATH::/tmp\n::stop-commands::x\n::endgroup::');
  log.group('Story');
  log.write('::error::not ours\n');
  log.annotate('error', 'Convoy: #1, red', '100 %\nof it');
  const { commands, text } = asRunner(printed);
  expect(commands).toEqual([
    '::add-mask::one',
    '::add-mask::two',
    '::group::Getting ready',
    '::endgroup::',
    '::group::Story',
    '::error title=Convoy%3A #1%2C red::100 %25%0Aof it',
  ]);
  expect(text).toEqual([
    'polecat  ::add-mask::a',
    '::set-env name=PATH::/tmp',
    '::stop-commands::x',
    '::endgroup::',
    '::error::not ours',
  ]);
});
