import type { RecordedEvent, RecordedEventOf } from '../../../domain/event.ts';
import type { OpenSpans } from './open-spans.ts';

/** Turns events, in order as they happen, into spans: a trace for each convoy, with its attempts, conversations and verifications. */
export class EventTracer {
  readonly #spans: OpenSpans;
  /** By session: the trace, and when its last step was over. */
  readonly #sessions = new Map<string, { readonly root: string; last: string }>();

  constructor(spans: OpenSpans) {
    this.#spans = spans;
  }

  take(event: RecordedEvent): void {
    if (event.stream.startsWith('convoy/')) this.#convoy(event);
    else if (event.type === 'SessionStarted') this.#sessionStarted(event);
    else if (event.stream.startsWith('session/')) this.#sessionStep(event);
  }

  #convoy(event: RecordedEvent): void {
    const { stream, at } = event;
    switch (event.type) {
      case 'ConvoyOpened': {
        const { repository, issue } = event.data;
        const attributes = {
          'gastown.convoy': stream,
          'gastown.repository': `${repository.owner}/${repository.name}`,
          'gastown.delivery': event.cause,
        };
        this.#spans.start(stream, { name: `convoy #${issue}`, key: stream, parent: null, at, attributes });
        break;
      }
      case 'LeaseGranted': {
        const { bead, attempt, session } = event.data;
        const attributes = { 'gastown.bead': bead, 'gastown.attempt': attempt };
        this.#spans.start(stream, {
          name: `bead ${bead}`,
          key: attemptKey(session),
          parent: stream,
          at,
          attributes,
        });
        break;
      }
      case 'BeadClosed':
        this.#spans.end(attemptKey(event.data.session), at, {
          attributes: {
            'gastown.commit': event.data.outcome.kind === 'change' ? event.data.outcome.commit : '',
          },
        });
        break;
      case 'VerificationStarted':
        this.#spans.start(stream, {
          name: 'verification',
          key: `${stream} ${event.data.commit}`,
          parent: stream,
          at,
          attributes: { 'gastown.commit': event.data.commit },
        });
        break;
      case 'IntegrationVerified':
        this.#spans.end(`${stream} ${event.data.commit}`, at);
        break;
      case 'VerificationFailed':
        this.#spans.end(`${stream} ${event.data.commit}`, at, {
          failed: `exit status ${event.data.exitCode}`,
        });
        break;
      case 'PullRequestOpened':
        this.#spans.end(stream, at, { attributes: { 'gastown.pull_request': event.data.number } });
        break;
      case 'ConvoyFailed':
      case 'ConvoyCancelled':
        this.#spans.end(stream, at, { failed: event.type });
        break;
    }
  }

  #sessionStarted({ stream, at, data }: RecordedEventOf<'SessionStarted'>): void {
    const root = data.convoy ?? stream;
    const session = stream.slice('session/'.length);
    const parent = data.convoy === null ? null : data.bead === null ? data.convoy : attemptKey(session);
    const attributes = { 'gen_ai.request.model': data.model, 'gastown.role': data.role };
    this.#spans.start(root, { name: data.role, key: stream, parent, at, attributes });
    this.#sessions.set(stream, { root, last: at });
  }

  #sessionStep(event: RecordedEvent): void {
    const session = this.#sessions.get(event.stream);
    if (session === undefined) return;
    const { stream, at } = event;
    const key = `${stream} ${event.version}`;
    if (event.type === 'ModelReplied') {
      const { model, usage, latencyMs } = event.data;
      const began = new Date(Date.parse(at) - latencyMs).toISOString();
      const attributes = {
        'gen_ai.request.model': model,
        'gen_ai.usage.input_tokens': usage.inputTokens,
        'gen_ai.usage.output_tokens': usage.outputTokens,
      };
      this.#spans.start(session.root, { name: `chat ${model}`, key, parent: stream, at: began, attributes });
      this.#spans.end(key, at);
    } else if (event.type === 'ToolFinished') {
      const attributes = { 'gen_ai.tool.name': event.data.name };
      this.#spans.start(session.root, {
        name: `execute_tool ${event.data.name}`,
        key,
        parent: stream,
        at: session.last,
        attributes,
      });
      this.#spans.end(key, at, event.data.failed ? { failed: 'the tool failed' } : {});
    } else if (event.type === 'SessionEnded') {
      this.#end(stream, at, event.data.outcome);
    }
    session.last = at;
  }

  #end(stream: string, at: string, outcome: string): void {
    const went = outcome === 'finished' || outcome === 'done';
    this.#spans.end(stream, at, went ? {} : { failed: outcome });
    // An attempt that came to nothing ends with its conversation; one that closed its bead has ended already.
    this.#spans.end(attemptKey(stream.slice('session/'.length)), at, { failed: outcome });
    this.#sessions.delete(stream);
  }
}

const attemptKey = (session: string): string => `attempt ${session}`;
