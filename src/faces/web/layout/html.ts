import { html } from 'hono/html';

/** Markup whose values were escaped by the template that made it. */
export type Html = ReturnType<typeof html>;

export { html };
