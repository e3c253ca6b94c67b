/** What a sandbox promises, and how to try to break it from inside. */
export interface Claim {
  readonly claim: string;
  /** Shell text, run as an agent's command would be. */
  readonly attempt: string;
  /** Whether what it printed shows that the promise holds. */
  readonly holds: (printed: string) => boolean;
  /** The attempt is to be stopped: then no exit status of 0 is asked for. */
  readonly endsBadly?: boolean;
  /** What it printed must not be repeated. */
  readonly unprinted?: boolean;
  readonly whatToDo: string;
}

const engineTooOld =
  'Use a Docker engine of version 20.10 or newer that is not run with --privileged defaults.';

export const claims: readonly Claim[] = [
  {
    claim: 'agents are not root',
    attempt: 'id -u; id -g',
    holds: (printed) => printed === '1000\n1000',
    whatToDo: 'Look for a plug-in of the engine that overrides the user of containers.',
  },
  {
    claim: 'no capability is held',
    attempt: "grep -h '^Cap' /proc/self/status | tr -d '\\t' | cut -d: -f2 | sort -u",
    holds: (printed) => /^0+$/.test(printed),
    whatToDo: engineTooOld,
  },
  {
    claim: 'no privilege can be gained',
    attempt: `grep NoNewPrivs /proc/self/status | tr -d '\\t'
mount -t tmpfs none /tmp 2>/dev/null && echo mounted
chroot / true 2>/dev/null && echo changed its root
unshare --user --map-root-user true 2>/dev/null && echo became root
:`,
    holds: (printed) => printed === 'NoNewPrivs:1',
    whatToDo: engineTooOld,
  },
  {
    claim: 'system calls are filtered',
    attempt: "grep '^Seccomp:' /proc/self/status | tr -d '\\t'",
    holds: (printed) => printed === 'Seccomp:2',
    whatToDo: 'Run the engine on a kernel with seccomp, without --seccomp-profile unconfined.',
  },
  {
    claim: 'there is no network',
    attempt: `ls /sys/class/net
for to in 1.1.1.1/443 172.17.0.1/22 169.254.169.254/80; do
bash -c "exec 3<>/dev/tcp/$to" 2>/dev/null && echo "reached $to"; done; :`,
    holds: (printed) => printed === 'lo',
    whatToDo: 'Look for a plug-in of the engine that adds networks to containers.',
  },
  {
    claim: 'nothing of the host’s environment is seen',
    attempt: 'env; cat /proc/[0-9]*/environ 2>/dev/null | tr "\\0" "\\n"',
    holds: (printed) => !secretsOf(process.env).some((secret) => printed.includes(secret)),
    unprinted: true,
    whatToDo: 'Look for a default of the engine that hands variables of the host to containers.',
  },
  {
    claim: 'the engine can not be reached',
    attempt: 'ls /var/run/docker.sock /run/docker.sock 2>/dev/null; env | grep DOCKER_; :',
    holds: (printed) => printed === '',
    whatToDo: 'Use an image that holds no engine socket and no DOCKER_ variables.',
  },
  {
    claim: 'only the workspace, home and temporary folders can be written',
    attempt:
      'for d in / /*; do [ -d $d ] && [ ! -L $d ] && (: >$d/.probe) 2>/dev/null && rm $d/.probe && echo $d; done; :',
    holds: (printed) =>
      printed.split('\n').every((folder) => ['', '/workspace', '/home', '/tmp'].includes(folder)),
    whatToDo: 'Use an image whose top-level folders belong to root.',
  },
  {
    claim: 'nothing of the host’s files is mounted',
    attempt:
      "awk '$1 ~ /^\\/dev/ { print $2 }' /proc/mounts | grep -v -e '^/etc/host' -e resolv.conf -e docker-init; :",
    holds: (printed) => printed === '',
    whatToDo: 'Look for a plug-in or a default of the engine that mounts folders into every container.',
  },
  {
    claim: 'no device can be made',
    attempt: 'mknod /tmp/probe b 8 0 2>/dev/null && echo made; :',
    holds: (printed) => printed === '',
    whatToDo: engineTooOld,
  },
  {
    claim: 'memory is limited',
    attempt: 'head -c 600000000 /dev/zero | tail -c 600000000 >/dev/null; echo "ended with $?"',
    holds: (printed) => !printed.endsWith('ended with 0'),
    whatToDo: 'Run the engine on a kernel with the memory controller (cgroup_enable=memory).',
  },
  {
    claim: 'a file can not grow without end',
    attempt:
      'ulimit -f; head -c 200000000 /dev/zero >/tmp/large 2>/dev/null; wc -c </tmp/large; rm -f /tmp/large',
    holds: (printed) => /^\d+\n\d+$/.test(printed) && !printed.endsWith('\n200000000'),
    whatToDo: engineTooOld,
  },
  {
    claim: 'the image has what the town’s tools need',
    attempt:
      'for tool in base64 cat find head mkdir rm setsid tail tar wc xargs; do command -v $tool >/dev/null || echo $tool; done; find / -maxdepth 0 -printf "" 2>&1',
    holds: (printed) => printed === '',
    whatToDo: 'Install coreutils, findutils, util-linux and GNU tar in the image.',
  },
  {
    claim: 'a container can not fill the disk',
    attempt: `i=0
while [ $i -lt 400 ]; do head -c 1000000 /dev/zero >/tmp/fill$i || break; sleep 0.02; i=$((i + 1)); done
echo "wrote $i MB"`,
    holds: (printed) => !printed.includes('wrote 400 MB'),
    endsBadly: true,
    whatToDo: 'Give the engine a disk of its own, so that containers can fill nothing else.',
  },
  {
    // Last: afterwards nothing starts in this container for a while.
    claim: 'processes are limited',
    attempt: `rm -f /tmp/fill*
sh -c 'i=0; while [ $i -lt 400 ]; do sleep 2 & i=$((i + 1)); done; echo started 400' 2>&1 | tail -n 1`,
    holds: (printed) => !printed.endsWith('started 400'),
    endsBadly: true,
    whatToDo: 'Run the engine on a kernel with the pids controller.',
  },
];

/** What in an environment looks like a secret. */
function secretsOf(env: NodeJS.ProcessEnv): string[] {
  return Object.entries(env).flatMap(([name, value]) =>
    value !== undefined && value.length >= 8 && /KEY|TOKEN|SECRET|PASSWORD|DOCKER_HOST/i.test(name)
      ? [value]
      : [],
  );
}
