import { expect, test } from 'vitest';
import { remembered } from './remembered.ts';

test('an answer is made once, also for those who ask meanwhile, and the oldest is forgotten', async () => {
  const ask = remembered<string>(2);
  const made: string[] = [];
  const get = (key: string) =>
    ask(key, async () => {
      made.push(key);
      return key;
    });
  expect(await Promise.all([get('a'), get('a'), get('b')])).toEqual(['a', 'a', 'b']);
  await get('c');
  await get('b');
  await get('a');
  expect(made).toEqual(['a', 'b', 'c', 'a']);
});

test('a failure is not remembered', async () => {
  const ask = remembered<string>(2);
  await expect(ask('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(await ask('a', async () => 'there')).toBe('there');
});
