import SectionMessage from '@atlaskit/section-message';
import type { SnapshotSummary } from '../../gen/types';
import { Account } from '../shown/account';
import { Moment } from '../shown/moment';
import { OrderButton } from '../shown/order-button';
import { sentence } from '../shown/sentence';
import { openSuspicions } from './open-suspicions';
import { useTexts } from '../texts/use-texts';
import './suspicions.css';

interface SuspicionsProps {
  snapshot: SnapshotSummary;
  onAccept: () => void;
}

/** Why nothing may be done on the grounds of a reading, and what to do about each reason. */
export function Suspicions({ snapshot, onAccept }: SuspicionsProps) {
  const { say, show } = useTexts();
  if (snapshot.suspicions.length === 0) return null;
  const open = openSuspicions(snapshot);
  const isSuspect = open.length > 0;
  return (
    <SectionMessage
      appearance={isSuspect ? 'warning' : 'information'}
      title={say(isSuspect ? 'known.suspect' : 'known.wasSuspect')}
    >
      <div className="suspicions">
        <ul>
          {snapshot.suspicions.map((suspicion) => (
            <li key={`${suspicion.code} ${suspicion.text}`}>
              <strong>{sentence(suspicion.text)}</strong>{' '}
              {open.includes(suspicion) && say(`known.suspicion.${suspicion.code}`)}
            </li>
          ))}
        </ul>
        {snapshot.accepted && (
          <p>
            {show('known.saidRightBy', {
              who: <Account id={snapshot.accepted.by} />,
              when: <Moment at={snapshot.accepted.at} />,
              reason: snapshot.accepted.reason,
            })}
          </p>
        )}
        {isSuspect && <p>{say('known.dryRunsUseIt')}</p>}
        {open.some(({ code }) => code === 'jump') && (
          <div>
            <OrderButton onClick={onAccept} label={say('known.thisIsRightLabel')}>
              {say('known.thisIsRight')}
            </OrderButton>
          </div>
        )}
      </div>
    </SectionMessage>
  );
}
