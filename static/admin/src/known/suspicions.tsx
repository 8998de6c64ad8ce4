import SectionMessage from '@atlaskit/section-message';
import type { SnapshotSummary, SuspicionCode } from '../../gen/types';
import { Account } from '../shown/account';
import { Moment } from '../shown/moment';
import { OrderButton } from '../shown/order-button';
import { sentence } from '../shown/sentence';
import './suspicions.css';

const WHAT_TO_DO: Record<SuspicionCode, string> = {
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
export function Suspicions({ snapshot: { suspicions, accepted }, onAccept }: SuspicionsProps) {
  if (suspicions.length === 0) return null;
  const acceptable = !accepted && suspicions.some(({ code }) => code === 'jump');
  return (
    <SectionMessage
      appearance={accepted ? 'information' : 'warning'}
      title={accepted ? 'This reading was suspect, and somebody said that it is right' : 'This reading is suspect'}
    >
      <div className="suspicions">
        <ul>
          {suspicions.map(({ code, text }) => (
            <li key={code}>
              <strong>{sentence(text)}</strong> {!accepted && WHAT_TO_DO[code]}
            </li>
          ))}
        </ul>
        {accepted ? (
          <p>
            <Account id={accepted.by} />, <Moment at={accepted.at} />: {accepted.reason}
          </p>
        ) : (
          <p>Dry runs use it; runs that act wait for a reading that is not suspect.</p>
        )}
        {acceptable && (
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
