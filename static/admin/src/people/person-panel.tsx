import Button from '@atlaskit/button/new';
import EmptyState from '@atlaskit/empty-state';
import { ModalTransition } from '@atlaskit/modal-dialog';
import { useMemo, useState } from 'react';
import type { FieldDefinition, PolicySummary, RosterPanel } from '../../gen/types';
import type { Roster } from '../core';
import { ExemptDialog } from '../exemptions/exempt-dialog';
import { OrderButton } from '../shown/order-button';
import { SidePanel } from '../shown/side-panel';
import { useTexts } from '../texts/use-texts';
import { PersonAccess } from './person-access';
import { PersonHistory } from './person-history';
import { PersonIdentity } from './person-identity';
import { PersonOwn } from './person-own';
import { PersonPolicies } from './person-policies';
import { PersonShelter } from './person-shelter';
import { PersonStages } from './person-stages';
import type { Shelters } from './use-shelters';
import './person-panel.css';

interface PersonPanelProps {
  roster: Roster;
  account: string;
  policies: readonly PolicySummary[];
  /** That the core was told of the lists and fields that the policies name; `undefined` until then. */
  told: object | undefined;
  shelters: Shelters | undefined;
  fields: readonly FieldDefinition[];
  isChosen: boolean;
  onChoose: (account: string) => void;
  /** Somebody was exempted. */
  onExempted: () => void;
  onClose: () => void;
}

/** Everything that is known of one person, and why policies mean them or not. */
export function PersonPanel({
  roster,
  account,
  policies,
  told,
  shelters,
  fields,
  isChosen,
  onChoose,
  onExempted,
  onClose,
}: PersonPanelProps) {
  const { say } = useTexts();
  const panel = useMemo(() => roster.person(account), [roster, account]);
  const [exempting, setExempting] = useState(false);
  const name = nameOf(panel) ?? account;
  return (
    <>
      <SidePanel title={name} subject={account} onClose={onClose}>
        {panel ? (
          <>
            <div className="person-head">
              <Button onClick={() => onChoose(account)}>
                {say(isChosen ? 'people.dropThis' : 'people.chooseThis')}
              </Button>
              <OrderButton label={say('people.exemptOf', { name })} onClick={() => setExempting(true)}>
                {say('people.exempt')}
              </OrderButton>
            </div>
            <PersonIdentity panel={panel} source={roster.source.source} />
            <PersonAccess panel={panel} now={roster.source.now} />
            <PersonOwn account={account} name={name} fields={fields} />
            <PersonShelter roster={roster} panel={panel} shelters={shelters} />
            <PersonPolicies roster={roster} account={account} policies={policies} told={told} />
            <PersonStages account={account} policies={policies} />
            <PersonHistory account={account} />
          </>
        ) : (
          <EmptyState
            header={say('people.noSuchPerson')}
            headingLevel={3}
            description={say('people.noSuchPersonText', { account })}
          />
        )}
      </SidePanel>
      <ModalTransition>
        {exempting && (
          <ExemptDialog account={account} name={name} onAdded={onExempted} onClose={() => setExempting(false)} />
        )}
      </ModalTransition>
    </>
  );
}

/** The name that any directory knows. */
function nameOf(panel: RosterPanel | null): string | undefined {
  const known = panel?.listings.find(({ name, email }) => name ?? email);
  return known?.name ?? known?.email ?? undefined;
}
