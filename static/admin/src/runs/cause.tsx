import type { Cause } from '../../gen/types';
import { Account } from '../shown/account';
import { Moment } from '../shown/moment';
import { useTexts } from '../texts/use-texts';

/** Why a run exists. */
export function CauseText({ cause }: { cause: Cause }) {
  const { show } = useTexts();
  return (
    <span>
      {cause.by === 'schedule'
        ? show('runs.bySchedule', { when: <Moment at={cause.due} /> })
        : show('runs.startedBy', { who: <Account id={cause.account} /> })}
    </span>
  );
}
