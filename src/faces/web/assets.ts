import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Context } from 'hono';
import { raw } from 'hono/html';
import { type Html, html } from './layout/html.ts';

const own = (name: string): string => fileURLToPath(new URL(`./assets/${name}`, import.meta.url));

/** The stylesheet is kept in parts, and goes out as one. */
const styles = ['base.css', 'parts.css', 'timeline.css', 'text.css', 'phone.css'];
const styleText = styles.map((name) => readFileSync(own(name), 'utf8')).join('');

/**
 * The stylesheet as part of a page: a page is painted only once its styles are there, and another request for them would
 * take longer than they do.
 */
export const styleElement: Html = html`<style>${raw(styleText)}</style>`;
/** What a content security policy lets that element in by. */
export const styleSource = `'sha256-${hash('sha256', styleText, 'base64')}'` as const;

/** What pages load besides themselves. Read once, at the first request for any of them. */
const files: Readonly<Record<string, { readonly type: string; readonly path: () => string }>> = {
  'live.js': { type: 'text/javascript', path: () => own('live.js') },
  'icon.svg': { type: 'image/svg+xml', path: () => own('icon.svg') },
  'idiomorph.js': {
    type: 'text/javascript',
    path: () => createRequire(import.meta.url).resolve('idiomorph/dist/idiomorph.esm.js'),
  },
};
const read = new Map<string, string>();

export function serveAsset(context: Context): Response {
  const name = context.req.param('name') ?? '';
  const file = Object.hasOwn(files, name) ? files[name] : undefined;
  if (file === undefined) return context.text('Not found\n', 404);
  const text = read.get(name) ?? readFileSync(file.path(), 'utf8');
  read.set(name, text);
  return context.body(text, 200, {
    'content-type': `${file.type}; charset=utf-8`,
    'cache-control': 'max-age=300',
  });
}
