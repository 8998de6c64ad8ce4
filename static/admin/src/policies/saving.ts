import type { PolicyReference } from '../../gen/types';
import { Failure } from '../failure';
import { readDocument, textOf } from './json';

/**
 * The revision that a text is to follow: the one that it was made from, or 0 for a policy that must be new. A text whose
 * id was changed is a new policy.
 */
export function followed(text: string, loaded: PolicyReference | undefined): number {
  return loaded && textOf(readDocument(text)?.['id']) === loaded.id ? loaded.revision : 0;
}

/** Why a text was not stored, with what to do about it on this page. */
export function notSaved(failure: Failure, text: string): Failure {
  const { code } = failure;
  const id = textOf(readDocument(text)?.['id']);
  switch (code) {
    case 'policy-exists':
      return new Failure({
        code,
        message: (say) => say('policies.idTaken', { id }),
        hint: (say) => say('policies.idTakenHint'),
      });
    case 'policy-changed':
      return new Failure({
        code,
        message: (say) => say('policies.changedMeanwhile', { id }),
        hint: (say) => say('policies.changedMeanwhileHint'),
      });
    case 'policy-deleted':
      return new Failure({
        code,
        message: (say) => say('policies.deletedMeanwhile', { id }),
        hint: (say) => say('policies.deletedMeanwhileHint'),
      });
    default:
      return failure;
  }
}
