import type { Convoy } from '../../domain/convoy/state.ts';
import type { CrewMember, CrewTalk } from '../../domain/crew/crew-state.ts';

const answerLengthShown = 2000;
const talksShown = 6;

/** A member's first message: who it is, where it works, and what it is asked. */
export function crewBriefing(convoy: Convoy, member: CrewMember, memory: string | null): string {
  const { repository, issue, title, settings } = convoy.opened;
  const earlier = member.talk.filter((talk) => talk.answer !== null).slice(-talksShown);
  const first = member.talk.find((talk) => talk.answer === null);
  const parts = [
    `You are ${member.name}, of the crew of ${repository.owner}/${repository.name}. Your branch lies in /workspace. You are spoken to on issue #${issue}: ${title}`,
    `What must pass on what lands: ${settings.verify ?? '(no command is known)'}`,
    memory === null ? '' : `AGENTS.md:\n${memory}`,
    earlier.length === 0
      ? ''
      : `An earlier conversation came to its end. Its last words:\n${earlier.map(told).join('\n\n')}`,
    first === undefined ? '' : questionText(first),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

export const questionText = ({ by, text }: CrewTalk): string => `${by} says:\n${text}`;

const told = (talk: CrewTalk): string =>
  `${questionText(talk)}\nYou answered:\n${(talk.answer ?? '').slice(0, answerLengthShown)}`;
