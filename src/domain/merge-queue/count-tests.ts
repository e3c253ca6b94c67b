const escapeCharacter = String.fromCharCode(27);
const colours = new RegExp(`${escapeCharacter}\\[[0-9;]*m`, 'g');

/** How one kind of runner says how many tests ran. Every match of `ran` counts, one for each group of numbers in it. */
interface Runner {
  readonly ran: RegExp;
  /** Of what it counts, how many did not run. */
  readonly skipped?: RegExp;
}

/** Sources: the runners' own summaries, as they print them to a pipe. A runner that prints none is not here. */
const runners: readonly Runner[] = [
  // Vitest: `Tests  1 failed | 12 passed | 1 skipped (14)`
  { ran: /^\s*Tests\s+(?:.*\| )?.*\((\d+)\)$/gm, skipped: /^\s*Tests\s.*?(\d+) (?:skipped|todo)/gm },
  // Jest: `Tests:       1 failed, 1 skipped, 12 passed, 14 total`
  { ran: /^Tests:\s.*?(\d+) total$/gm, skipped: /^Tests:\s.*?(\d+) (?:skipped|todo)/gm },
  // node:test and TAP: `# tests 5`, or `ℹ tests 5` where it writes for people
  { ran: /^[#ℹ] tests (\d+)$/gm, skipped: /^[#ℹ] (?:skipped|todo|skip) (\d+)$/gm },
  // Mocha: `12 passing (8ms)`, `1 failing`
  { ran: /^\s*(\d+) (?:passing|failing)\b/gm },
  // pytest: `=== 1 failed, 5 passed, 1 skipped in 0.12s ===`, or without the frame
  { ran: /^=*\s*(?=.*\bin \d+(?:\.\d+)?s\b)(?:.*?\b(\d+) failed\b)?(?:.*?\b(\d+) passed\b)/gm },
  // unittest: `Ran 5 tests in 0.001s`
  { ran: /^Ran (\d+) tests? in /gm, skipped: /^(?:OK|FAILED) \(.*?skipped=(\d+)/gm },
  // cargo test: `test result: ok. 5 passed; 0 failed; 1 ignored; …`
  { ran: /^test result: \w+\. (\d+) passed; (\d+) failed;/gm },
  // go test -v: `--- PASS: TestThing (0.00s)`
  { ran: /^\s*--- (?:PASS|FAIL): /gm },
  // Maven and Gradle's JUnit: `Tests run: 5, Failures: 0, Errors: 0, Skipped: 1` as the sum at the end
  {
    ran: /^(?:\[\w+\] )?Tests run: (\d+), .*(?<!Time elapsed.*)$/gm,
    skipped: /^(?:\[\w+\] )?Tests run: .*Skipped: (\d+)$/gm,
  },
  // RSpec: `5 examples, 0 failures, 1 pending`
  { ran: /^(\d+) examples?, /gm, skipped: /^\d+ examples?, .*?(\d+) pending/gm },
  // PHPUnit: `OK (5 tests, 9 assertions)` or `Tests: 5, Assertions: 9, Skipped: 1.`
  { ran: /^(?:OK \((\d+) tests?,|Tests: (\d+), Assertions:)/gm, skipped: /^Tests: .*?Skipped: (\d+)/gm },
];

/**
 * How many tests ran, as a runner that is known says it in its output; null where none says so. Where several speak, their
 * counts add up. It is a program's own word about itself: good enough to point at, never to decide by.
 */
export function countTests(output: string): number | null {
  const text = output.replaceAll('\r', '').replaceAll(colours, '');
  const counts = runners.flatMap(({ ran, skipped }) => {
    const found = sum(text, ran);
    return found === null
      ? []
      : [Math.max(0, found - (skipped === undefined ? 0 : (sum(text, skipped) ?? 0)))];
  });
  return counts.length === 0 ? null : counts.reduce((all, one) => all + one, 0);
}

function sum(text: string, pattern: RegExp): number | null {
  const matches = [...text.matchAll(pattern)];
  if (matches.length === 0) return null;
  return matches
    .map((match) => match.slice(1).filter((group) => group !== undefined))
    .map((numbers, at) =>
      matches[at]?.length === 1 ? 1 : numbers.reduce((all, one) => all + Number(one), 0),
    )
    .reduce((all, one) => all + one, 0);
}
