/** What a sandbox promises, and how to try to break it from inside. */
export interface Claim {
  readonly claim: string;
  /** Shell text, run as an agent's command would be. */
  readonly attempt: string;
  /** Whether what it printed shows that the promise holds. */
  readonly holds: (printed: string) => boolean;
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
    attempt: "grep NoNewPrivs /proc/self/status | tr -d '\\t'",
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
    attempt: 'ls /sys/class/net',
    holds: (printed) => printed === 'lo',
    whatToDo: 'Look for a plug-in of the engine that adds networks to containers.',
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
    claim: 'processes are limited',
    attempt: 'cat /sys/fs/cgroup/pids.max /sys/fs/cgroup/pids/pids.max 2>/dev/null | head -n 1',
    holds: (printed) => /^\d+$/.test(printed),
    whatToDo: 'Run the engine on a kernel with the pids controller.',
  },
  {
    claim: 'memory is limited',
    attempt:
      'cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes 2>/dev/null | head -n 1',
    holds: (printed) => /^\d+$/.test(printed) && Number(printed) < 2 ** 50,
    whatToDo: 'Run the engine on a kernel with the memory controller (cgroup_enable=memory).',
  },
  {
    claim: 'a file can not grow without end',
    attempt: 'ulimit -f',
    holds: (printed) => /^\d+$/.test(printed),
    whatToDo: engineTooOld,
  },
  {
    claim: 'the image has what the town’s tools need',
    attempt:
      'for tool in base64 cat find head mkdir rm setsid tail tar wc xargs; do command -v $tool >/dev/null || echo $tool; done; find / -maxdepth 0 -printf "" 2>&1',
    holds: (printed) => printed === '',
    whatToDo: 'Install coreutils, findutils, util-linux and GNU tar in the image.',
  },
];
