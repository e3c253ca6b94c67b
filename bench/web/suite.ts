import { openBrowser } from '../../src/testing/web/open-browser.ts';
import type { Row } from '../row.ts';
import { firstPaint } from './first-paint.ts';
import { help } from './help.ts';
import { liveUpdate } from './live-update.ts';

/** The help, the pages of a ledger with ten thousand beads, and how soon an open page shows what happens. */
export async function* rows(): AsyncGenerator<Row> {
  yield await help();
  const browser = await openBrowser();
  try {
    yield* await firstPaint(
      browser,
      { convoys: 100, beads: 100 },
      {
        'web-first-paint-ms': '/',
        'web-convoy-paint-ms': '/convoys/7/50',
        'web-bead-paint-ms': '/convoys/7/50/beads/7',
        'web-spend-paint-ms': '/spend',
      },
    );
    yield await liveUpdate(browser);
  } finally {
    await browser.close();
  }
}
