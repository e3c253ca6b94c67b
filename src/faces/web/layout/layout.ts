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

export function layout({ title, section, live, reader }: Frame, content: Html): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark light">
<title>${title} · Gas Town</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/style.css">
<script type="module" src="/assets/live.js"></script>
</head>
<body data-live="${live ? '/live' : ''}">
<a class="skip" href="#content">Skip to the content</a>
<header class="top">
<a class="brand" href="/"><svg aria-hidden="true" viewBox="0 0 24 24"><use href="/assets/icon.svg#mark"></use></svg>Gas Town</a>
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
