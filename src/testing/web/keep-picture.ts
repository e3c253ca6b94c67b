import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const images = fileURLToPath(new URL('../../../docs/images/', import.meta.url));

/** The documents' picture of that name, where there is none yet or GASTOWN_PICTURES asks for all of them anew. */
export async function keepPicture(page: Page, name: string): Promise<Buffer> {
  const picture = await page.screenshot();
  const file = join(images, `${name}.png`);
  if (existsSync(file) && !process.env.GASTOWN_PICTURES) return picture;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, picture);
  return picture;
}
