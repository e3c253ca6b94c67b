import { type EgressLine, readEgress } from '../../operations/egress/egress-file.ts';
import { formatRows } from '../ledger/format-rows.ts';
import type { Report } from './report.ts';

/** What the containers of these convoys asked the network for. `folder`: the town's own. */
export function egressReport(folder: string, convoys: ReadonlySet<string>): Report {
  const lines = readEgress(folder).filter(({ convoy }) => convoys.has(convoy));
  if (lines.length === 0) return { text: 'No container has asked the network for anything.\n', json: [] };
  return { text: formatRows(lines.map(row), undefined, widest), json: lines };
}

/** Characters of a host's name, which an agent chooses, and of the proxy's reason. */
const widest = 60;

const row = ({ at, convoy, by, host, port, refused }: EgressLine): Record<string, string> => ({
  time: at.slice(11, 19),
  convoy: `#${convoy.split('/').at(-1)}`,
  by,
  host: `${host}:${port}`,
  answer: refused === null ? 'let through' : `refused: ${refused}`,
});
