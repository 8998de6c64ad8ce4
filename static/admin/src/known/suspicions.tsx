import SectionMessage from '@atlaskit/section-message';
import type { SnapshotSummary, SuspicionCode } from '../../gen/types';
import { Account } from '../shown/account';
import { Moment } from '../shown/moment';
import { OrderButton } from '../shown/order-button';
import { sentence } from '../shown/sentence';
import { openSuspicions } from './open-suspicions';
import './suspicions.css';

const WHAT_TO_DO: Record<SuspicionCode, string> = {
  source: 'Connect the organization with its API key: nothing can be done to anybody on this ground.',
  users: 'Read again. If people are still missing, look at the directories below: the key may not see all of them.',
  activity:
    'Wait until the people below were asked one by one, or read again. Whoever is not known is not acted on either way.',
  jump: 'Compare some of these people with admin.atlassian.com. If they really were away, say that the reading is right.',
};

interface SuspicionsProps {
  snapshot: SnapshotSummary;
  onAccept: () => void;
}

/** Why nothing may be done on the grounds of a reading, and what to do about each reason. */
export function Suspicions({ snapshot, onAccept }: SuspicionsProps) {
  if (snapshot.suspicions.length === 0) return null;
  const open = openSuspicions(snapshot);
  const isSuspect = open.length > 0;
  return (
    <SectionMessage
      appearance={isSuspect ? 'warning' : 'information'}
      title={isSuspect ? 'This reading is suspect' : 'This reading was suspect, and somebody said that it is right'}
    >
      <div className="suspicions">
        <ul>
          {snapshot.suspicions.map((suspicion) => (
            <li key={`${suspicion.code} ${suspicion.text}`}>
              <strong>{sentence(suspicion.text)}</strong> {open.includes(suspicion) && WHAT_TO_DO[suspicion.code]}
            </li>
          ))}
        </ul>
        {snapshot.accepted && (
          <p>
            Said to be right by <Account id={snapshot.accepted.by} />, <Moment at={snapshot.accepted.at} />:{' '}
            {snapshot.accepted.reason}
          </p>
        )}
        {isSuspect && <p>Dry runs use it; runs that act wait for a reading that is not suspect.</p>}
        {open.some(({ code }) => code === 'jump') && (
          <div>
            <OrderButton onClick={onAccept} label="This is right: accept the jump of idle people">
              This is right
            </OrderButton>
          </div>
        )}
      </div>
    </SectionMessage>
  );
}
