import { type Html, html } from '../layout/html.ts';

/** A unified diff as git prints it, cut where it was longer than a page can hold. */
export interface Diff {
  readonly text: string;
  readonly truncated: boolean;
}

/** The changed files, each with its lines. */
export function diffView({ text, truncated }: Diff): Html {
  const files = text.split(/^(?=diff --git )/m).filter((part) => part.startsWith('diff --git '));
  return html`${files.map(file)}${truncated ? html`<p class="notice">The rest is left out: the change is too long for a page.</p>` : ''}`;
}

function file(text: string): Html {
  const [header = ''] = text.split('\n', 1);
  const hunksAt = text.search(/^@@ /m);
  const lines = hunksAt < 0 ? [] : text.slice(hunksAt).replace(/\n$/, '').split('\n');
  const added = lines.filter((line) => line.startsWith('+')).length;
  const removed = lines.filter((line) => line.startsWith('-')).length;
  return html`<details class="file" open><summary><code>${nameOf(header)}</code> <span class="plus">+${added}</span> <span class="minus">−${removed}</span></summary>
<pre class="diff" tabindex="0" aria-label="Lines of ${nameOf(header)}">${lines.length === 0 ? 'no text to show' : lines.map(line)}</pre></details>
`;
}

/** `diff --git a/old b/new`: the new name. */
const nameOf = (header: string): string => header.replace(/^diff --git a\/.* b\//, '');

const kinds: Readonly<Record<string, string>> = { '+': 'add', '-': 'del', '@': 'hunk' };

const line = (text: string): Html => html`<span class="${kinds[text.charAt(0)] ?? ''}">${text}
</span>`;
