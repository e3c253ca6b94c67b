import { marked, type Token, type Tokens } from 'marked';
import { type Html, html } from '../layout/html.ts';

/**
 * What an agent said, as markup. Only elements named here are made, and all text goes through the escaping template: markup
 * in the text, images and addresses other than the web's come out as the text that they are.
 */
export function markdown(text: string): Html {
  return html`<div class="said">${blocks(marked.lexer(text))}</div>`;
}

const blocks = (tokens: readonly Token[]): Html[] => tokens.map(block);

function block(token: Token): Html {
  switch (token.type) {
    case 'space':
      return html``;
    case 'heading':
      return html`<p class="heading">${inlineOf(token)}</p>`;
    case 'code':
      return html`<pre tabindex="0"><code>${token.text}</code></pre>`;
    case 'blockquote':
      return html`<blockquote>${blocks(token.tokens ?? [])}</blockquote>`;
    case 'list':
      return list(token as Tokens.List);
    case 'table':
      return table(token as Tokens.Table);
    case 'hr':
      return html`<hr>`;
    case 'paragraph':
      return html`<p>${inlineOf(token)}</p>`;
    default:
      return inline(token);
  }
}

function list({ ordered, items }: Tokens.List): Html {
  const rows = items.map((item) => html`<li>${blocks(item.tokens)}</li>`);
  return ordered ? html`<ol>${rows}</ol>` : html`<ul>${rows}</ul>`;
}

function table({ header, rows }: Tokens.Table): Html {
  const head = header.map((cell) => html`<th scope="col">${cell.tokens.map(inline)}</th>`);
  const body = rows.map(
    (row) => html`<tr>${row.map((cell) => html`<td>${cell.tokens.map(inline)}</td>`)}</tr>`,
  );
  return html`<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
}

function inlineOf(token: Token): Html[] {
  return 'tokens' in token && token.tokens ? token.tokens.map(inline) : [html`${rawOf(token)}`];
}

function inline(token: Token): Html {
  switch (token.type) {
    case 'strong':
      return html`<strong>${inlineOf(token)}</strong>`;
    case 'em':
      return html`<em>${inlineOf(token)}</em>`;
    case 'del':
      return html`<del>${inlineOf(token)}</del>`;
    case 'codespan':
      return html`<code>${token.text}</code>`;
    case 'br':
      return html`<br>`;
    case 'link':
      return link(token as Tokens.Link);
    case 'text':
      return 'tokens' in token && token.tokens ? html`${token.tokens.map(inline)}` : html`${rawOf(token)}`;
    default:
      return html`${rawOf(token)}`;
  }
}

function link(token: Tokens.Link): Html {
  if (!/^https?:\/\//i.test(token.href)) return html`${rawOf(token)}`;
  return html`<a href="${token.href}" rel="nofollow noopener noreferrer">${inlineOf(token)}</a>`;
}

/** The text as it was written: the lexer's own text has entities in it, which the template would show as such. */
const rawOf = (token: Token): string => token.raw;
