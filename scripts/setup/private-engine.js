import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, watch } from 'node:fs';
import path from 'node:path';
import { mountDataDisk } from './data-disk.js';
import { pingEngine } from './engine-api.js';
import { onPath } from './on-path.js';
import { lastLine, runCommand } from './run-command.js';
import { SetupError } from './setup-error.js';
import { privateSocket } from './state-folder.js';
import { stopSignal } from './stop-signal.js';
import { unmountUnder } from './unmount-under.js';

const socketPathLimit = 107;
const startLimitMs = 60_000;

/**
 * The engine starts its own large program anew for each archive that it unpacks and several times for each container: that one
 * need not collect its garbage while it is still setting up its variables, which is a fourth of what such a start costs.
 */
const memoryForTime = '400';

/** The files of the private engine, all in one folder. */
export function engineFiles(env) {
  const socket = privateSocket(env);
  const folder = path.dirname(socket);
  const inside = (name) => path.join(folder, name);
  return {
    folder,
    socket,
    pid: inside('docker.pid'),
    log: inside('docker.log'),
    data: inside('data'),
    disk: inside('data.img'),
    exec: inside('exec'),
  };
}

/**
 * Starts the private engine; it goes on after this process and answers at its socket when this returns.
 * @param {NodeJS.ProcessEnv} env
 * @param {readonly string[]} [options] more of dockerd's own
 * @returns {Promise<string>} where its data is, in words
 * @throws {SetupError} where it does not come up
 */
export async function startPrivateEngine(env, options = []) {
  const files = engineFiles(env);
  if (path.join(files.exec, 'containerd', 'containerd-debug.sock').length > socketPathLimit) {
    throw new SetupError(
      'engine',
      `${files.folder} is too long a path for sockets: set GASTOWN_STATE to a shorter one.`,
    );
  }
  mkdirSync(files.folder, { recursive: true, mode: 0o711 });
  clearStale(files);
  const where = await mountDataDisk(files, env);
  const log = openSync(files.log, 'w');
  const args = [
    '--data-root',
    files.data,
    '--exec-root',
    files.exec,
    '--pidfile',
    files.pid,
    '--host',
    `unix://${files.socket}`,
  ];
  const engine = spawn(onPath('dockerd', env) ?? 'dockerd', [...args, ...options], {
    detached: true,
    env: { ...process.env, GOGC: memoryForTime },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  await answersOrEnds(engine, files);
  engine.unref();
  return where;
}

/**
 * Stops the private engine and waits until it has ended. Takes away the mounts that a killed one left, so that its folder
 * can be removed.
 * @returns {Promise<boolean>} false where none was running
 */
export async function stopPrivateEngine(env) {
  const files = engineFiles(env);
  const pid = runningPid(files);
  if (pid !== undefined) {
    process.kill(pid, 'SIGTERM');
    await untilEnded(pid);
  }
  await unmountUnder(files.folder);
  return pid !== undefined;
}

/** A pid file counts only where the process behind it is an engine with this very file. */
function runningPid(files) {
  if (!existsSync(files.pid)) return undefined;
  const pid = Number(readFileSync(files.pid, 'utf8').trim());
  const commandLine = `/proc/${pid}/cmdline`;
  if (!Number.isInteger(pid) || pid <= 0 || !existsSync(commandLine)) return undefined;
  return readFileSync(commandLine, 'utf8').split('\0').includes(files.pid) ? pid : undefined;
}

/**
 * What an engine that was killed left behind would keep the next one from starting: process ids that may be others' by
 * now, and sockets that nobody listens on.
 */
function clearStale(files) {
  if (runningPid(files) !== undefined) return;
  const runtime = path.join(files.exec, 'containerd');
  const runtimeFiles = [
    'containerd.pid',
    'containerd.sock',
    'containerd.sock.ttrpc',
    'containerd-debug.sock',
  ];
  for (const file of [files.pid, files.socket, ...runtimeFiles.map((name) => path.join(runtime, name))]) {
    rmSync(file, { force: true });
  }
}

/** Each line in the engine's log is an event in its folder: a moment to ask whether it answers by now. */
async function answersOrEnds(engine, files) {
  const outcome = await new Promise((resolve) => {
    const watcher = watch(files.folder, () => ask());
    const limit = setTimeout(() => end('nothing'), startLimitMs);
    let asking = false;
    const end = (what) => {
      watcher.close();
      clearTimeout(limit);
      resolve(what);
    };
    const ask = async () => {
      if (asking) return;
      asking = true;
      const ping = await pingEngine({ socketPath: files.socket }, startLimitMs);
      asking = false;
      if (ping.answers) end('answers');
    };
    engine.on('error', () => end('ended'));
    // Where another set-up was quicker, this engine gives way to that one and ends; the socket is then the other's.
    engine.on('exit', () => runningPid(files) === undefined && end('ended'));
    stopSignal.addEventListener('abort', () => end('stopped'), { once: true });
  });
  if (outcome === 'answers') return;
  engine.kill('SIGTERM');
  const why = outcome === 'ended' ? lastLine(logText(files)) : 'no answer within a minute';
  throw new SetupError(
    'engine',
    `The private Docker engine did not start (${why}); its log is ${files.log}.`,
  );
}

function logText(files) {
  return existsSync(files.log) ? readFileSync(files.log, 'utf8') : '';
}

/** No event tells of the end of a process that is not a child of this one; coreutils' tail looks after it. */
async function untilEnded(pid) {
  await runCommand('tail', [`--pid=${pid}`, '--sleep-interval=0.1', '--follow', '/dev/null']);
}
