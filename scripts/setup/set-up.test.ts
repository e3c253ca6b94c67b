import { describe, expect, test } from 'vitest';
import { type Step, setUp } from './set-up.js';
import { SetupError } from './setup-error.js';

/** A step whose state is a variable, with a record of what was called. */
function stepWith({ ready, failure }: { ready: boolean; failure?: Error }) {
  const calls: string[] = [];
  let done = ready;
  return {
    calls,
    step: {
      name: 'image',
      async look(): ReturnType<Step['look']> {
        calls.push('look');
        return done ? { ready: true, says: 'there' } : { ready: false, plan: 'make it' };
      },
      async make() {
        calls.push('make');
        if (failure) throw failure;
        done = true;
      },
    },
  };
}

async function run(steps: Step[], env: Record<string, string> = {}) {
  const lines: string[] = [];
  const status = await setUp(steps, { root: '/', env, write: (text: string) => lines.push(text.trim()) });
  return { status, lines };
}

describe('set-up', () => {
  test('leaves alone what is ready', async () => {
    const { step, calls } = stepWith({ ready: true });
    expect(await run([step])).toEqual({ status: 0, lines: ['set-up: image        ok: there'] });
    expect(calls).toEqual(['look']);
  });

  test('says what it will do before it does it', async () => {
    const { step, calls } = stepWith({ ready: false });
    const { status, lines } = await run([step]);
    expect(status).toBe(0);
    expect(lines[0]).toBe('set-up: image        will make it');
    expect(lines[1]).toMatch(/done in \d+\.\d s: there$/);
    expect(calls).toEqual(['look', 'make', 'look']);
  });

  test('in check mode it only tells, and goes on to the steps after', async () => {
    const missing = stepWith({ ready: false });
    const ready = stepWith({ ready: true });
    const { status, lines } = await run([missing.step, ready.step], { GASTOWN_SETUP: 'check' });
    expect(status).toBe(10);
    expect(lines).toEqual(['set-up: image        missing: would make it', 'set-up: image        ok: there']);
    expect(missing.calls).toEqual(['look']);
  });

  test('a trouble is one sentence and a status, and ends it', async () => {
    const failing = stepWith({ ready: false, failure: new SetupError('image', 'Free some space.') });
    const never = stepWith({ ready: false });
    const { status, lines } = await run([failing.step, never.step]);
    expect(status).toBe(14);
    expect(lines.at(-1)).toBe('set-up: image        Free some space.');
    expect(never.calls).toEqual([]);
  });

  test('the stack is only shown when asked for', async () => {
    const failing = () =>
      stepWith({ ready: false, failure: new SetupError('image', 'Free some space.') }).step;
    expect((await run([failing()])).lines.join('\n')).not.toContain('set-up.test.ts');
    expect((await run([failing()], { GASTOWN_DEBUG: '1' })).lines.join('\n')).toContain('set-up.test.ts');
  });

  test('a step that is not ready after it was made is a failure', async () => {
    const step = { ...stepWith({ ready: false }).step, make: async () => {} };
    expect((await run([step])).status).toBe(14);
  });
});
