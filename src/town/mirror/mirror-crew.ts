import { crewAnswer } from '../voice/crew-answer.ts';
import type { MirrorPass } from './mirror-convoy.ts';
import { openProposal } from './open-proposal.ts';
import { tell } from './tell.ts';

/** Posts what the crew answered and opens an issue for each order that it proposes, each once. */
export async function mirrorCrew(pass: MirrorPass): Promise<void> {
  const { town, stream, hub } = pass;
  const { crew, opened } = pass.convoy();
  for (const member of crew.values()) {
    for (const [index, proposed] of member.proposed.entries())
      await openProposal(pass, { name: member.name, number: index + 1, ...proposed });
    for (const [index, talk] of member.talk.entries()) {
      if (talk.answer === null) continue;
      const text = crewAnswer(member, talk, talk.answer);
      const subject = `crew ${member.name} ${index + 1}`;
      await tell(town, stream, hub, { issue: opened.issue, subject, text });
    }
  }
}
