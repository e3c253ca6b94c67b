import { expect, it } from 'vitest';
import { modelEndpoint } from './model-endpoint.ts';

const key = { OPENAI_API_KEY: 'any' };

it('waits for a silent model as long as the environment says', () => {
  expect(modelEndpoint({ ...key, GASTOWN_STALLED_AFTER: '2.5' })).toMatchObject({ stallMs: 2500 });
  expect(modelEndpoint({ NEBIUS_API_KEY: 'any', GASTOWN_STALLED_AFTER: '600' })).toMatchObject({
    stallMs: 600_000,
  });
  expect(modelEndpoint(key)).not.toHaveProperty('stallMs');
});

it.each(['0', '-1', 'soon', '1e9'])('refuses %s as a number of seconds', (given) => {
  expect(() => modelEndpoint({ ...key, GASTOWN_STALLED_AFTER: given })).toThrow(
    `GASTOWN_STALLED_AFTER: "${given}" is not a number of seconds.`,
  );
});
