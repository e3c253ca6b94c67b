import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SectionScanner } from './section-scanner.ts';

/** Its first letter comes nowhere else in it, so that no part of it can stand for its beginning. */
const mark = 'a123456789bcdef0123456789bcdef01';
const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));
/** Pieces of the mark itself, and what follows it, are the likeliest to confuse. */
const hostile = fc.oneof(
  bytes,
  fc.nat(31).map((n) => Buffer.from(mark.slice(0, n))),
  fc.constantFrom('e0\n', 'n', mark.slice(1)).map((text) => Buffer.from(text)),
);
const content = fc.array(hostile, { maxLength: 6 }).map((parts) => Buffer.concat(parts));

function scan(stream: Buffer, cuts: readonly number[]): { sections: Buffer[]; end: unknown } {
  const sections: Buffer[] = [];
  const scanner = new SectionScanner(mark, (section, piece) => {
    sections[section] = Buffer.concat([sections[section] ?? Buffer.of(), piece]);
  });
  let end: unknown = null;
  const points = [
    0,
    ...[...cuts].map((cut) => cut % (stream.length + 1)).sort((a, b) => a - b),
    stream.length,
  ];
  for (let i = 1; i < points.length; i += 1) {
    end ??= scanner.push(Buffer.from(stream.subarray(points[i - 1], points[i])));
  }
  return { sections, end };
}

it('cuts any output into its sections, however it arrives', () => {
  fc.assert(
    fc.property(
      content,
      fc.array(content, { minLength: 1, maxLength: 3 }),
      fc.nat(255),
      fc.array(fc.nat(), { maxLength: 20 }),
      (late, sections, status, cuts) => {
        fc.pre(![late, ...sections].some((part) => part.includes(mark)));
        const whole = Buffer.concat([
          late,
          ...sections.flatMap((section) => [Buffer.from(`${mark}n`), section]),
          Buffer.from(`${mark}e${status}\n`),
        ]);
        const { sections: found, end } = scan(whole, cuts);
        expect(end).toBe(status);
        expect(sections.map((_, i) => found[i] ?? Buffer.of())).toEqual(sections);
      },
    ),
  );
});

it('says so when what follows a mark is nonsense', () => {
  expect(scan(Buffer.from(`${mark}nabc${mark}x`), []).end).toBe('garbled');
  expect(scan(Buffer.from(`${mark}n${mark}enonsense`), []).end).toBe('garbled');
  expect(scan(Buffer.from(`${mark}n${mark}e-1\n`), []).end).toBe('garbled');
});

it('waits for more as long as the end may still come', () => {
  expect(scan(Buffer.from(`${mark}nabc${mark}e12`), []).end).toBeNull();
});
