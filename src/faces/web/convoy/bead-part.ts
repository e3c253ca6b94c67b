import type { Bead } from '../../../domain/bead/bead.ts';
import { isOver } from '../../../domain/bead/derive.ts';
import type { Convoy } from '../../../domain/convoy/state.ts';
import { type Html, html } from '../layout/html.ts';
import { convoyPath } from '../paths.ts';

/** How many beads a page draws and lists: with more a graph says less, and a phone takes long. */
const beadsAPage = 30;

/** The beads of a convoy that a page shows. */
export interface BeadPart {
  readonly beads: readonly Bead[];
  /** From 1. */
  readonly page: number;
  readonly pages: number;
  readonly all: number;
}

/** The part that is asked for; left out: the one with the first bead that is not over. Null where there is no such part. */
export function beadPart({ beads }: Convoy, asked: number | null): BeadPart | null {
  const all = [...beads.values()];
  const pages = Math.max(1, Math.ceil(all.length / beadsAPage));
  const due = all.findIndex((bead) => !isOver(beads, bead));
  const page = asked ?? Math.floor(Math.max(0, due) / beadsAPage) + 1;
  if (page < 1 || page > pages) return null;
  return { beads: all.slice((page - 1) * beadsAPage, page * beadsAPage), page, pages, all: all.length };
}

/** Says what is shown of how much, and leads to the rest; nothing where that is all. */
export function partLinks({ stream }: Convoy, part: BeadPart, at: number | null): Html {
  const { page, pages, all, beads } = part;
  if (pages === 1) return html``;
  const link = (to: number, rel: string, words: string): Html =>
    html`<a rel="${rel}" href="${convoyPath(stream, at)}${at === null ? '?' : '&'}beads=${to}">${words}</a>`;
  const first = (page - 1) * beadsAPage + 1;
  return html`<nav class="pages" aria-label="Parts of the convoy">
${page > 1 ? link(page - 1, 'prev', 'Earlier beads') : ''}
<span>Beads ${first} to ${first + beads.length - 1} of ${all.toLocaleString('en')} are shown</span>
${page < pages ? link(page + 1, 'next', 'Later beads') : ''}
</nav>`;
}
