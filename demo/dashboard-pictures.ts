import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { keepPicture } from '../src/testing/web/keep-picture.ts';
import { openBrowser } from '../src/testing/web/open-browser.ts';

const gastown = fileURLToPath(new URL('../bin/gastown', import.meta.url));

/** What a reader of the dashboard sees of a workspace's newest convoy: its page's text, and the documents' pictures of it. */
export async function lookAtDashboard(workspace: string): Promise<string> {
  const args = [gastown, 'serve', '--workspace', workspace];
  const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const browser = await openBrowser();
  try {
    const root = await addressOf(server.stdout);
    const page = await browser.newPage({ viewport: { width: 1120, height: 740 }, colorScheme: 'dark' });
    await page.goto(root);
    await page.locator('#convoys h2 a').first().click();
    await page.getByText('live', { exact: true }).waitFor();
    await keepPicture(page, 'dashboard-convoy');
    const text = await page.locator('main').innerText();
    await page.setViewportSize({ width: 390, height: 780 });
    await keepPicture(page, 'dashboard-phone');
    await page.setViewportSize({ width: 1120, height: 900 });
    await page.getByRole('row').nth(3).getByRole('link').click();
    await page.getByText('live', { exact: true }).waitFor();
    await keepPicture(page, 'dashboard-bead');
    return text;
  } finally {
    await browser.close();
    server.kill('SIGTERM');
    await once(server, 'exit');
  }
}

async function addressOf(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const root = /^The dashboard is at (\S+)/.exec(line)?.[1];
    if (root !== undefined) return root;
  }
  throw new Error('The dashboard has not said where it is.');
}
