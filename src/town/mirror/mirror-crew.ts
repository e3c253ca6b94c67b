import { crewAnswer } from '../voice/crew-answer.ts';
import type { MirrorPass } from './mirror-convoy.ts';
import { tell } from './tell.ts';

/** Posts what the crew answered, each answer once. */
export async function mirrorCrew(pass: MirrorPass): Promise<void> {
  const { town, stream, hub } = pass;
  const { crew, opened } = pass.convoy();
  for (const member of crew.values()) {
    for (const [index, talk] of member.talk.entries()) {
      if (talk.answer === null) continue;
      const text = crewAnswer(member, talk, talk.answer);
      const subject = `crew ${member.name} ${index + 1}`;
      await tell(town, stream, hub, { issue: opened.issue, subject, text });
    }
  }
}
