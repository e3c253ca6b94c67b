import type { ChangedFile } from '../../git/diff.ts';
import { type Html, html } from '../html.ts';

/** The changed files of a commit or pull request, with their hunks. */
export function renderDiff(files: readonly ChangedFile[]): Html {
  return html`${files.map(
    (
      file,
    ) => html`<section class="box"><div class="head">${file.previousFilename !== undefined && html`${file.previousFilename} → `}${file.filename}
<span class="soft">${file.status} +${file.additions} −${file.deletions}</span></div><pre class="diff">${lines(file.patch)}</pre></section>`,
  )}`;
}

const kinds: Readonly<Record<string, string>> = { '+': 'add', '-': 'del', '@': 'hunk' };

function lines(patch: string | undefined): Html {
  if (patch === undefined) return html`<span class="soft">no text to show</span>`;
  return html`${patch.split('\n').map((line) => html`<span class="${kinds[line.charAt(0)] ?? ''}">${line}</span>`)}`;
}
