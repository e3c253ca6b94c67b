import { crewAnswer } from '../voice/crew-answer.ts';
import type { MirrorPass } from './mirror-convoy.ts';
import { postOnce } from './post-once.ts';

/** Posts what the crew answered, each answer once. */
export async function mirrorCrew(pass: MirrorPass): Promise<void> {
  for (const member of pass.convoy().crew.values()) {
    for (const [index, talk] of member.talk.entries()) {
      if (talk.answer === null) continue;
      const text = crewAnswer(member, talk, talk.answer);
      await postOnce(pass, `crew ${member.name} ${index + 1}`, text);
    }
  }
}
