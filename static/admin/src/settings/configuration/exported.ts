import { Failure } from '../../failure';
import type { AnswerTo, Call } from '../../protocol';
import { textHash } from './text-hash';

/** The configuration's whole text. */
export interface Exported {
  text: string;
  made: string;
}

/** A text that changes while it is read is read anew so many times. */
const READINGS = 3;

/** Reads the configuration's text part by part; `progress` is told how much of it is here, from 0 to 1. */
export async function exported(call: Call, progress: (share: number) => void): Promise<Exported> {
  for (let reading = 0; reading < READINGS; reading += 1) {
    const read = await readOnce(call, progress);
    if (read) return read;
  }
  throw new Failure({
    code: 'changed-meanwhile',
    message: (say) => say('configuration.changedMeanwhile'),
    hint: (say) => say('configuration.changedMeanwhileHint'),
  });
}

/** Nothing where the parts do not belong together. */
async function readOnce(call: Call, progress: (share: number) => void): Promise<Exported | undefined> {
  let text = '';
  let first: AnswerTo<'export'> | undefined;
  for (let part = 0; part < (first?.parts ?? 1); part += 1) {
    const answer: AnswerTo<'export'> = await call<'export'>({ command: 'export', part, made: first?.made ?? null });
    first ??= answer;
    if (answer.hash !== first.hash) return undefined;
    text += answer.text;
    progress((part + 1) / answer.parts);
  }
  return first && (await textHash(text)) === first.hash ? { text, made: first.made } : undefined;
}
