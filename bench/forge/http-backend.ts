import { execFileSync, spawn } from 'node:child_process';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createGunzip } from 'node:zlib';

export interface Backend {
  readonly url: string;
  close(): void;
}

/** git's own CGI program for smart HTTP behind the thinnest server, as the reference for clones. */
export async function httpBackend(root: string): Promise<Backend> {
  const program = path.join(
    execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim(),
    'git-http-backend',
  );
  const server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const child = spawn(program, [], {
      env: {
        PATH: process.env.PATH ?? '',
        GIT_PROJECT_ROOT: root,
        GIT_HTTP_EXPORT_ALL: '1',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: '/dev/null',
        PATH_INFO: url.pathname,
        QUERY_STRING: url.search.slice(1),
        REQUEST_METHOD: request.method ?? 'GET',
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      },
    });
    (request.headers['content-encoding'] === 'gzip' ? request.pipe(createGunzip()) : request).pipe(
      child.stdin,
    );
    let head = '';
    child.stdout.on('readable', function onReadable() {
      for (
        let chunk = child.stdout.read() as Buffer | null;
        chunk !== null;
        chunk = child.stdout.read() as Buffer | null
      ) {
        head += chunk.toString('latin1');
        const end = head.indexOf('\r\n\r\n');
        if (end < 0) continue;
        const lines = head.slice(0, end).split('\r\n');
        const fields = lines.map((line) => line.split(': ') as [string, string]);
        response.writeHead(200, Object.fromEntries(fields.filter(([name]) => name !== 'Status')));
        response.write(Buffer.from(head.slice(end + 4), 'latin1'));
        child.stdout.off('readable', onReadable);
        child.stdout.pipe(response);
        return;
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
