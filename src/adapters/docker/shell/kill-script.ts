/**
 * Shell text that kills, at once, what the shell `lane` runs just now: its children, all their descendants and everything
 * in their sessions. Uses only what every `sh` has, since an image need not hold `ps` or `pkill`.
 */
export const killScript = (lane: number): string => `
victims=' '
grown=1
while [ "$grown" = 1 ]; do
  grown=0
  for file in /proc/[0-9]*/stat; do
    { read -r line <"$file"; } 2>/dev/null || continue
    pid=\${line%% *}
    set -- \${line##*) }
    case "$victims" in *" $pid "*) continue ;; esac
    [ "$pid" = ${lane} ] && continue
    if [ "$2" = ${lane} ]; then victims="$victims$pid "; grown=1; continue; fi
    case "$victims" in *" $2 "* | *" $4 "*) victims="$victims$pid "; grown=1 ;; esac
  done
done
for pid in $victims; do kill -KILL "$pid" 2>/dev/null; done
:`;
