import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { fuzzRuns } from '../../testing/fuzz-runs.ts';
import { type TownUnderTest, townUnderTest } from '../../testing/town-under-test/town-under-test.ts';

const examples = z
  .array(z.object({ name: z.string(), examples: z.array(z.looseObject({})) }))
  .parse(createRequire(import.meta.url)('@octokit/webhooks-examples'));
const sent = examples.flatMap(({ name, examples: payloads }) =>
  payloads.map((payload) => ({ event: name, payload })),
);

const junk = fc.oneof(
  fc.constantFrom<unknown>(null, '', 0, -1, 1e308, '__proto__', 'convoy', 'labeled', [], {}, true),
  fc.constantFrom('\u0000', '\ud800', '../../etc/passwd', '@everyone\n/stop', 'a'.repeat(70_000)),
  fc.jsonValue({ maxDepth: 3 }),
);
/** Where, and what stands there instead; `undefined`: nothing. */
const change = fc.tuple(
  fc.array(fc.nat(400), { minLength: 1, maxLength: 6 }),
  fc.option(junk, { nil: undefined }),
);

/** The same payload with one value somewhere within it replaced. */
function changed(value: unknown, [step = 0, ...rest]: readonly number[], to: unknown): unknown {
  if (typeof value !== 'object' || value === null) return to;
  const keys = Object.keys(value);
  const key = keys[step % Math.max(1, keys.length)];
  if (key === undefined) return to;
  const within: unknown = Reflect.get(value, key);
  const put = rest.length === 0 ? to : changed(within, rest, to);
  if (Array.isArray(value)) return value.with(Number(key), put);
  return Object.fromEntries(Object.entries(value).map(([name, old]) => [name, name === key ? put : old]));
}

function aboutOurs(town: TownUnderTest, payload: object): object {
  const { id, owner, repo } = town.github.repository;
  const sender = { login: 'mallory', id: 666, type: 'User' };
  const repository = { ...('repository' in payload ? (payload.repository as object) : {}), id, name: repo };
  return {
    ...payload,
    sender,
    repository: { ...repository, owner: { login: owner }, default_branch: 'main' },
  };
}

test('no webhook, however mangled, ends the town, stands in the way of the next, or makes a stranger’s order count', async () => {
  const town = await townUnderTest();
  await town.github.someone('mallory', 'read');
  const cases = fc.sample(
    fc.tuple(fc.constantFrom(...sent), fc.array(change, { minLength: 1, maxLength: 4 }), fc.boolean()),
    fuzzRuns(400),
  );
  for (const [{ event, payload }, changes, ours] of cases) {
    const about = ours ? aboutOurs(town, payload) : payload;
    const mangled = changes.reduce<unknown>((now, [path, to]) => changed(now, path, to), about);
    expect(await town.receive({ guid: randomUUID(), event, payload: mangled })).toBe('new');
  }
  await town.quiet();
  expect(town.ledger.streams('convoy/')).toEqual([]);
  expect(town.model.requests()).toBe(0);
  expect(town.ledger.inbox.parked()).toEqual([]);
  expect(town.troubles).toEqual([]);
});
