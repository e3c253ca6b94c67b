import type { Context, Hono } from 'hono';
import { parseConvoyStream } from '../../domain/convoy/convoy-stream.ts';
import type { StreamId } from '../../domain/event.ts';
import { listConvoys, listRigs } from '../../ledger/queries/list-convoys.ts';
import { spendBy, sumSpend, sumSpendByDay } from '../../ledger/queries/sum-spend.ts';
import { beadPage } from './bead/bead-page.ts';
import { beadPart } from './convoy/bead-part.ts';
import { convoyPage } from './convoy/convoy-page.ts';
import { convoysAPage, convoysPage } from './convoys/convoys-page.ts';
import type { DashboardParts } from './dashboard-parts.ts';
import type { Reader } from './door/reader.ts';
import { type Html, html } from './layout/html.ts';
import { type Frame, layout } from './layout/layout.ts';
import { ConvoyMemory, type ConvoyMoment } from './memory/convoy-memory.ts';
import { SessionRests } from './memory/session-rests.ts';
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
  readonly #rests: SessionRests;
  readonly #readerOf: (context: Context) => Reader;

  constructor(parts: DashboardParts, readerOf: (context: Context) => Reader) {
    this.#parts = parts;
    this.#memory = new ConvoyMemory(parts.reader);
    this.#rests = new SessionRests(parts.reader);
    this.#readerOf = readerOf;
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

  async #convoys(context: Context): Promise<Response> {
    const page = Math.max(1, numberAt(context.req.query('page')) ?? 1);
    const { rigs } = await this.#rigsOf(context);
    const part = { limit: convoysAPage, offset: (page - 1) * convoysAPage, rigs };
    const listed = listConvoys(this.#parts.reader, part);
    return this.#show(
      context,
      { title: 'Convoys', section: 'convoys', live: true },
      convoysPage(listed, page),
    );
  }

  async #convoy(context: Context): Promise<Response> {
    const moment = await this.#momentOf(context);
    const asked = context.req.query('beads');
    const part = moment && beadPart(moment.convoy, asked === undefined ? null : (numberAt(asked) ?? 0));
    if (moment === null || part === null) return this.#missing(context);
    const { opened } = moment.convoy;
    const options = {
      part,
      now: this.#parts.clock().getTime(),
      mayWrite: this.#mayWrite(context),
      restsOf: (session: string) => this.#rests.of(`session/${session}`),
    };
    const content = convoyPage(moment, options);
    const live = moment.version === moment.newest;
    return this.#show(
      context,
      { title: `#${opened.issue} ${opened.title}`, section: 'convoys', live },
      content,
    );
  }

  async #bead(context: Context): Promise<Response> {
    const moment = await this.#momentOf(context);
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

  async #session(context: Context): Promise<Response> {
    const events = this.#read(`session/${context.req.param('session')}`);
    const started = events[0];
    if (started?.type !== 'SessionStarted') return this.#missing(context);
    const { rigs } = await this.#rigsOf(context);
    const place = parseConvoyStream(started.data.convoy ?? '');
    if (rigs !== null && !rigs.includes(place?.repositoryId ?? 0)) return this.#missing(context);
    return this.#show(
      context,
      { title: 'Conversation', section: 'convoys', live: true },
      sessionPage(events),
    );
  }

  async #queue(context: Context): Promise<Response> {
    const { rigs } = await this.#rigsOf(context);
    const { convoys } = listConvoys(this.#parts.reader, { limit: queuesShown, offset: 0, rigs });
    const moments = convoys
      .filter(({ ended }) => ended === null)
      .flatMap(({ convoy }) => asConvoyStream(convoy) ?? [])
      .flatMap((stream) => this.#memory.moment(stream, null) ?? []);
    return this.#show(context, { title: 'Merge queue', section: 'queue', live: true }, queuePage(moments));
  }

  async #spend(context: Context): Promise<Response> {
    const { reader } = this.#parts;
    const { rigs } = await this.#rigsOf(context);
    const spent = sumSpend(reader, rigs);
    const content = spendPage({
      byRole: spendBy('role', spent),
      byModel: spendBy('model', spent),
      // The days are kept for all rigs together.
      byDay: rigs === null ? sumSpendByDay(reader, daysShown) : [],
    });
    return this.#show(context, { title: 'Spend', section: 'spend', live: true }, content);
  }

  async #say(context: Context): Promise<Response> {
    const { say } = this.#parts;
    const { person, writesWith } = this.#readerOf(context);
    if (say === null || !this.#mayWrite(context)) return context.text(`${writesWith}.\n`, 403);
    const moment = await this.#momentOf(context);
    return moment === null ? this.#missing(context) : sayAnswer(context, moment.convoy, say, person);
  }

  #mayWrite(context: Context): boolean {
    return this.#parts.say !== null && this.#readerOf(context).mayWrite;
  }

  /** The numbers of the rigs that the reader sees; null for all there are. */
  async #rigsOf(context: Context): Promise<{ readonly rigs: readonly number[] | null }> {
    const all = listRigs(this.#parts.reader);
    const seen = await this.#readerOf(context).sees(all);
    return { rigs: seen.length === all.length ? null : seen.map(({ id }) => id) };
  }

  /** Null also for a rig that the reader may not see. */
  async #momentOf(context: Context): Promise<ConvoyMoment | null> {
    const stream = streamAt(context.req.param('repository') ?? '', context.req.param('issue') ?? '');
    if (stream === null) return null;
    const at = context.req.query('at');
    const moment = this.#memory.moment(stream, at === undefined ? null : (numberAt(at) ?? 0));
    if (moment === null) return null;
    const seen = await this.#readerOf(context).sees([moment.convoy.opened.repository]);
    return seen.length === 0 ? null : moment;
  }

  #read(stream: StreamId) {
    return this.#parts.reader.log.read(stream, 0);
  }

  #show(context: Context, frame: Omit<Frame, 'reader'>, content: Html, status: 200 | 404 = 200) {
    const reader = { ...this.#readerOf(context), mayWrite: this.#mayWrite(context) };
    return context.html(layout({ ...frame, reader }, content), status);
  }

  #missing(context: Context): Response | Promise<Response> {
    const content = html`<h1>There is no such page</h1><p><a href="/">To the convoys</a></p>`;
    return this.#show(context, { title: 'Not found', section: 'convoys', live: false }, content, 404);
  }
}
