import type { Exemption } from '../../gen/types';
import { Account } from '../shown/account';
import { CalendarDay } from '../shown/moment';
import './exemptions.css';

/** How long an exemption lasts, who answers for it, and from which policies it shelters. */
export function Terms({ exemption: { expires, owner, ownerName, policies } }: { exemption: Exemption }) {
  return (
    <div className="exempt-terms">
      <span>{expires ? <CalendarDay at={expires} /> : 'Until it is removed'}</span>
      {owner && (
        <span>
          Owner: <Account id={owner} name={ownerName} />
        </span>
      )}
      {policies.length > 0 && <span>Only for {policies.join(', ')}</span>}
    </div>
  );
}
