import { describe, expect, test } from 'vitest';
import { type CheckedChange, ownCheckChanges } from './own-checks.ts';

const file = { mode: '100644', oid: '1'.repeat(40) };
const change = (path: string, textBefore: string | null, textAfter: string | null): CheckedChange => ({
  path,
  before: textBefore === null ? null : file,
  after: textAfter === null ? null : { ...file, oid: '2'.repeat(40) },
  textBefore: textBefore ?? '',
  textAfter: textAfter ?? '',
});
const found = (command: string | null, ...changes: CheckedChange[]): string[] =>
  ownCheckChanges(command, changes).map(({ path, what }) => `${path} ${what}`);

describe('a convoy changed its own checks', () => {
  test('where the command runs a file that it changed', () => {
    expect(found("sh ./verify.sh && echo 'x'", change('verify.sh', 'a', 'b'))).toEqual([
      'verify.sh is run by the verification command',
    ]);
  });

  test('where a script of package.json is other or gone, but not where one is new', () => {
    const pkg = (scripts: object): string => JSON.stringify({ scripts });
    const before = pkg({ test: 'tape', lint: 'eslint .', build: 'tsc' });
    const after = pkg({ test: 'true', build: 'tsc', extra: 'x' });
    expect(found('npm test', change('package.json', before, after))).toEqual([
      'package.json script "test" is changed',
      'package.json script "lint" is gone',
    ]);
  });

  test('where a tool is configured otherwise', () => {
    expect(
      found(null, change('pytest.ini', 'a', 'b'), change('sub/eslint.config.js', 'a', null)),
    ).toHaveLength(2);
  });

  test('where a test is gone; a test that has moved is not', () => {
    expect(
      found(
        null,
        change('test/a.js', 'a', null),
        change('test/moved.js', 'a', null),
        change('tests/unit/moved.js', null, 'a'),
      ),
    ).toEqual(['test/a.js is a test, and gone']);
  });

  test.each([
    ['a.test.ts', "test.skip('x', () => {})"],
    ['a.spec.js', "describe.only('x')"],
    ['test_a.py', '@pytest.mark.skip(reason="later")'],
    ['a_test.go', 't.Skip("later")'],
    ['tests/a.rs', '#[ignore]'],
    ['src/ATest.java', '@Disabled'],
  ])('where %s newly leaves out a test', (path, line) => {
    expect(found(null, change(path, 'x\n', `x\n${line}\n`))).toEqual([
      `${path} leaves out tests in 1 new line`,
    ]);
    expect(found(null, change(path, `x\n${line}\n`, `x\n${line}\ny\n`))).toEqual([]);
  });

  test('but not where it adds a test or changes what is no check', () => {
    expect(found('npm test', change('test/new.js', null, 'assert(1)'), change('src/a.js', 'a', 'b'))).toEqual(
      [],
    );
  });
});
