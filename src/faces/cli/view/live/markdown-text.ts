import { Box, Text } from 'ink';
import { marked, type Token, type Tokens } from 'marked';
import { createElement as h, type ReactElement, type ReactNode } from 'react';

/** What an agent said, with its Markdown shown as a terminal can: weight, colour, bullets. The text must be safe for a terminal. */
export function MarkdownText({ text }: { readonly text: string }): ReactElement {
  return h(
    Box,
    { flexDirection: 'column' },
    ...marked.lexer(text).map((token, index) => block(token, index)),
  );
}

function block(token: Token, key: number): ReactElement | null {
  switch (token.type) {
    case 'space':
      return null;
    case 'heading':
      return h(Text, { key, bold: true, underline: true }, ...inlineOf(token));
    case 'code':
      return h(Box, { key, marginLeft: 2 }, h(Text, { color: 'cyan' }, token.text));
    case 'list':
      return h(Box, { key, flexDirection: 'column' }, ...listItems(token as Tokens.List));
    case 'blockquote':
      return h(Box, { key, marginLeft: 2, flexDirection: 'column' }, ...(token.tokens ?? []).map(block));
    case 'hr':
      return h(Text, { key, color: 'gray' }, '────');
    case 'paragraph':
      return h(Text, { key }, ...inlineOf(token));
    default:
      return h(Text, { key }, inline(token, 0));
  }
}

function listItems({ ordered, start, items }: Tokens.List): ReactElement[] {
  return items.map((item, index) => {
    const bullet = ordered ? `${Number(start) + index}. ` : '• ';
    return h(
      Box,
      { key: index },
      h(Box, { flexShrink: 0 }, h(Text, { color: 'gray' }, bullet)),
      h(Box, { flexDirection: 'column', flexGrow: 1, flexShrink: 1 }, ...item.tokens.map(block)),
    );
  });
}

function inlineOf(token: Token): ReactNode[] {
  return 'tokens' in token && token.tokens ? token.tokens.map(inline) : [token.raw];
}

function inline(token: Token, key: number): ReactNode {
  switch (token.type) {
    case 'strong':
      return h(Text, { key, bold: true }, ...inlineOf(token));
    case 'em':
      return h(Text, { key, italic: true }, ...inlineOf(token));
    case 'del':
      return h(Text, { key, strikethrough: true }, ...inlineOf(token));
    case 'codespan':
      return h(Text, { key, color: 'cyan' }, token.text);
    case 'br':
      return '\n';
    case 'text':
      return 'tokens' in token && token.tokens ? h(Text, { key }, ...inlineOf(token)) : token.raw;
    default:
      // Links, images and markup are shown as they were written: on a terminal the address is what counts.
      return token.raw;
  }
}
