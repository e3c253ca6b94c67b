import { expect, it } from 'vitest';
import { Clock } from './clock.ts';
import { Places } from './places.ts';

it('lets in as many as there are places, the others in the order in which they came', () => {
  const clock = new Clock();
  const places = new Places(2);
  const begun: string[] = [];
  const work = (name: string, seconds: number): void =>
    places.enter(() => {
      begun.push(`${name} at ${clock.now}`);
      clock.after(seconds, () => places.leave());
    });
  for (const [name, seconds] of [
    ['a', 5],
    ['b', 3],
    ['c', 4],
    ['d', 1],
  ] as const)
    work(name, seconds);
  clock.run();
  expect(begun).toEqual(['a at 0', 'b at 0', 'c at 3', 'd at 5']);
});

it('keeps a long line in order', () => {
  const places = new Places(1);
  const begun: number[] = [];
  for (let name = 0; name < 5000; name += 1) places.enter(() => begun.push(name));
  for (let name = 0; name < 5000; name += 1) places.leave();
  expect(begun).toEqual(Array.from({ length: 5000 }, (_, name) => name));
});
