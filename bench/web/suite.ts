import { openBrowser } from '../../src/testing/web/open-browser.ts';
import type { Row } from '../row.ts';
import { firstPaint, newTabRow } from './first-paint.ts';
import { help } from './help.ts';
import { liveUpdate } from './live-update.ts';

const town = { convoys: 100, beads: 100 };
const pages = {
  'web-first-paint-ms': '/',
  'web-convoy-paint-ms': '/convoys/7/50',
  'web-bead-paint-ms': '/convoys/7/50/beads/7',
  'web-spend-paint-ms': '/spend',
};

/** The help, the pages of a ledger with ten thousand beads, and how soon an open page shows what happens. */
export async function* rows(isWanted: (name: string) => boolean): AsyncGenerator<Row> {
  if (isWanted('cli-help-ms')) yield await help();
  const browser = await openBrowser();
  try {
    if ([...Object.keys(pages), newTabRow].some(isWanted)) yield* firstPaint(browser, town, pages, isWanted);
    if (isWanted('web-live-update-ms')) yield await liveUpdate(browser);
  } finally {
    await browser.close();
  }
}
