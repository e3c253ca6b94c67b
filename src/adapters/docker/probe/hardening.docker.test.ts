import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type SandboxesUnderTest,
  sandboxesUnderTest,
  shell,
} from '../../../testing/sandbox/sandboxes-under-test.ts';
import type { Sandbox } from '../../../town/ports/sandbox.ts';

/** Things that a hostile agent would try, each from inside a container, one test each. */
let under: SandboxesUnderTest;
let sandbox: Sandbox;

beforeAll(async () => {
  process.env.GASTOWN_TEST_CANARY = 'canary-in-the-environment';
  under = await sandboxesUnderTest({ maxFileBytes: 8 * 2 ** 20 });
  sandbox = await under.start(await under.snapshot([{ path: 'a' }]));
});
afterAll(async () => {
  delete process.env.GASTOWN_TEST_CANARY;
  await under.end();
});

/** Runs Python in the container; what it prints is the answer. */
const python = async (code: string): Promise<string> => {
  const { out, err } = await shell(sandbox, `python3 - <<'PY'\n${code}\nPY`);
  return (out + err).trim();
};

/** What Python prints when the attempt fails as it must, or `escaped`. */
const attempt = (code: string): Promise<string> =>
  python(`import os, socket, ctypes
try:
${code.replaceAll(/^/gm, '    ')}
    print("escaped")
except OSError as error:
    print(os.strerror(error.errno) if error.errno else "refused")`);

describe('privilege', () => {
  it('is neither root nor in root’s groups', async () => {
    expect((await shell(sandbox, 'id -u; id -g; id -G')).out).toBe('1000\n1000\n1000\n');
  });
  it('holds no capability, not even in its bounding set', async () => {
    const { out } = await shell(sandbox, 'grep -h ^Cap /proc/self/status /proc/1/status');
    expect(out.match(/\t(\w+)/g)?.every((set) => set === '\t0000000000000000')).toBe(true);
  });
  it('can gain no privilege by a setuid program', async () => {
    expect((await shell(sandbox, 'grep NoNewPrivs /proc/self/status')).out).toBe('NoNewPrivs:\t1\n');
    expect((await shell(sandbox, 'su -c id root </dev/null')).code).not.toBe(0);
    await shell(sandbox, 'cp "$(command -v id)" /tmp/own-id; chmod u+s /tmp/own-id');
    expect((await shell(sandbox, '/tmp/own-id -u')).out).toBe('1000\n');
  });
  it('can not become another user', async () => {
    expect(await attempt('os.setuid(0)')).toBe('Operation not permitted');
    expect(await attempt('os.setgroups([0])')).toBe('Operation not permitted');
  });
  it('runs under seccomp', async () => {
    expect((await shell(sandbox, 'grep ^Seccomp: /proc/self/status')).out).toBe('Seccomp:\t2\n');
  });
  it('can make no user namespace to be root in', async () => {
    expect((await shell(sandbox, 'unshare --user --map-root-user true')).code).not.toBe(0);
  });
  it('can not mount, nor change the root', async () => {
    expect((await shell(sandbox, 'mount -t tmpfs none /tmp')).code).not.toBe(0);
    expect(await attempt('os.chroot("/tmp")')).toBe('Operation not permitted');
  });
  it('can not load kernel code, nor trace the kernel', async () => {
    for (const call of [175, 313, 321]) {
      const result = await python(`import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
print(libc.syscall(${call}, 0, 0, 0), os.strerror(ctypes.get_errno()))`);
      expect(result).toBe('-1 Operation not permitted');
    }
  });
});

describe('the host', () => {
  it('has no engine socket to talk to', async () => {
    const { out } = await shell(
      sandbox,
      'find / -xdev -type s 2>/dev/null; ls /var/run/docker.sock /run/docker.sock 2>/dev/null',
    );
    expect(out).toBe('');
  });
  it('shows none of its environment', async () => {
    const { out } = await shell(sandbox, 'env; cat /proc/*/environ 2>/dev/null | tr "\\0" "\\n"');
    expect(out).not.toContain('canary');
    expect(out).not.toContain('DOCKER_HOST');
  });
  it('mounts nothing of itself but names and the init program', async () => {
    const { out } = await shell(
      sandbox,
      "awk '$3 ~ /^(ext|xfs|btrfs|zfs|9p|virtiofs|nfs)/ { print $2 }' /proc/mounts",
    );
    expect(
      out
        .split('\n')
        .filter((line) => line !== '')
        .sort(),
    ).toEqual(['/etc/hostname', '/usr/sbin/docker-init']);
  });
  it('keeps its processes to itself', async () => {
    const { out } = await shell(sandbox, 'cat /proc/1/comm; ls -d /proc/[0-9]* | wc -l');
    expect(out.split('\n')[0]).toBe('docker-init');
    expect(Number(out.split('\n')[1])).toBeLessThan(20);
  });
  it('lends no disk: nothing can be made or opened as a device', async () => {
    expect(await attempt('os.mknod("/tmp/disk", 0o60600, os.makedev(8, 0))')).toBe('Operation not permitted');
    expect((await shell(sandbox, 'find /dev -type b')).out).toBe('');
    expect((await shell(sandbox, 'ls /dev/mem /dev/kmsg /dev/kvm 2>/dev/null')).out).toBe('');
  });
  it('lets no kernel setting be written', async () => {
    for (const path of [
      '/proc/sys/kernel/core_pattern',
      '/proc/sysrq-trigger',
      '/sys/kernel/uevent_helper',
      '/proc/sys/vm/drop_caches',
    ]) {
      expect((await shell(sandbox, `echo x 2>/dev/null >${path}`)).code).not.toBe(0);
    }
  });
  it('gives no cgroup away', async () => {
    expect((await shell(sandbox, 'find /sys/fs/cgroup -writable 2>/dev/null | head')).out).toBe('');
    expect((await shell(sandbox, 'find /sys/fs/cgroup -name release_agent -writable 2>/dev/null')).out).toBe(
      '',
    );
  });
  it('shows neither its memory nor its keys', async () => {
    expect((await shell(sandbox, 'head -c 1 /proc/kcore')).out).toBe('');
    expect((await shell(sandbox, 'cat /proc/keys')).out).toBe('');
  });
});

