import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Context } from 'hono';

const own = (name: string): string => fileURLToPath(new URL(`./assets/${name}`, import.meta.url));

/** The stylesheet is kept in parts, and goes out as one. */
const styles = ['base.css', 'parts.css', 'timeline.css', 'text.css', 'phone.css'];

/** What pages load besides themselves. Read once, at the first request for any of them. */
const files: Readonly<Record<string, { readonly type: string; readonly paths: () => readonly string[] }>> = {
  'style.css': { type: 'text/css', paths: () => styles.map(own) },
  'live.js': { type: 'text/javascript', paths: () => [own('live.js')] },
  'icon.svg': { type: 'image/svg+xml', paths: () => [own('icon.svg')] },
  'idiomorph.js': {
    type: 'text/javascript',
    paths: () => [createRequire(import.meta.url).resolve('idiomorph/dist/idiomorph.esm.js')],
  },
};
const read = new Map<string, string>();

export function serveAsset(context: Context): Response {
  const name = context.req.param('name') ?? '';
  const file = Object.hasOwn(files, name) ? files[name] : undefined;
  if (file === undefined) return context.text('Not found\n', 404);
  const text =
    read.get(name) ??
    file
      .paths()
      .map((path) => readFileSync(path, 'utf8'))
      .join('');
  read.set(name, text);
  return context.body(text, 200, {
    'content-type': `${file.type}; charset=utf-8`,
    'cache-control': 'max-age=300',
  });
}
