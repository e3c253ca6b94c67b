import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { type ForgeContext, now } from '../context.ts';
import { ApiError, notFound } from '../server/api-error.ts';
import type { Reply } from '../server/operation.ts';
import { fitBody, parseJson, readBody } from '../server/read-body.ts';
import { findInstallationById } from '../store/installations.ts';
import { findUserById } from '../store/users.ts';
import { emitInstallation } from '../webhooks/emit-installation.ts';
import { faultSchema } from './fault.ts';

const token = z.object({ token: z.string() });
const suspension = z.object({ installation: z.int(), suspended: z.boolean() });

const runningJob = z.object({ job: z.int() });
/** One, or several in the order in which they are to happen. */
const wanted = z.union([z.array(faultSchema), faultSchema]);
const schedule = z.object({ at: z.iso.datetime().optional() });

/**
 * Answers `/_forge/...`, which makes faults on demand: `POST|GET|DELETE /faults`, `POST /revoke`, `POST /suspend`,
 * and where workflows are run `POST /runners/lose`, `POST /jobs/expire` and `POST /schedules`.
 * Without an admin token it does not exist.
 */
export async function answerAdmin(
  context: ForgeContext,
  request: IncomingMessage,
  path: string,
): Promise<Reply> {
  try {
    return await admin(context, request, path);
  } catch (error) {
    if (error instanceof ApiError) return { status: error.status, body: error.body() };
    throw error;
  }
}

async function admin(context: ForgeContext, request: IncomingMessage, path: string): Promise<Reply> {
  const raw = await readBody(request);
  if (!mayAdminister(context, request)) throw notFound();
  const body = parseJson(raw);
  const { faults, store } = context;
  switch (`${request.method} ${path}`) {
    case 'GET /faults':
      return { status: 200, body: faults.list() };
    case 'DELETE /faults':
      faults.clear();
      return { status: 204 };
    case 'POST /faults':
      faults.add(...[wanted.parse(fitBody(wanted, body))].flat());
      return { status: 201, body: faults.list() };
    case 'POST /revoke': {
      const given = token.parse(fitBody(token, body));
      const { changes } = store.run('UPDATE tokens SET revoked = 1 WHERE token = ?', given.token);
      if (changes === 0) throw notFound();
      return { status: 204 };
    }
    case 'POST /suspend': {
      const given = suspension.parse(fitBody(suspension, body));
      suspend(context, given.installation, given.suspended);
      return { status: 204 };
    }
    case 'POST /runners/lose': {
      const { job } = runningJob.parse(fitBody(runningJob, body));
      if (context.actions?.loseRunner(job) !== true) throw notFound();
      return { status: 204 };
    }
    case 'POST /jobs/expire': {
      const { job } = runningJob.parse(fitBody(runningJob, body));
      if (context.actions?.expireJob(job) !== true) throw notFound();
      return { status: 204 };
    }
    case 'POST /schedules': {
      const { at } = schedule.parse(fitBody(schedule, body));
      await context.actions?.fireSchedules(at === undefined ? context.clock() : new Date(at));
      return { status: 204 };
    }
    default:
      throw notFound();
  }
}

function mayAdminister(context: ForgeContext, request: IncomingMessage): boolean {
  if (context.adminToken === undefined) return false;
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(request.headers.authorization ?? ''), digest(`Bearer ${context.adminToken}`));
}

function suspend(context: ForgeContext, id: number, suspended: boolean): void {
  const installation = findInstallationById(context.store, id);
  if (installation?.account_id == null) throw notFound();
  context.store.run(
    'UPDATE installations SET suspended_at = ?, suspended_by = ? WHERE id = ?',
    suspended ? now(context) : null,
    suspended ? installation.account_id : null,
    id,
  );
  const sender = findUserById(context.store, installation.account_id);
  emitInstallation(context, id, suspended ? 'suspend' : 'unsuspend', sender);
}