describe('the file system', () => {
  it('is writable nowhere but in the workspace, home and temporary folders', async () => {
    const { out } = await shell(
      sandbox,
      'for d in / /* /usr/* /var/*; do [ -d $d ] && [ ! -L $d ] && (: >$d/x) 2>/dev/null && rm $d/x && echo $d; done; :',
    );
    expect(
      out
        .split('\n')
        .filter((line) => line !== '')
        .sort(),
    ).toEqual(['/tmp', '/var/tmp', '/workspace']);
  });
  it('lets the town’s own files be neither read nor changed', async () => {
    expect((await shell(sandbox, 'cat /.gas-town/*')).code).not.toBe(0);
    expect((await shell(sandbox, 'touch /.gas-town/x')).code).not.toBe(0);
    expect((await shell(sandbox, 'rm -f /.dockerenv; touch /.dockerenv; mv /.dockerenv /tmp')).code).not.toBe(
      0,
    );
    expect((await shell(sandbox, 'mv /.gas-town /tmp/x')).code).not.toBe(0);
  });
  it('can not set the clock that changes are told by', async () => {
    expect((await shell(sandbox, 'date -s 2001-01-01')).code).not.toBe(0);
  });
  it('takes no file larger than is allowed', async () => {
    expect((await shell(sandbox, 'head -c 20000000 /dev/zero >large')).code).not.toBe(0);
    expect((await shell(sandbox, 'stat -c %s large')).out).toBe(`${8 * 2 ** 20}\n`);
  });
});

describe('the network', () => {
  it('has no interface but loopback', async () => {
    expect((await shell(sandbox, 'ls /sys/class/net')).out).toBe('lo\n');
  });
  it('serves and asks localhost by that name', async () => {
    const served = await python(`import socket
listening = socket.create_server(("localhost", 0))
socket.create_connection(("localhost", listening.getsockname()[1]), 2)
print(sorted({one[4][0] for one in socket.getaddrinfo("localhost", 80)}))`);
    expect(served).toBe("['127.0.0.1', '::1']");
  });
  it('reaches no address, name or host', async () => {
    expect(await attempt('socket.create_connection(("1.1.1.1", 443), 2)')).toBe('Network is unreachable');
    expect(await attempt('socket.create_connection(("172.17.0.1", 22), 2)')).toBe('Network is unreachable');
    expect(await attempt('socket.create_connection(("169.254.169.254", 80), 2)')).toBe(
      'Network is unreachable',
    );
    expect((await shell(sandbox, 'getent hosts registry.npmjs.org')).code).not.toBe(0);
  });
  it('can open no raw socket, nor one of another kind', async () => {
    expect(await attempt('socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)')).toBe(
      'Operation not permitted',
    );
    expect(await attempt('socket.socket(socket.AF_PACKET, socket.SOCK_RAW)')).toBe('Operation not permitted');
  });
});

describe('exhaustion', () => {
  it('is stopped by a limit on processes, and the town goes on', async () => {
    const forks = `
for n in range(1000):
    if os.fork() == 0:
        import time; time.sleep(1); os._exit(0)`;
    expect(await attempt(forks)).toBe('Resource temporarily unavailable');
    await sandbox.exec('bomb() { bomb | bomb & }; bomb; sleep 1', { timeoutMs: 3000 });
    const pids = await under.docker.getContainer(sandbox.id).inspect();
    expect(pids.HostConfig.PidsLimit).toBe(256);
    const other = await under.start(await under.snapshot([{ path: 'other' }]));
    expect((await shell(other, 'echo on')).out).toBe('on\n');
  });
  it('is stopped by a limit on memory', async () => {
    const other = await under.start(await under.snapshot([{ path: 'memory' }]));
    const eaten = await other.exec('python3 -c "x = b\'x\' * 2_000_000_000"', { timeoutMs: 20_000 });
    expect(eaten.exitCode).not.toBe(0);
    expect((await shell(other, 'echo on')).out).toBe('on\n');
  });
});
