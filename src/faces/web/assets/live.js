// Keeps a page in step with the ledger. Without this file every page works as well, as of the moment it was loaded.
const state = document.querySelector('#live-state');
let fetching = false;
let again = false;

/** Details stay as the reader left them, and so does what is being typed. */
const callbacks = {
  beforeAttributeUpdated: (name, node) => !(name === 'open' && node.tagName === 'DETAILS'),
};

/** Brings the page to what the server says now. Changes that come meanwhile are one more round, not many. */
async function refresh() {
  again = fetching;
  if (fetching) return;
  fetching = true;
  try {
    // Not needed before something changes, and the first paint comes sooner without it.
    const { Idiomorph } = await import('/assets/idiomorph.js');
    do {
      again = false;
      const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
      if (!answer.ok) break;
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      Idiomorph.morph(document.querySelector('main'), page.querySelector('main'), {
        ignoreActiveValue: true,
        callbacks,
      });
      document.title = page.title;
      document.body.dataset.live = page.body.dataset.live;
    } while (again);
  } finally {
    fetching = false;
  }
}

const say = (words, isLive) => {
  state.textContent = words;
  state.classList.toggle('on', isLive);
};

/** Follows what happens. */
function follow() {
  const source = new EventSource(document.body.dataset.live);
  let wasAway = false;
  source.addEventListener('ready', () => {
    say('live', true);
    if (wasAway) refresh();
    wasAway = false;
  });
  source.addEventListener('changed', () => {
    if (document.body.dataset.live) refresh();
  });
  source.addEventListener('error', () => {
    wasAway = true;
    say('reconnecting', false);
  });
}

if (document.body.dataset.live) {
  // The page is painted first; a tab in the background is not painted at all.
  if (document.hidden) follow();
  else requestAnimationFrame(() => setTimeout(follow));
}

document.addEventListener('input', ({ target }) => {
  const form = target.closest?.('[data-slider]');
  if (!form) return;
  const isNow = target.value === target.max;
  const fields = new URLSearchParams(new FormData(form));
  if (isNow) fields.delete('at');
  history.replaceState(null, '', fields.size === 0 ? form.action : `${form.action}?${fields}`);
  refresh();
});
document.documentElement.classList.add('scripted');
