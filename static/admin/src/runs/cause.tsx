import type { Cause } from '../../gen/types';
import { Account } from '../shown/account';
import { Moment } from '../shown/moment';

/** Why a run exists. */
export function CauseText({ cause }: { cause: Cause }) {
  return cause.by === 'schedule' ? (
    <span>
      Schedule, due <Moment at={cause.due} />
    </span>
  ) : (
    <span>
      Started by <Account id={cause.account} />
    </span>
  );
}
