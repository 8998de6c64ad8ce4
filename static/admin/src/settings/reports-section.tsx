import { ModalTransition } from '@atlaskit/modal-dialog';
import { type ReactNode } from 'react';
import type { Settings } from '../../gen/types';
import { Account } from '../shown/account';
import { Facts } from '../shown/facts';
import { useIsUnreached } from '../shown/names';
import { OrderButton } from '../shown/order-button';
import { Section } from '../shown/section';
import { useDialog } from '../shown/use-dialog';
import type { Say } from '../texts/texts';
import { useTexts } from '../texts/use-texts';
import { ReportsDialog } from './reports-dialog';
import { USUAL_REPORTS, reportsFacts } from './reports-text';
import './reports-section.css';

/** Who among the administrators is told what is new, besides what the page shows. */
export function ReportsSection({ settings, onChange }: { settings: Settings; onChange: () => void }) {
  const { notices, roles } = settings;
  const { say } = useTexts();
  const reports = notices?.reports ?? USUAL_REPORTS;
  const people = reports.asComment && !reports.alsoMail ? [] : (reports.people ?? []);
  // Where nobody said who is told, those who may approve are told what waits for them.
  const approvers = notices && !notices.reports ? roles.approver?.name : undefined;
  const facts = reportsFacts(reports, say);
  if (approvers) facts[0] = [say('reports.told'), say('reports.approvers', { group: approvers })];
  const dialog = useDialog(onChange);
  return (
    <Section
      title={say('reports.title')}
      actions={
        <OrderButton
          disabledBecause={notices ? undefined : say('reports.issueFirst')}
          onClick={() => dialog.open(true)}
        >
          {say('reports.change')}
        </OrderButton>
      }
    >
      <p>{say('reports.meaning')}</p>
      <Facts facts={[...facts, ...(people.length > 0 ? [peopleFact(people, say)] : [])]} />
      <ModalTransition>
        {dialog.about && notices && (
          <ReportsDialog notices={notices} roles={roles} onDone={dialog.done} onClose={dialog.close} />
        )}
      </ModalTransition>
    </Section>
  );
}

/** Who is told by name. */
const peopleFact = (people: readonly string[], say: Say): [name: string, value: ReactNode] => [
  say('reports.people'),
  <ul key="people" className="reports-people">
    {people.map((account) => (
      <Recipient key={account} account={account} />
    ))}
  </ul>,
];

/** One of them, and whether mail reaches this person at all. */
function Recipient({ account }: { account: string }) {
  const { say } = useTexts();
  const isUnreached = useIsUnreached(account);
  return (
    <li>
      <Account id={account} />
      {isUnreached && <span className="reports-unreached">{say('reports.unreached')}</span>}
    </li>
  );
}
