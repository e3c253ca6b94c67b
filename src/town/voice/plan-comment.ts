import type { Bead } from '../../domain/bead/bead.ts';
import type { PlanEstimate } from '../../domain/convoy/estimate-plan.ts';
import { defuse, inlineUntrusted } from '../../domain/text/quote-untrusted.ts';
import { firstThatFits } from './first-that-fits.ts';

/** How much of each bead's text is shown; the next is taken where GitHub would refuse the comment. */
const sizes = [4000, 600, 0] as const;

/** The plan for a person to approve: posted anew for each plan, so that people are notified, since they must act. */
export function planComment(hash: string, beads: readonly Bead[], estimate: PlanEstimate): string {
  return firstThatFits(
    sizes.map((size) => () => {
      const texts = size === 0 ? [] : beads.map((bead) => proposed(bead, size));
      return ['### 📋 A plan waits for you', table(beads), ...texts, sentence(estimate), orders(hash)].join(
        '\n\n',
      );
    }),
  );
}

function table(beads: readonly Bead[]): string {
  const rows = beads.map(
    ({ number, title, needs }) => `| ${number} | ${inlineUntrusted(title, 90)} | ${needs.join(', ')} |`,
  );
  return ['| Bead | What | Needs |', '|---|---|---|', ...rows].join('\n');
}

function proposed(bead: Bead, lengthMax: number): string {
  const acceptance = defuse(bead.acceptance, lengthMax / 2);
  const accepted = acceptance === '' ? '' : `\n\n**Accepted when**\n\n${acceptance}`;
  const text = `${defuse(bead.description, lengthMax)}${accepted}`;
  return `<details><summary>Bead ${bead.number}</summary>\n\n${text}\n\n</details>`;
}

function sentence({ beads, chain, usd, minutes, from }: PlanEstimate): string {
  const shape = `${beads} ${beads === 1 ? 'bead' : 'beads'}, the longest chain has ${chain}.`;
  if (usd === null || minutes === null) {
    return `**Estimate**: ${shape} No bead has landed in this repository yet, so there is no figure to go by.`;
  }
  const time = minutes < 1 ? 'less than a minute' : `about ${Math.ceil(minutes)} min`;
  return `**Estimate**: ${shape} About $${usd.toFixed(2)} and ${time}, going by the median of ${from} landed ${from === 1 ? 'bead' : 'beads'}.`;
}

const orders = (hash: string): string =>
  `Nothing is worked before someone with write permission writes \`/approve ${hash}\`. \`/replan\` with guidance has another plan made, \`/stop\` ends it.`;
