import { commandTable } from '../../../domain/commands/command-table.ts';
import { type Html, html } from '../layout/html.ts';
import { beadPath, convoyPath } from '../paths.ts';

/** What a person may say about a convoy or a bead: the same commands as in a comment, and they go the same way. */
export function sayForm(stream: string, bead: number | null): Html {
  const scope = bead === null ? 'convoy' : 'bead';
  const commands = commandTable.filter((entry) => entry.scope === scope || entry.scope === 'any');
  const action = `${bead === null ? convoyPath(stream) : beadPath(stream, bead)}/say`;
  return html`<section aria-labelledby="say"><h2 id="say">Say something</h2>
<form class="say" method="post" action="${action}">
<label>Command about this ${scope}<input name="words" required maxlength="4000" list="commands" autocomplete="off" placeholder="/${commands[1]?.name ?? 'status'}"></label>
<datalist id="commands">${commands.map(
    ({ name, argument, does }) =>
      html`<option value="/${name}${argument === '' ? '' : ' '}">${does}</option>`,
  )}</datalist>
<button type="submit">Say it</button>
</form></section>`;
}
