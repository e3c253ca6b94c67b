import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Demultiplexer } from './demultiplex.ts';

const frame = (kind: number, payload: Buffer): Buffer => {
  const header = Buffer.alloc(8);
  header.writeUInt8(kind, 0);
  header.writeUInt32BE(payload.length, 4);
  return Buffer.concat([header, payload]);
};

it('takes both streams apart, however the frames arrive', () => {
  const part = fc.record({
    kind: fc.constantFrom(1, 2),
    payload: fc.uint8Array({ maxLength: 50 }).map((bytes) => Buffer.from(bytes)),
  });
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), fc.integer({ min: 1, max: 30 }), (parts, step) => {
      const seen: Record<number, Buffer[]> = { 1: [], 2: [] };
      const demultiplexer = new Demultiplexer(
        (bytes) => seen[1]?.push(Buffer.from(bytes)),
        (bytes) => seen[2]?.push(Buffer.from(bytes)),
      );
      const wire = Buffer.concat(parts.map(({ kind, payload }) => frame(kind, payload)));
      for (let at = 0; at < wire.length; at += step) demultiplexer.push(wire.subarray(at, at + step));
      for (const kind of [1, 2]) {
        const sent = parts.filter((one) => one.kind === kind).map(({ payload }) => payload);
        expect(Buffer.concat(seen[kind] ?? [])).toEqual(Buffer.concat(sent));
      }
    }),
  );
});
