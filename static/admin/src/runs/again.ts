import type { Act, Errand, NamedPerson, Run } from '../../gen/types';
import { nameOfAct } from './act-text';
import { atWork, awaitsDecision } from './at-work';

/** How what a run left undone is done after all. */
export type Again =
  /** Takes the same run back once more; whoever has everything back is not meant again. */
  | { way: 'undo'; run: string; steps: number[]; failed: NamedPerson[]; preview: boolean }
  /** The same by hand, for those who failed. */
  | { way: 'byHand'; errand: Errand; failed: NamedPerson[]; takesAccess: boolean }
  /** By hand, and no command says it again. */
  | { way: 'choose'; failed: NamedPerson[] }
  /** The policy runs again, over everybody whom it means then. */
  | { way: 'policy'; policy: string; failed: NamedPerson[] };

/** What can follow a run that is over: after a dry run of an undo the undo itself, after failures another try. */
export function againOf(run: Run, people: readonly NamedPerson[]): Again | undefined {
  if (atWork(run) || awaitsDecision(run)) return undefined;
  const failed = people.filter(({ fate }) => fate === 'failed');
  const preview = run.state === 'previewed';
  if (run.undoes && (preview || failed.length > 0)) {
    return { way: 'undo', run: run.undoes.run, steps: run.undoes.steps, failed, preview };
  }
  if (run.dry || failed.length === 0) return undefined;
  if (run.byHand === undefined) return { way: 'policy', policy: run.policy.id, failed };
  const errand = errandOf(failed);
  return errand ? { way: 'byHand', failed, ...errand } : { way: 'choose', failed };
}

/** Acts that a stage says with their names alone. */
const PLAIN = ['suspend', 'deactivate', 'removeFromOrganization', 'delete'];

/** What was to be done to all of them, where one errand says it. */
function errandOf(failed: readonly NamedPerson[]): { errand: Errand; takesAccess: boolean } | undefined {
  const [first, ...others] = new Set(failed.map(({ acts = [] }) => acts.map((act: Act) => nameOfAct(act)).join(' ')));
  if (first === undefined || others.length > 0) return undefined;
  if (PLAIN.includes(first)) {
    const stage = JSON.stringify({ after: '0d', do: first });
    return { errand: { stage: { stage } }, takesAccess: true };
  }
  if (first === 'revokeTokens') return { errand: { revokeTokens: {} }, takesAccess: false };
  const emails = failed.flatMap(({ newEmail }) => (newEmail ? [newEmail] : []));
  return first === 'setEmail' && emails.length === failed.length
    ? { errand: { setEmail: { emails } }, takesAccess: false }
    : undefined;
}
