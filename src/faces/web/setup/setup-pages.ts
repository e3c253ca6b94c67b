import { styleElement } from '../assets.ts';
import { type Html, html } from '../layout/html.ts';

function page(title: string, content: Html): Html {
  return html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} · Gas Town</title>${styleElement}</head>
<body><main><h1>${title}</h1>${content}</main></body></html>`;
}

export const shutPage = (): Html =>
  page('Set up the GitHub App', html`<p>Open the link that the terminal printed: it works once.</p>`);

/** Asks for what no file can know. `wrong` says what is to be mended. */
export function askPage(
  given: { readonly root: string; readonly organization: string },
  wrong: string,
): Html {
  return page(
    'Set up the GitHub App',
    html`<p>This makes a GitHub App of your own from <code>app.yml</code> and writes its keys to <code>.env</code> beside it. GitHub shows you what the App may do before anything is made.</p>
${wrong === '' ? '' : html`<p class="notice" role="alert">${wrong}</p>`}
<form class="say" method="get" action="/">
<label>Where GitHub reaches this server<input name="root" type="url" required value="${given.root}" placeholder="https://gastown.example.com"></label>
<label>Organization, empty for your own account<input name="organization" value="${given.organization}" autocomplete="off"></label>
<button type="submit">Go on</button></form>
<p class="soft">On a machine that GitHub can't reach, put a tunnel such as smee.io before it and give that address.</p>`,
  );
}

export function confirmPage({
  action,
  manifest,
}: {
  readonly action: string;
  readonly manifest: object;
}): Html {
  return page(
    'Make it on GitHub',
    html`<p>The next page is GitHub's. What it gets:</p><pre tabindex="0">${JSON.stringify(manifest, null, 2)}</pre>
<form method="post" action="${action}"><input type="hidden" name="manifest" value="${JSON.stringify(manifest)}"><button type="submit">Make the App on GitHub</button></form>
<p><a href="/">Back</a></p>`,
  );
}

export function donePage({
  name,
  installUrl,
  envFile,
}: {
  readonly name: string;
  readonly installUrl: string;
  readonly envFile: string;
}): Html {
  return page(
    `${name} is made`,
    html`<p>Its keys are in <code>${envFile}</code>. Two things are left:</p>
<ol><li><a href="${installUrl}">Install it</a> on the repositories that it shall work on.</li><li>Start <code>gastown serve</code> again.</li></ol>`,
  );
}

export const failedPage = (what: string): Html =>
  page(
    'The App was not made',
    html`<p class="notice" role="alert">${what}</p><p><a href="/">Begin again</a></p>`,
  );
