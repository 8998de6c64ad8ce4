import ProgressBar from '@atlaskit/progress-bar';
import SectionMessage from '@atlaskit/section-message';
import { useEffect } from 'react';
import { FailureMessage } from '../../asking/failure-message';
import { useDesk } from '../../page/desk';
import { useRoster } from '../../people/use-roster';
import { useTexts } from '../../texts/use-texts';
import { useAccounts } from './use-accounts';

interface AddressLookupProps {
  onAccounts: (accounts: ReadonlyMap<string, string>) => void;
}

/** Looks up whose addresses a file names, among everybody of the newest reading. */
export function AddressLookup({ onAccounts }: AddressLookupProps) {
  const { core } = useDesk();
  const { say } = useTexts();
  if (core.place === 'page') return <Lookup onAccounts={onAccounts} />;
  return (
    <SectionMessage appearance="warning" title={say('fields.noAddresses')}>
      <p>{say('fields.noAddressesText')}</p>
    </SectionMessage>
  );
}

function Lookup({ onAccounts }: AddressLookupProps) {
  const { say } = useTexts();
  const { roster, failure, progress, again } = useRoster();
  const accounts = useAccounts(roster);
  useEffect(() => {
    if (accounts) onAccounts(accounts);
  }, [accounts, onAccounts]);
  if (failure) return <FailureMessage failure={failure} title={say('fields.noAddresses')} again={again} />;
  if (accounts) return null;
  return (
    <div role="status">
      <p>{say('fields.lookingUp')}</p>
      <ProgressBar value={progress} ariaLabel={say('fields.lookingUp')} />
    </div>
  );
}
