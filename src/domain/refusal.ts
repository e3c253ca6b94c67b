/** Why a command was refused: the rule's name for programs, a sentence for people and models. */
export interface Refusal {
  readonly rule: string;
  readonly text: string;
}

export const refusal = (rule: string, text: string): Refusal => ({ rule, text });
