import type { Context } from 'hono';
import type { Convoy } from '../../../domain/convoy/state.ts';
import type { Say } from '../dashboard-parts.ts';
import type { Person } from '../door/github/github-login.ts';
import { html } from '../layout/html.ts';
import { beadPath, convoyPath, numberAt } from '../paths.ts';

const longest = 4_000;

/** Says what a form asks for, and goes back to its page. */
export async function sayAnswer(
  context: Context,
  { stream }: Convoy,
  say: Say,
  by: Person | null,
): Promise<Response> {
  const { words } = await context.req.parseBody();
  const bead = numberAt(context.req.param('bead'));
  const back = bead === null ? convoyPath(stream) : beadPath(stream, bead);
  if (typeof words !== 'string' || words.trim() === '' || words.length > longest) {
    return context.html(html`<h1>There is nothing to say</h1><p><a href="${back}">Back</a></p>`, 422);
  }
  const said = await say({ stream, bead }, words, by);
  if (said.status === 'said') return context.redirect(back, 303);
  return context.html(html`<h1>Not said</h1><p>${said.reason}</p><p><a href="${back}">Back</a></p>`, 409);
}
