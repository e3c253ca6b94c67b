import { forTerminal, onOneLine } from '../view/for-terminal.ts';
import { plain, quiet, type Tellers } from './tellers.ts';

/** What people and the crew say to each other, and what comes of it. */
export const crewTellers = {
  CrewAsked: ({ data }) =>
    plain(
      `hears from ${onOneLine(data.by, 40)} for ${onOneLine(data.name, 40)}: ${onOneLine(data.text, 200)}`,
    ),
  CrewAnswered: ({ data }) => ({ ...plain('answers'), body: forTerminal(data.text).trim() }),
  ConvoyProposed: ({ data }) =>
    plain(`proposes an order for ${onOneLine(data.name, 40)}: ${onOneLine(data.title, 200)}`),
  CrewWorkKept: ({ data }) => quiet(`keeps the work of ${onOneLine(data.name, 40)}`),
  CrewLanded: ({ data }) => plain(`makes bead ${data.bead} of the work of ${onOneLine(data.name, 40)}`),
} satisfies Tellers;
