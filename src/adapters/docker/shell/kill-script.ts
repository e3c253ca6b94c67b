/**
 * Shell text that kills processes of the container. Each is stopped as soon as it is found, so that it can't start another
 * behind the back of the search, and what was found is killed once a search finds no more. With the leader of a group the
 * whole group is stopped, which no fork escapes: the kernel lets none through while a signal waits. Where a process goes away
 * while it is looked at, what it left may be newer than the list, and the search goes on, as long as that can be in earnest.
 * It ends when they are gone, or after a second or so: until somebody has waited for it, each counts as a process, and the
 * container may have room for no other. Uses only what every `sh` has (an image need not hold `ps` or `pkill`), and only what a shell does by itself: there
 * may be no process left to have. `choose` sees `$pid` and the fields of its stat line after the name: `$2` parent, `$3`
 * group, `$4` session; it says `continue` for what is to live.
 */
const kill = (choose: string): string => `
victims=' '
grown=1
searches=0
while [ "$grown" = 1 ]; do
  grown=0
  searches=$((searches + 1))
  for file in /proc/[0-9]*/stat; do
    { read -r line <"$file"; } 2>/dev/null || { [ "$searches" -lt 100 ] && grown=1; continue; }
    pid=\${line%% *}
    set -- \${line##*) }
    case "$victims" in *" $pid "*) continue ;; esac
    ${choose}
    victims="$victims$pid "
    grown=1
    case "$victims" in *" $3 "*) kill -STOP "-$3" 2>/dev/null ;; esac
    kill -STOP "$pid" 2>/dev/null
  done
done
for pid in $victims; do kill -KILL "$pid" 2>/dev/null; done
looks=0
for pid in $victims; do
  while [ -d "/proc/$pid" ] && [ "$looks" -lt 100000 ]; do looks=$((looks + 1)); done
done
:`;

/** Kills what the shell `lane` runs just now: its children, all their descendants and everything in their sessions. */
export const killCallOf = (lane: number): string =>
  kill(`[ "$pid" = ${lane} ] && continue
    if [ "$2" != ${lane} ]; then
      case "$victims" in *" $2 "* | *" $4 "*) ;; *) continue ;; esac
    fi`);

/** Kills everything but the container's own first processes, the shells `lanes` and the one that runs this text. */
export const killAllBut = (lanes: readonly number[]): string =>
  kill(`[ "$pid" = 1 ] || [ "$4" = 1 ] && continue
    case " ${lanes.join(' ')} $$ " in *" $pid "*) continue ;; esac`);
