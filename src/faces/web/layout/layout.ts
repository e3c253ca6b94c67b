import { styleElement } from '../assets.ts';
import type { Reader } from '../door/reader.ts';
import { type Html, html } from './html.ts';

export type Section = 'convoys' | 'queue' | 'spend';

/** What every page has around its content. */
export interface Frame {
  readonly title: string;
  readonly section: Section;
  /** The page shows what is true now, and follows what happens. */
  readonly live: boolean;
  readonly reader: Pick<Reader, 'person' | 'mayWrite' | 'writesWith'>;
}

const sections: readonly { readonly key: Section; readonly name: string; readonly path: string }[] = [
  { key: 'convoys', name: 'Convoys', path: '/' },
  { key: 'queue', name: 'Merge queue', path: '/queue' },
  { key: 'spend', name: 'Spend', path: '/spend' },
];

/** As in assets/icon.svg; in the page itself, since another file would come after the first paint. */
const mark = html`<path d="M12 2 21 7v10l-9 5-9-5V7z" fill="#f08a24"/><path d="M12 2v20l-9-5V7z" fill="#c2410c"/><circle cx="12" cy="12" r="3.6" fill="#fff7ed"/>`;

export function layout({ title, section, live, reader }: Frame, content: Html): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark light">
<title>${title} · Gas Town</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
${styleElement}
<script type="module" src="/assets/live.js"></script>
</head>
<body data-live="${live ? '/live' : ''}">
<a class="skip" href="#content">Skip to the content</a>
<header class="top">
<a class="brand" href="/"><svg aria-hidden="true" viewBox="0 0 24 24">${mark}</svg>Gas Town</a>
<nav aria-label="Sections">${sections.map(
    ({ key, name, path }) =>
      html`<a href="${path}"${key === section ? html` aria-current="page"` : ''}>${name}</a>`,
  )}</nav>
<span class="state" role="status" id="live-state">${live ? 'as of this moment' : 'a moment of the past'}</span>
${who(reader)}
</header>
<main id="content" tabindex="-1">${content}</main>
</body>
</html>`;
}

function who({ person, mayWrite, writesWith }: Frame['reader']): Html {
  if (person !== null) {
    return html`<form class="right" method="post" action="/logout">${person.login} <button type="submit" class="quiet">Log out</button></form>`;
  }
  return html`<span class="right" title="${mayWrite ? '' : writesWith}">${mayWrite ? 'may write' : 'reading only'}</span>`;
}
