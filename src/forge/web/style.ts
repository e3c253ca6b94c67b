/** The pages' only stylesheet. */
export const style = `
:root { color-scheme: light dark; --line: #8884; --add: #2ea04333; --del: #f8514933; --soft: #8882; }
* { box-sizing: border-box; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 68rem; padding: 1rem 1.5rem 4rem; }
header { display: flex; gap: 1.25rem; align-items: baseline; border-bottom: 1px solid var(--line); padding-bottom: .6rem; margin-bottom: 1rem; flex-wrap: wrap; }
header strong { font-size: 1.1rem; }
header .who { margin-left: auto; opacity: .7; }
h1 { font-size: 1.5rem; margin: .5rem 0; } h1 .number, .soft { opacity: .65; font-weight: normal; }
h2 { font-size: 1.05rem; margin: 1.6rem 0 .4rem; }
a { color: #0969da; text-decoration: none; } a:hover { text-decoration: underline; }
.row { display: flex; gap: 1.25rem; flex-wrap: wrap; align-items: center; }
header .who form { margin: 0; } header .who select { padding: .1rem .4rem; } header .who button { padding: .1rem .6rem; }
button { border: 1px solid var(--line); border-radius: 6px; background: var(--soft); cursor: pointer; } button.main { background: #1f883d; color: #fff; }
input, select, textarea { border: 1px solid var(--line); border-radius: 6px; background: Canvas; color: CanvasText; }
.markdown > :first-child { margin-top: 0; } .markdown > :last-child { margin-bottom: 0; } .markdown { white-space: normal; }
.markdown pre { overflow-x: auto; background: var(--soft); padding: .6rem .8rem; border-radius: 6px; }
pre.log { font: 12.5px/1.5 ui-monospace, monospace; overflow-x: auto; margin: 0; }
@media (prefers-color-scheme: dark) { a { color: #58a6ff; } }
table { border-collapse: collapse; width: 100%; } td, th { text-align: left; padding: .4rem .5rem; border-bottom: 1px solid var(--line); vertical-align: top; }
main > table td:first-child { width: 1%; white-space: nowrap; } .markdown table { width: auto; }
.box { border: 1px solid var(--line); border-radius: 6px; margin: .8rem 0; overflow: hidden; }
.box > .head { background: var(--soft); padding: .35rem .8rem; } .box > .body { padding: .6rem .8rem; white-space: pre-wrap; overflow-wrap: anywhere; }
.label, .state { display: inline-block; border-radius: 1rem; padding: 0 .6rem; border: 1px solid var(--line); font-size: .85rem; }
.state.open { background: #2ea04355; } .state.closed { background: #8957e555; } .state.failure, .state.startup_failure { background: #f8514955; } .state.success { background: #2ea04355; }
pre.diff { margin: 0; font: 12.5px/1.45 ui-monospace, monospace; overflow-x: auto; } pre.diff span { display: block; padding: 0 .8rem; min-height: 1.45em; white-space: pre; }
pre.diff .add { background: var(--add); } pre.diff .del { background: var(--del); } pre.diff .hunk { background: var(--soft); opacity: .8; }
form { margin: .6rem 0; display: flex; gap: .5rem; flex-wrap: wrap; } form.wide { flex-direction: column; align-items: flex-start; }
textarea { width: 100%; min-height: 5rem; font: inherit; padding: .4rem; } button, input, select { font: inherit; padding: .25rem .8rem; }
.notice { border-left: 4px solid #d29922; padding: .3rem .8rem; background: var(--soft); }
`;
