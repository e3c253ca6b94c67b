import { parseArgs } from 'node:util';
import { runAll } from './run-all.ts';
import { runOne } from './run-one.ts';
import { suiteNames } from './suites.ts';

/**
 * `npm run bench`: all suites. `npm run bench -- <suite> [--json] [--only <row>]...`: one, or some of its rows. It fails when
 * something errs, never because a machine is slow.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, only: { type: 'string', multiple: true } },
});
const [name, ...others] = positionals;
if (name === undefined && values.only === undefined) {
  process.exitCode = await runAll(values.json);
} else if (name !== undefined && others.length === 0 && suiteNames().includes(name)) {
  process.exitCode = await runOne(name, values.json, values.only ?? null);
} else {
  console.error(
    `Which bench? npm run bench [-- <suite> [--only <row>]] [--json], with a suite of: ${suiteNames().join(', ')}.`,
  );
  process.exitCode = 2;
}
