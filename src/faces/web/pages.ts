import type { Context, Hono } from 'hono';
import type { StreamId } from '../../domain/event.ts';
import { listConvoys } from '../../ledger/queries/list-convoys.ts';
import { sumSpendBy, sumSpendByDay } from '../../ledger/queries/sum-spend.ts';
import { beadPage } from './bead/bead-page.ts';
import { convoyPage } from './convoy/convoy-page.ts';
import { convoysAPage, convoysPage } from './convoys/convoys-page.ts';
import type { DashboardParts } from './dashboard-parts.ts';
import { type Html, html } from './layout/html.ts';
import { type Frame, layout } from './layout/layout.ts';
import { ConvoyMemory, type ConvoyMoment } from './memory/convoy-memory.ts';
import { asConvoyStream, numberAt, streamAt } from './paths.ts';
import { queuePage } from './queue/queue-page.ts';
import { sayAnswer } from './say/say-answer.ts';
import { beadSessions } from './session/bead-sessions.ts';
import { sessionPage } from './session/session-page.ts';
import { spendPage } from './spend/spend-page.ts';

/** How many days of spend are shown. */
const daysShown = 60;
/** How many of the newest convoys are looked at for the merge queue. */
const queuesShown = 20;

/** Adds the pages, made from the ledger at each request. */
export class Pages {
  readonly #parts: DashboardParts;
  readonly #memory: ConvoyMemory;
  readonly #mayWrite: (context: Context) => boolean;

  constructor(parts: DashboardParts, mayWrite: (context: Context) => boolean) {
    this.#parts = parts;
    this.#memory = new ConvoyMemory(parts.reader);
    this.#mayWrite = mayWrite;
  }

  addTo(app: Hono): void {
    app.get('/', (context) => this.#convoys(context));
    app.get('/convoys/:repository/:issue', (context) => this.#convoy(context));
    app.get('/convoys/:repository/:issue/beads/:bead', (context) => this.#bead(context));
    app.get('/sessions/:session', (context) => this.#session(context));
    app.get('/queue', (context) => this.#queue(context));
    app.get('/spend', (context) => this.#spend(context));
    app.post('/convoys/:repository/:issue/say', (context) => this.#say(context));
    app.post('/convoys/:repository/:issue/beads/:bead/say', (context) => this.#say(context));
    app.notFound((context) => this.#missing(context));
  }

  #convoys(context: Context): Response | Promise<Response> {
    const page = Math.max(1, numberAt(context.req.query('page')) ?? 1);
    const listed = listConvoys(this.#parts.reader, {
      limit: convoysAPage,
      offset: (page - 1) * convoysAPage,
    });
    return this.#show(
      context,
      { title: 'Convoys', section: 'convoys', live: true },
      convoysPage(listed, page),
    );
  }

  #convoy(context: Context): Response | Promise<Response> {
    const moment = this.#momentOf(context);
    if (moment === null) return this.#missing(context);
    const { opened } = moment.convoy;
    const mayWrite = this.#mayWrite(context);
    const content = convoyPage(moment, { now: this.#parts.clock().getTime(), mayWrite });
    const live = moment.version === moment.newest;
    return this.#show(
      context,
      { title: `#${opened.issue} ${opened.title}`, section: 'convoys', live },
      content,
    );
  }

  async #bead(context: Context): Promise<Response> {
    const moment = this.#momentOf(context);
    const bead = moment?.convoy.beads.get(numberAt(context.req.param('bead')) ?? 0);
    if (!moment || !bead) return this.#missing(context);
    const { opened } = moment.convoy;
    const live = moment.version === moment.newest;
    const until = live ? null : (moment.events.at(-1)?.position ?? null);
    const { outcome } = bead;
    const content = beadPage(moment, bead, {
      mayWrite: this.#mayWrite(context),
      diff: outcome?.kind === 'change' ? await this.#parts.diffOf(opened.repository.id, outcome) : null,
      sessions: beadSessions(moment.events, bead.number, until, (session) =>
        this.#read(`session/${session}`),
      ),
    });
    const title = `${opened.issue}.${bead.number} ${bead.title}`;
    return this.#show(context, { title, section: 'convoys', live }, content);
  }

  #session(context: Context): Response | Promise<Response> {
    const events = this.#read(`session/${context.req.param('session')}`);
    if (events[0]?.type !== 'SessionStarted') return this.#missing(context);
    return this.#show(
      context,
      { title: 'Conversation', section: 'convoys', live: true },
      sessionPage(events),
    );
  }

  #queue(context: Context): Response | Promise<Response> {
    const { convoys } = listConvoys(this.#parts.reader, { limit: queuesShown, offset: 0 });
    const moments = convoys
      .filter(({ ended }) => ended === null)
      .flatMap(({ convoy }) => asConvoyStream(convoy) ?? [])
      .flatMap((stream) => this.#memory.moment(stream, null) ?? []);
    return this.#show(context, { title: 'Merge queue', section: 'queue', live: true }, queuePage(moments));
  }

  #spend(context: Context): Response | Promise<Response> {
    const { reader } = this.#parts;
    const content = spendPage({
      byRole: sumSpendBy(reader, 'role'),
      byModel: sumSpendBy(reader, 'model'),
      byDay: sumSpendByDay(reader, daysShown),
    });
    return this.#show(context, { title: 'Spend', section: 'spend', live: true }, content);
  }

  #say(context: Context): Response | Promise<Response> {
    const { say } = this.#parts;
    if (say === null || !this.#mayWrite(context)) {
      return context.text('Writing needs the link that the terminal printed.\n', 403);
    }
    const moment = this.#momentOf(context);
    return moment === null ? this.#missing(context) : sayAnswer(context, moment.convoy, say);
  }

  #momentOf(context: Context): ConvoyMoment | null {
    const stream = streamAt(context.req.param('repository') ?? '', context.req.param('issue') ?? '');
    const at = context.req.query('at');
    return stream === null
      ? null
      : this.#memory.moment(stream, at === undefined ? null : (numberAt(at) ?? 0));
  }

  #read(stream: StreamId) {
    return this.#parts.reader.log.read(stream, 0);
  }

  #show(context: Context, frame: Omit<Frame, 'mayWrite'>, content: Html, status: 200 | 404 = 200) {
    return context.html(layout({ ...frame, mayWrite: this.#mayWrite(context) }, content), status);
  }

  #missing(context: Context): Response | Promise<Response> {
    const content = html`<h1>There is no such page</h1><p><a href="/">To the convoys</a></p>`;
    return this.#show(context, { title: 'Not found', section: 'convoys', live: false }, content, 404);
  }
}
