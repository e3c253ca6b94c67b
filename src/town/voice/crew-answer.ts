import type { CrewMember, CrewTalk } from '../../domain/crew/crew-state.ts';
import { inlineUntrusted, quoteUntrusted } from '../../domain/text/quote-untrusted.ts';

const answerLengthMax = 20_000;

/** A crew member's answer, in its own words, quoted, and how to go on. */
export function crewAnswer(member: CrewMember, talk: CrewTalk, answer: string): string {
  const changed = member.commit !== null && member.commit !== member.landed;
  const next = changed ? ` \`/crew ${member.name} land\` makes a bead of what it changed.` : '';
  return `**${member.name}** answers ${inlineUntrusted(talk.by, 60)}:\n\n${quoteUntrusted(answer, answerLengthMax)}\n\n<sub>\`/crew ${member.name}: …\` goes on.${next}</sub>`;
}
