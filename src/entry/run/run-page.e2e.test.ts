import { expect, test } from 'vitest';
import { startGastown } from '../../testing/gastown/gastown-process.ts';
import { runUnderTest } from '../../testing/gastown/run-under-test.ts';
import { someThere, twoFiles } from '../../testing/gastown/two-files.ts';

/** A run takes a few seconds on a machine that has nothing else to do. */
const patience = 180_000;

test(
  'a run shows itself on its page; a person pauses it there, and sets it going again from another terminal that watches',
  async () => {
    const run = await runUnderTest(twoFiles, { latencyMs: 500 });
    const working = run.start('--verify', someThere, '--web');
    const notice = await working.line(({ text }) => /open once: /.test(String(text)));
    const link = /http:\S+/.exec(String(notice.text))?.[0] ?? '';
    const root = new URL(link).origin;
    await working.line(({ event }) => event === 'MayorStarted');
    const watching = startGastown(['watch', '--workspace', run.workspace, '--json'], run.env);
    await watching.line(({ text }) => /^Watching /.test(String(text)));

    const opened = await fetch(link, { redirect: 'manual' });
    const cookie = (opened.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const path = /href="(\/convoys\/\d+\/1)"/.exec(await (await fetch(root)).text())?.[1] ?? '';
    const said = await fetch(`${root}${path}/say`, {
      method: 'POST',
      body: new URLSearchParams({ words: '/pause' }),
      headers: { cookie, origin: root },
      redirect: 'manual',
    });
    expect(said.status).toBe(303);
    await working.line(({ event }) => event === 'ConvoyPaused');
    await watching.line(({ event }) => event === 'ConvoyPaused');
    expect(await (await fetch(root + path)).text()).toContain('>paused</span>');

    const say = ['say', '1', '/resume', '--workspace', run.workspace, '--json'];
    const { lines } = await startGastown(say, run.env).ended;
    expect(lines).toEqual([{ issue: 1, words: '/resume', status: 'heard' }]);
    await watching.line(({ event }) => event === 'ConvoyResumed');
    expect((await working.ended).lines.at(-1)).toMatchObject({ type: 'summary', ok: true });
    watching.kill('SIGINT');
    expect((await watching.ended).code).toBe(0);
    await expect(fetch(root)).rejects.toThrow();
  },
  patience,
);
