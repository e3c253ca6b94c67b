import { forTerminal, onOneLine } from '../view/for-terminal.ts';
import { bad, good, plain, type Tellers } from './tellers.ts';

const did = {
  nudge: 'speaks to',
  release: 'gives up on',
  quarantine: 'takes out',
  escalate: 'tells people of',
} as const;

/** What the Witness sees and does. */
export const patrolTellers = {
  WitnessFound: ({ data: { action, bead, rule, detail } }, named) =>
    bad(
      `${did[action]} ${bead === null ? 'a session' : named(bead)}, which is ${rule}: ${onOneLine(detail, 200)}`,
    ),
  WitnessAsked: ({ data }) => plain(`looks at the convoy, as ${onOneLine(data.by, 40)} asked`),
  WitnessReported: ({ data: { verdict, report } }) => ({
    ...(verdict === 'GREEN' ? good(`reports ${verdict}`) : bad(`reports ${verdict ?? 'no verdict'}`)),
    body: forTerminal(report).trim(),
  }),
} satisfies Tellers;
