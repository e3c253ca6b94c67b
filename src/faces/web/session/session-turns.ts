import type { RecordedEvent } from '../../../domain/event.ts';
import { toolLine } from '../../cli/story/tool-line.ts';
import { clockTime, duration, shortCount } from '../layout/figures.ts';
import { type Html, html } from '../layout/html.ts';
import { markdown } from '../text/markdown.ts';

/** The longest text of one tool's result that is shown; the ledger has the whole. */
const resultShown = 20_000;

/** A conversation of an agent with its model, from the events of its session. */
export function sessionTurns(events: readonly RecordedEvent[]): Html {
  return html`<ol class="turns">${events.map(turn)}</ol>`;
}

function turn(event: RecordedEvent): Html {
  switch (event.type) {
    case 'SessionStarted':
      return briefing(event.data.briefing, event.data.model, event.at);
    case 'ModelReplied': {
      const { turn: number, text, reasoning, toolCalls, usage, latencyMs } = event.data;
      const tokens = `${shortCount(usage.inputTokens)} in, ${shortCount(usage.outputTokens)} out`;
      return html`<li class="reply"><p class="meta"><strong>Turn ${number}</strong> <time datetime="${event.at}">${clockTime(event.at)}</time> <span>${tokens}, ${duration(latencyMs)}</span></p>
${reasoning.trim() === '' ? '' : html`<details class="quiet"><summary>thinks</summary><pre tabindex="0">${reasoning}</pre></details>`}
${text.trim() === '' ? '' : markdown(text)}
${toolCalls.map(({ name, arguments: written }) => html`<p class="call"><code>${toolLine(name, written, 160)}</code></p>`)}</li>
`;
    }
    case 'ToolFinished':
      return result(event.data.name, event.data.result, event.data.failed);
    case 'SessionResumed':
      return result('goes on', event.data.result, event.data.failed);
    case 'SessionSuspended':
      return html`<li class="meta">waits in ${event.data.name}</li>`;
    case 'SessionNudged':
      return html`<li class="nudge"><p class="meta">is told by ${event.data.by}</p>${markdown(event.data.text)}</li>`;
    case 'SessionReminded':
      return html`<li class="nudge"><p class="meta">is reminded</p>${markdown(event.data.text)}</li>`;
    case 'ContextCompacted':
      return html`<li class="nudge"><details><summary>makes room in its context by a summary</summary>${markdown(event.data.summary)}</details></li>`;
    case 'SessionEnded':
      return html`<li class="meta"><time datetime="${event.at}">${clockTime(event.at)}</time> ended: ${event.data.outcome}${event.data.detail === '' ? '' : `, ${event.data.detail}`}</li>`;
    default:
      return html``;
  }
}

function briefing(text: string, model: string, at: string): Html {
  return html`<li class="nudge"><details><summary><time datetime="${at}">${clockTime(at)}</time> is briefed, with model ${model}</summary>${markdown(text)}</details></li>`;
}

function result(name: string, text: string, failed: boolean): Html {
  const cut = text.length > resultShown;
  const first = text.trim().split('\n', 1)[0] ?? '';
  return html`<li class="result ${failed ? 'bad' : ''}"><details><summary><span>${failed ? '✗' : '✓'} ${name}</span> <code>${first.slice(0, 120)}</code></summary>
<pre tabindex="0" aria-label="Result of ${name}">${cut ? `${text.slice(0, resultShown)}\n… ${text.length - resultShown} more characters` : text}</pre></details></li>
`;
}
