import type { FoldedEventOf } from '../event.ts';

/** Something that a person said to a member; `answer` is null until it was answered. */
export interface CrewTalk {
  readonly by: string;
  readonly text: string;
  readonly answer: string | null;
}

export interface CrewMember {
  readonly name: string;
  /** Its conversation; null before its first. */
  readonly session: string | null;
  /** Where its branch starts. */
  readonly base: string | null;
  /** What its container began with; null where it has none. */
  readonly from: string | null;
  /** Its branch as it was kept last; null: nothing was changed yet. */
  readonly commit: string | null;
  readonly files: number;
  readonly landed: string | null;
  readonly talk: readonly CrewTalk[];
  /** The orders that it proposed, as text; people decide about the issues that show them. */
  readonly proposed: readonly { readonly title: string; readonly body: string }[];
  /** When it last answered, or was first asked. */
  readonly heardAt: string;
}

export type Crew = ReadonlyMap<string, CrewMember>;

const crewEvents = [
  'CrewAsked',
  'CrewStarted',
  'CrewHoused',
  'CrewRested',
  'CrewWorkKept',
  'CrewAnswered',
  'ConvoyProposed',
  'CrewLanded',
] as const;
type CrewEvent = FoldedEventOf<(typeof crewEvents)[number]>;

export function isCrewEvent(event: { readonly type: string }): event is CrewEvent {
  return (crewEvents as readonly string[]).includes(event.type);
}

export function evolveCrew(crew: Crew, event: CrewEvent): Crew {
  const { name } = event.data;
  const before = crew.get(name) ?? newcomer(name, event.at);
  return new Map(crew).set(name, { ...before, ...changeOf(before, event) });
}

function newcomer(name: string, at: string): CrewMember {
  return {
    name,
    session: null,
    base: null,
    from: null,
    commit: null,
    files: 0,
    landed: null,
    talk: [],
    proposed: [],
    heardAt: at,
  };
}

function changeOf(member: CrewMember, event: CrewEvent): Partial<CrewMember> {
  switch (event.type) {
    case 'CrewAsked': {
      const { by, text } = event.data;
      return { talk: [...member.talk, { by, text, answer: null }], heardAt: event.at };
    }
    case 'CrewStarted':
      return { session: event.data.session, base: member.base ?? event.data.base };
    case 'CrewHoused':
      return { from: event.data.from };
    case 'CrewRested':
      return { from: null };
    case 'CrewWorkKept':
      return { commit: event.data.commit, files: event.data.files };
    case 'CrewAnswered':
      return { talk: answered(member.talk, event.data.text), heardAt: event.at };
    case 'ConvoyProposed': {
      const { title, body } = event.data;
      return { proposed: [...member.proposed, { title, body }] };
    }
    case 'CrewLanded':
      return { landed: event.data.commit };
  }
}

function answered(talk: readonly CrewTalk[], answer: string): readonly CrewTalk[] {
  const at = talk.findIndex((one) => one.answer === null);
  return talk.map((one, index) => (index === at ? { ...one, answer } : one));
}

/** What a member was asked and has not answered yet, and which of all the questions it is (from 0); null when it has answered all. */
export function openQuestion(member: CrewMember): { readonly index: number; readonly talk: CrewTalk } | null {
  const index = member.talk.findIndex((one) => one.answer === null);
  const talk = member.talk[index];
  return talk === undefined ? null : { index, talk };
}

/** It has something to answer, or a container that is to be cleared away when it has been idle for long enough. */
export const isCrewDue = (member: CrewMember): boolean =>
  openQuestion(member) !== null || member.from !== null;
