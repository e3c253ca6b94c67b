import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { HeldBack, PacedWriter } from './paced-writer.ts';

// Time goes on when the test says so: how long a busy machine lets somebody wait is not what is looked at.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const createsAnHour = { all: 100, notUrgent: 100 };
const pace = { writeMs: 10, createMs: 40, createsAnHour };

function recorder() {
  const sent: { readonly name: string; readonly at: number }[] = [];
  const send = (name: string) => async () => {
    sent.push({ name, at: performance.now() });
  };
  const gaps = () => sent.slice(1).map(({ at }, index) => at - (sent[index]?.at ?? 0));
  return { sent, send, gaps };
}

test('what is urgent goes first, and what came first among equals', async () => {
  const writer = new PacedWriter(pace);
  const { sent, send } = recorder();
  const write = (name: string, priority: number) =>
    writer.write({ priority, creates: false, send: send(name) });
  const written = Promise.all([
    write('first', 5),
    write('label', 5),
    write('edge', 4),
    write('reply', 0),
    write('label 2', 5),
  ]);
  await vi.runAllTimersAsync();
  await written;
  expect(sent.map(({ name }) => name)).toEqual(['first', 'reply', 'edge', 'label', 'label 2']);
});

test('writes keep their distance, those that notify people a longer one', async () => {
  const writer = new PacedWriter(pace);
  const { sent, send, gaps } = recorder();
  const write = (name: string, creates: boolean) => writer.write({ priority: 1, creates, send: send(name) });
  const written = Promise.all([
    write('issue 1', true),
    write('issue 2', true),
    write('edge 1', false),
    write('edge 2', false),
  ]);
  await vi.runAllTimersAsync();
  await written;
  expect(sent.map(({ name }) => name)).toEqual(['issue 1', 'edge 1', 'edge 2', 'issue 2']);
  expect(gaps()).toEqual([10, 10, 20]);
});

test('a failure is its own, and the next one is sent', async () => {
  const writer = new PacedWriter(pace);
  const { sent, send } = recorder();
  const fails = writer.write({ priority: 0, creates: false, send: () => Promise.reject(new Error('no')) });
  const works = writer.write({ priority: 0, creates: false, send: send('works') });
  await expect(fails).rejects.toThrow('no');
  await vi.runAllTimersAsync();
  await works;
  expect(sent).toHaveLength(1);
});

test('while GitHub wants a long pause nobody is kept waiting, and nothing is sent; a short one is waited for', async () => {
  const writer = new PacedWriter(pace);
  const { sent, send } = recorder();
  writer.holdBack(30);
  const began = performance.now();
  const written = writer.write({ priority: 0, creates: false, send: send('after a short pause') });
  await vi.runAllTimersAsync();
  await written;
  expect(performance.now() - began).toBe(30);
  writer.holdBack(60_000);
  const held = writer.write({ priority: 0, creates: false, send: send('never') });
  const error = await held.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(HeldBack);
  expect((error as HeldBack).retryAt.getTime()).toBeGreaterThan(Date.now() + 50_000);
  expect(sent).toHaveLength(1);
});

test('of what GitHub lets be created in an hour the last is kept for what people wait for, and the rest is told when', async () => {
  let now = 0;
  const clock = { now: () => new Date(now), secondMs: 0 };
  const writer = new PacedWriter({ writeMs: 0, createMs: 0, createsAnHour: { all: 3, notUrgent: 2 } }, clock);
  const { sent, send } = recorder();
  const create = (name: string, priority: number) =>
    writer.write({ priority, creates: true, send: send(name) }).then(
      () => null,
      (error: unknown) => (error instanceof HeldBack ? error.retryAt.getTime() : error),
    );
  expect(await create('issue 1', 3)).toBe(null);
  now = 10_000;
  expect(await create('issue 2', 3)).toBe(null);
  expect(await create('issue 3', 3)).toBe(3_600_000);
  expect(await create('reply 1', 0)).toBe(null);
  expect(await create('reply 2', 0)).toBe(3_600_000);
  await writer.write({ priority: 5, creates: false, send: send('label') });
  now = 3_600_000;
  expect(await create('reply 2', 0)).toBe(null);
  expect(await create('issue 3', 3)).toBe(3_610_000);
  expect(sent.map(({ name }) => name)).toEqual(['issue 1', 'issue 2', 'reply 1', 'label', 'reply 2']);
});

test.each([2, 3, 4, 5, 6])(
  'a clock that goes on by %i ms between two looks makes nobody wait for what has passed',
  async (step) => {
    // Node itself warns of a time that is negative.
    vi.useRealTimers();
    let time = 0;
    const now = () => {
      time += step;
      return new Date(time);
    };
    const warnings: Error[] = [];
    const heard = (warning: Error) => warnings.push(warning);
    process.on('warning', heard);
    try {
      const writer = new PacedWriter(pace, { now, secondMs: 1000 });
      const { sent, send } = recorder();
      await writer.write({ priority: 0, creates: false, send: send('one') });
      await writer.write({ priority: 0, creates: false, send: send('two') });
      expect(sent).toHaveLength(2);
      // Warnings are told a turn later.
      await new Promise((resolve) => setImmediate(resolve));
      expect(warnings).toEqual([]);
    } finally {
      process.off('warning', heard);
    }
  },
);
