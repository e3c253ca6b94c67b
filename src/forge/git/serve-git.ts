import { spawn } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Actor } from '../auth/actor.ts';
import { bareRepositoryPath, type ForgeContext } from '../context.ts';
import { afterRefUpdate } from '../effects/after-ref-update.ts';
import type { ReceivedPush } from '../forge.ts';
import { repositoryFullName } from '../render/repository.ts';
import type { RepositoryRow } from '../store/rows.ts';
import { admitGit, type GitService } from './admit-git.ts';
import { uploadsAdvertisement } from './advertise-uploads.ts';
import { hookEnvironment, hooksFolder } from './protection-hook.ts';
import { acceptedRefs, PushCommandReader } from './push-commands.ts';
import { gitEnvironment } from './run-git.ts';

const pathPattern = /^\/([^/]+)\/([^/]+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack)$/;

export function isGitPath(url: URL): boolean {
  return pathPattern.test(url.pathname);
}

/** Serves git's smart HTTP protocol (v0 to v2) by git's own commands on the bare repository. */
export async function serveGit(
  context: ForgeContext,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const [, owner = '', name = '', tail = ''] = pathPattern.exec(url.pathname) ?? [];
  const advertise = tail === 'info/refs';
  const service = advertise ? url.searchParams.get('service') : tail;
  const method = advertise ? 'GET' : 'POST';
  if ((service !== 'git-upload-pack' && service !== 'git-receive-pack') || request.method !== method) {
    refuse(response, 403, 'Please upgrade your git client.\n');
    return;
  }
  const admitted = admitGit(context, request.headers.authorization, decode(owner), decode(name), service);
  if (admitted.kind === 'refused') {
    refuse(response, admitted.status, admitted.message);
    return;
  }
  const pushing = service === 'git-receive-pack' && !advertise;
  const wait = pushing ? context.limits.enterPush(admitted.repository.id) : undefined;
  if (wait !== undefined) {
    context.onPush({ ...pushTo(context, admitted.repository), admitted: false });
    response.setHeader('retry-after', String(wait));
    refuse(response, 429, 'Too many pushes; please wait.\n');
    return;
  }
  const call: GitCall = { context, request, response, service, advertise, ...admitted };
  await run(call);
}

interface GitCall {
  readonly context: ForgeContext;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly service: GitService;
  readonly advertise: boolean;
  readonly repository: RepositoryRow;
  readonly actor: Actor;
}

const headers = ({ service, advertise }: GitCall): Record<string, string> => ({
  'content-type': `application/x-${service}-${advertise ? 'advertisement' : 'result'}`,
  'cache-control': 'no-cache, max-age=0, must-revalidate',
});

async function run(call: GitCall): Promise<void> {
  const { context, request, response, service, advertise, repository } = call;
  const header = request.headers['git-protocol'];
  const protocol = typeof header === 'string' && /^[a-z0-9=:]+$/.test(header) ? header : '';
  if (advertise && service === 'git-upload-pack' && protocol === 'version=2') {
    const answer = await uploadsAdvertisement(context, bareRepositoryPath(context, repository.id));
    response.writeHead(200, headers(call)).end(answer);
    return;
  }
  const flags = advertise ? ['--http-backend-info-refs'] : [];
  const pushing = !advertise && service === 'git-receive-pack' && 'user' in call.actor;
  const hook = pushing && 'user' in call.actor ? hookEnvironment(context, repository, call.actor) : {};
  const child = spawn(
    'git',
    [
      '-c',
      `core.hooksPath=${pushing ? hooksFolder(context.folder) : '/dev/null'}`,
      service.slice(4),
      '--stateless-rpc',
      ...flags,
      bareRepositoryPath(context, repository.id),
    ],
    {
      env: gitEnvironment({ GIT_PROTOCOL: protocol, ...hook }),
      stdio: ['pipe', 'pipe', 'ignore'],
    },
  );
  response.on('close', () => child.kill());
  const ended = new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve());
  });
  response.writeHead(200, headers(call));
  if (advertise && !(service === 'git-upload-pack' && protocol.includes('version=2'))) {
    const line = `# service=${service}\n`;
    response.write(`${(line.length + 4).toString(16).padStart(4, '0')}${line}0000`);
  }
  if (advertise || service === 'git-upload-pack') {
    child.stdout.pipe(response);
    if (advertise) child.stdin.end();
    else await feed(call, child.stdin);
    await ended;
    return;
  }
  await receive(call, child.stdin, child.stdout, ended);
}

/** A push is answered only after its effects (webhooks, pull requests) are stored. */
async function receive(
  call: GitCall,
  stdin: NodeJS.WritableStream,
  stdout: NodeJS.ReadableStream,
  ended: Promise<void>,
): Promise<void> {
  const { context, response, repository, actor } = call;
  const reader = new PushCommandReader();
  const answer: Buffer[] = [];
  stdout.on('data', (chunk: Buffer) => answer.push(chunk));
  await feed(call, stdin, (chunk) => reader.add(chunk));
  await ended;
  const whole = Buffer.concat(answer);
  const { commands, capabilities } = reader.head;
  const accepted = acceptedRefs(
    whole,
    capabilities.some((name) => name.startsWith('side-band')),
  );
  // A client probes with an empty push whether it may; that is none.
  if (commands.length > 0) {
    const moved = commands.map(({ ref }) => ref).filter((ref) => accepted.has(ref));
    context.onPush({ ...pushTo(context, repository), admitted: true, moved });
  }
  if (actor.kind === 'user' || actor.kind === 'installation') {
    for (const command of commands) {
      if (accepted.has(command.ref)) await afterRefUpdate(context, repository, command, actor.user);
    }
  }
  response.end(whole);
}

const pushTo = (context: ForgeContext, repository: RepositoryRow): Omit<ReceivedPush, 'admitted'> => ({
  repository: repositoryFullName(context, repository),
  moved: [],
});

async function feed(
  call: GitCall,
  stdin: NodeJS.WritableStream,
  watch?: (chunk: Buffer) => void,
): Promise<void> {
  const { request } = call;
  const source = request.headers['content-encoding'] === 'gzip' ? request.pipe(createGunzip()) : request;
  if (watch !== undefined) source.on('data', watch);
  try {
    await pipeline(source, stdin);
  } catch (error) {
    // git closes its input when it refuses the pack, and clients hang up: git's answer, or nobody, is told.
    if (!(error instanceof Error) || !('code' in error)) throw error;
  }
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    ...(status === 401 ? { 'www-authenticate': 'Basic realm="GitHub"' } : {}),
  });
  response.end(message);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return '';
    throw error;
  }
}
