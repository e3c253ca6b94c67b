import { type Html, html } from './html.ts';

/** What every page knows: the repository it is about, and the key of the forms where the reader may write. */
export interface PageFrame {
  readonly title: string;
  /** `owner/name`, or undefined outside a repository. */
  readonly fullName?: string;
  /** Absent for readers. */
  readonly formKey: string | undefined;
  /** Whom the reader's forms act as, and whom they could; absent is each repository's owner. */
  readonly actingAs?: string | undefined;
  readonly users: readonly string[];
}

export function layout(frame: PageFrame, content: Html): string {
  const { fullName } = frame;
  const links =
    fullName === undefined
      ? null
      : html`<strong><a href="/${fullName}/issues">${fullName}</a></strong>
          <a href="/${fullName}/issues">Issues</a> <a href="/${fullName}/pulls">Pull requests</a>
          <a href="/${fullName}/actions">Actions</a>`;
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${frame.title}</title><link rel="stylesheet" href="/_page/style.css"></head>
<body><header><a href="/">Forge</a> ${links} <a href="/_page/deliveries">Deliveries</a>
<span class="who">${frame.formKey === undefined ? 'reading only' : chooser(frame)}</span></header>
<main>${content}</main></body></html>`;
  return page.text;
}

/** Lets a person choose the user that the forms act as. */
function chooser(frame: PageFrame): Html | null {
  const option = (login: string) =>
    html`<option value="${login}"${login === frame.actingAs && html` selected`}>${login}</option>`;
  return form(
    frame,
    '/_page/act-as',
    false,
    html`<label>Acting as <select name="login" aria-label="Acting as"><option value="">the owner</option>${frame.users.map(option)}</select></label><button>Change</button>`,
  );
}

/** A form that posts to `action` with its fields; nothing for readers. */
export function form(frame: PageFrame, action: string, wide: boolean, fields: Html): Html | null {
  if (frame.formKey === undefined) return null;
  return html`<form method="post" action="${action}" class="${wide ? 'wide' : ''}">
<input type="hidden" name="key" value="${frame.formKey}">${fields}</form>`;
}

export function box(head: Html, body: Html | string): Html {
  return html`<section class="box"><div class="head">${head}</div><div class="body">${body}</div></section>`;
}
