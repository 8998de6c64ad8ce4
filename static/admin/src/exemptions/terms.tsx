import type { Exemption } from '../../gen/types';
import { Account } from '../shown/account';
import { CalendarDay } from '../shown/moment';
import { useTexts } from '../texts/use-texts';
import './exemptions.css';

/** How long an exemption lasts, who answers for it, and from which policies it shelters. */
export function Terms({ exemption: { expires, owner, ownerName, policies } }: { exemption: Exemption }) {
  const { say, show } = useTexts();
  return (
    <div className="exempt-terms">
      <span>{expires ? <CalendarDay at={expires} /> : say('exemptions.untilRemoved')}</span>
      {owner && <span>{show('exemptions.ownedBy', { who: <Account id={owner} name={ownerName} /> })}</span>}
      {policies.length > 0 && <span>{say('exemptions.onlyFor', { policies: policies.join(', ') })}</span>}
    </div>
  );
}
