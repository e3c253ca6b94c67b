import { styleElement } from '../assets.ts';
import { type Html, html } from '../layout/html.ts';
import { type Access, tokenOf } from './access.ts';

const frame = (head: Html, content: Html): Html =>
  html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Gas Town</title>${styleElement}${head}</head>
<body><main class="login"><h1>Gas Town</h1>${content}</main></body></html>`;

/** Asks who it is: by GitHub, by the token, or by either. */
export function loginPage(access: Access): Html {
  const github = html`<p><a class="button" href="/login/github">Log in with GitHub</a></p>`;
  const token = html`<form method="post" action="/login"><label>Token<input type="password" name="token" required autocomplete="current-password"></label><button type="submit">Come in</button></form>`;
  return frame(
    html``,
    html`${access.kind === 'github' ? github : ''}${tokenOf(access) === null ? '' : token}`,
  );
}

/** A page of ours between GitHub's and the first: a browser gives a strict cookie to no page that another site led to. */
export const welcomePage = (login: string): Html =>
  frame(
    html`<meta http-equiv="refresh" content="0;url=/">`,
    html`<p>You are ${login}. <a href="/">To the convoys</a></p>`,
  );

export const notLoggedInPage = (why: string): Html =>
  frame(html``, html`<p class="notice" role="alert">${why}</p><p><a href="/">Try again</a></p>`);
