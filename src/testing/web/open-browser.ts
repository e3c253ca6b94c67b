import { type Browser, chromium } from 'playwright-core';
import { executable } from '../../forge/testing/find-browser.ts';

/** Starts the machine's Chromium. Rejects where there is none; the project's set-up installs one. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await executable(), args: ['--no-sandbox'] });
}
