import { Marked } from 'marked';
import { escapeText, Html } from './html.ts';

/** Tags that GitHub shows and that can do no harm without attributes. All others are shown as text. */
const harmless = /&lt;(\/?(?:details|summary|sub|sup|kbd|br))\s*\/?&gt;/g;

const marked = new Marked({
  gfm: true,
  breaks: true,
  async: false,
  renderer: {
    html: ({ text }) => escapeText(text.replaceAll(/<!--[\s\S]*?-->/g, '')).replaceAll(harmless, '<$1>'),
    image: ({ text }) => escapeText(text),
    link({ href, tokens }) {
      const shown = this.parser.parseInline(tokens);
      if (!/^(https?:\/\/|\/(?!\/)|#)/.test(href)) return shown;
      return `<a href="${escapeText(href)}" rel="nofollow noreferrer">${shown}</a>`;
    },
  },
});

/** Somebody's Markdown as markup that runs nothing and loads nothing; comments in it are hidden, as on GitHub. */
export function markdown(text: string): Html {
  return new Html(`<div class="markdown">${marked.parse(text) as string}</div>`);
}
