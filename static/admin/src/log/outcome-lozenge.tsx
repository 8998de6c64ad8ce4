import Lozenge from '@atlaskit/lozenge';
import { useTexts } from '../texts/use-texts';
import type { Outcome } from './outcome';

const LOOKS = {
  done: 'success',
  already: 'success',
  intent: 'inprogress',
  failed: 'removed',
  'not-done': 'default',
  skipped: 'default',
} as const satisfies Record<Outcome, 'default' | 'inprogress' | 'removed' | 'success'>;

const isOutcome = (outcome: string): outcome is Outcome => outcome in LOOKS;

/** How something ended; what this page has no word for is shown as it stands. */
export function OutcomeLozenge({ outcome }: { outcome: string }) {
  const { say } = useTexts();
  if (!isOutcome(outcome)) return <Lozenge>{outcome}</Lozenge>;
  return <Lozenge appearance={LOOKS[outcome]}>{say(`log.outcome.${outcome}`)}</Lozenge>;
}
