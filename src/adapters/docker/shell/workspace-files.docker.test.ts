import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type SandboxesUnderTest,
  sandboxesUnderTest,
  shell,
} from '../../../testing/sandbox/sandboxes-under-test.ts';
import type { Sandbox } from '../../../town/ports/sandbox.ts';

let under: SandboxesUnderTest;
let sandbox: Sandbox;

beforeAll(async () => {
  under = await sandboxesUnderTest();
  sandbox = await under.start(
    await under.snapshot([{ path: 'run.sh', content: 'echo 1\n', executable: true }, { path: 'folder/a' }]),
  );
});
afterAll(() => under.end());

const bytes = (length: number): Buffer => Buffer.from(Array.from({ length }, (_, i) => (i * 7) % 256));

it('writes any bytes into new folders and reads them back', async () => {
  const content = bytes(300_000);
  expect(await sandbox.writeFile("new folder/it's/ünï", content)).toEqual({ status: 'written' });
  expect(await sandbox.readFile("new folder/it's/ünï", { maxBytes: 1_000_000 })).toEqual({
    status: 'read',
    bytes: content,
    sizeBytes: 300_000,
  });
});

it('reads a part and tells the size of the whole', async () => {
  await sandbox.writeFile('part', bytes(1000));
  const read = await sandbox.readFile('part', { maxBytes: 10, offset: 500 });
  expect(read).toEqual({ status: 'read', bytes: bytes(1000).subarray(500, 510), sizeBytes: 1000 });
  const start = await sandbox.readFile('part', { maxBytes: 10 });
  expect(start).toEqual({ status: 'read', bytes: bytes(10), sizeBytes: 1000 });
});

it('writes and reads an empty file', async () => {
  expect(await sandbox.writeFile('empty', Buffer.of())).toEqual({ status: 'written' });
  expect(await sandbox.readFile('empty', { maxBytes: 10 })).toMatchObject({ status: 'read', sizeBytes: 0 });
});

it('keeps the mode of a file that is there', async () => {
  await sandbox.writeFile('run.sh', Buffer.from('echo 2\n'));
  expect(await shell(sandbox, './run.sh')).toEqual({ out: '2\n', err: '', code: 0 });
});

it('tells what can not be read or written', async () => {
  const read = (path: string) => sandbox.readFile(path, { maxBytes: 10 });
  await shell(sandbox, 'mkfifo pipe; echo x >shut; chmod 0 shut');
  expect(await read('nothing')).toEqual({ status: 'missing' });
  expect(await read('folder')).toEqual({ status: 'directory' });
  expect(await read('pipe')).toEqual({ status: 'special' });
  expect(await read('shut')).toEqual({ status: 'denied' });
  expect(await sandbox.writeFile('folder', Buffer.from('x'))).toMatchObject({ status: 'directory' });
  expect(await sandbox.writeFile('/etc/passwd', Buffer.from('x'))).toMatchObject({ status: 'denied' });
  expect(await sandbox.writeFile('run.sh/below', Buffer.from('x'))).toMatchObject({ status: 'denied' });
});
