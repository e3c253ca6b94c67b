import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import type { Row } from './row.ts';

/** `npm run bench -- <suite> [--json]`: each suite is a folder whose `suite.ts` yields its rows as they are measured. */
interface Suite {
  rows(): AsyncIterable<Row>;
}

const json = process.argv.includes('--json');
const [name] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const file = new URL(`./${name}/suite.ts`, import.meta.url);
if (name === undefined || !existsSync(file)) {
  const folders = await readdir(new URL('.', import.meta.url), { withFileTypes: true });
  const suites = folders.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  console.error(`Which bench? npm run bench -- <suite> [--json], with a suite of: ${suites.join(', ')}.`);
  process.exit(2);
}

const { rows } = (await import(file.href)) as Suite;
const measured: Row[] = [];
for await (const row of rows()) {
  measured.push(row);
  console.log(json ? JSON.stringify(row) : line(row));
}
if (!json) for (const row of measured) console.log(JSON.stringify(row));

/** An absolute figure is its own reference; of a relative one the ratio is what the target speaks of. */
function line(row: Row): string {
  const absolute = row.reference.name === row.name;
  const figure = absolute
    ? `${short(row.value)} ${row.unit}`
    : `${short(row.ratio)} of ${row.reference.name}`;
  const met =
    row.better === 'lower'
      ? (absolute ? row.value : row.ratio) <= row.target
      : (absolute ? row.value : row.ratio) >= row.target;
  const bound = `${row.better === 'lower' ? 'at most' : 'at least'} ${row.target}`;
  return `${row.name.padEnd(32)} ${figure.padEnd(28)} ${bound.padEnd(16)} ${met ? 'met' : 'not met'}`;
}

function short(value: number): string {
  return value.toPrecision(value >= 1000 ? 5 : 3).replace(/\.0+$/, '');
}
