import { describe, expect, test } from 'vitest';
import { convoyScript } from './convoy-script.ts';
import { walkConvoy } from './convoy-under-test.ts';

describe('a whole convoy', () => {
  test('of a chain of three, slung and awaited in one reply, lands in order', async () => {
    const script = convoyScript([
      { title: 'Alpha' },
      { title: 'Beta', needs: [1] },
      { title: 'Gamma', needs: [2] },
    ]);
    const { convoy, events } = await walkConvoy({ script });
    expect(convoy.pullRequest).not.toBeNull();
    const landed = events().flatMap((event) => (event.type === 'BeadLanded' ? [event.data.bead] : []));
    expect(landed).toEqual([1, 2, 3]);
  });
});
