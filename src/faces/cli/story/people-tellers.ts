import { onOneLine } from '../view/for-terminal.ts';
import { bad, plain, type Tellers } from './tellers.ts';

/** What people say to the town and do beside it. */
export const peopleTellers = {
  CommandAccepted: ({ data }) =>
    plain(`takes ${onOneLine(data.command, 120)} from ${onOneLine(data.by, 40)}`),
  CommandRefused: ({ data }) =>
    bad(
      `refuses ${onOneLine(data.command, 120)} from ${onOneLine(data.by, 40)}: ${onOneLine(data.reason, 200)}`,
    ),
  HandMoved: ({ data }) =>
    plain(`saw that ${onOneLine(data.by, 40)} changed ${onOneLine(data.what, 80)} by hand`),
  RigMoved: ({ data: { by, after } }) =>
    plain(
      `saw that ${onOneLine(by, 40)} moved the repository to ${onOneLine(`${after.owner}/${after.name}`, 120)}`,
    ),
  RigAway: ({ data: { by, why } }) =>
    bad(`can do nothing in the repository: it is ${why} (${onOneLine(by, 40)})`),
  RigBack: ({ data: { by, why } }) =>
    plain(`goes on in the repository: it is no longer ${why} (${onOneLine(by, 40)})`),
} satisfies Tellers;
