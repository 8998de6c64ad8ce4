import type { FieldDefinition, PersonFields } from '../../gen/types';

/** What the dialog's questions were answered with. */
export interface OwnValues {
  note?: string;
  [question: `field${number}`]: string | { value: string } | null | undefined;
}

/** The name of the question for a field, by its place: names of fields are free, and a form makes paths of dots. */
export const questionOf = (place: number): `field${number}` => `field${place}`;

/** What was answered otherwise than it is said now. */
export function changesOf(said: PersonFields, fields: readonly FieldDefinition[], answers: OwnValues): PersonFields {
  const before = new Map(said.values);
  const values = fields.flatMap(({ name }, place): [string, string][] => {
    const value = textOf(answers[questionOf(place)]);
    return value === (before.get(name) ?? '') ? [] : [[name, value]];
  });
  const note = answers.note?.trim() ?? '';
  return { account: said.account, values, note: note === (said.note ?? '') ? null : note };
}

function textOf(answer: OwnValues[`field${number}`]): string {
  return (typeof answer === 'object' && answer !== null ? answer.value : (answer ?? '')).trim();
}
