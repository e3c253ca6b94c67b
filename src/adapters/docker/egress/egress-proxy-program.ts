import { lookup } from 'node:dns/promises';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { BlockList, connect, isIP, isIPv6 } from 'node:net';
import type { Duplex } from 'node:stream';

/**
 * A program of its own, run by Node in a container between set-up commands and the network: an HTTP proxy that connects to
 * allowed hosts only, and never to private, link-local or the host's own addresses, whatever a name resolves to. Each
 * decision is one JSON line on its standard output. Argument: JSON `{ allow, deny, port }`.
 */
const settings = JSON.parse(process.argv.at(-1) ?? '{}') as {
  readonly allow: readonly string[];
  readonly deny: readonly string[];
  readonly port: number;
};

/** An IPv4 address written as IPv6 is held to the rules of the first. */
const notPublic = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  notPublic.addSubnet(network, bits, 'ipv4');
}
for (const [network, bits] of [
  ['::', 128],
  ['::1', 128],
  ['64:ff9b::', 96],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  notPublic.addSubnet(network, bits, 'ipv6');
}
for (const address of settings.deny) notPublic.addAddress(address, isIPv6(address) ? 'ipv6' : 'ipv4');

const isAllowed = (host: string): boolean =>
  settings.allow.some((pattern) =>
    pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern,
  );

function log(host: string, port: number, refused: string | null): void {
  process.stdout.write(`${JSON.stringify({ host, port, refused })}\n`);
}

/** The address to connect to, or why there is none. */
async function addressFor(host: string, port: number): Promise<{ address: string } | { refused: string }> {
  if (port !== 443 && port !== 80) return { refused: 'port' };
  if (isIP(host) !== 0) return { refused: 'address instead of a name' };
  if (!isAllowed(host)) return { refused: 'not on the allow-list' };
  try {
    const addresses = await lookup(host, { all: true });
    const [first] = addresses;
    if (first === undefined) return { refused: 'name not found' };
    const isPublic = addresses.every(
      ({ address, family }) => !notPublic.check(address, family === 6 ? 'ipv6' : 'ipv4'),
    );
    return isPublic ? { address: first.address } : { refused: 'not a public address' };
  } catch {
    return { refused: 'name not found' };
  }
}

async function decide(host: string, port: number): Promise<string | null> {
  const found = await addressFor(host, port);
  log(host, port, 'refused' in found ? found.refused : null);
  return 'address' in found ? found.address : null;
}

async function tunnel(request: IncomingMessage, client: Duplex, head: Buffer): Promise<void> {
  client.on('error', () => client.destroy());
  const [, host = '', port = '443'] = /^(.*?)(?::(\d+))?$/.exec(request.url ?? '') ?? [];
  const address = await decide(host.toLowerCase(), Number(port));
  if (address === null) {
    client.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n');
    return;
  }
  const server = connect(Number(port), address, () => {
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    server.write(head);
    server.pipe(client).pipe(server);
  });
  server.on('error', () => client.destroy());
  client.on('close', () => server.destroy());
}

async function forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = URL.canParse(request.url ?? '') ? new URL(request.url ?? '') : null;
  const host = url?.hostname ?? '';
  const port = Number(url?.port || 80);
  const address = url?.protocol === 'http:' ? await decide(host, port) : null;
  if (url === null || address === null) {
    response.writeHead(403).end();
    return;
  }
  const { 'proxy-connection': _, ...headers } = request.headers;
  const onward = httpRequest(
    { host: address, port, path: url.pathname + url.search, method: request.method, headers },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    },
  );
  onward.on('error', () => response.destroy());
  request.pipe(onward);
}

const server = createServer((request, response) => {
  forward(request, response).catch(() => response.destroy());
});
server.on('connect', (request, client, head) => {
  tunnel(request, client, head).catch(() => client.destroy());
});
server.listen(settings.port, () => process.stdout.write('{"listening":true}\n'));
