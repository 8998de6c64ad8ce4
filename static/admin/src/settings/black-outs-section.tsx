import { ModalTransition } from '@atlaskit/modal-dialog';
import type { OrganizationBlackOuts, PolicySummary } from '../../gen/types';
import { AskedView } from '../asking/asked';
import { useAnswer } from '../asking/use-answer';
import { useDesk } from '../page/desk';
import { blackOutsOf, windowsText } from '../shown/black-outs';
import { Facts } from '../shown/facts';
import { Link } from '../shown/link';
import { OrderButton } from '../shown/order-button';
import { Section } from '../shown/section';
import { useDialog } from '../shown/use-dialog';
import { useTexts } from '../texts/use-texts';
import { BlackOutsDialog } from './black-outs-dialog';

interface BlackOutsSectionProps {
  blackOuts: OrganizationBlackOuts;
  onChange: () => void;
}

/** When policies start nothing: those of the organization, and what policies say besides in their own timetables. */
export function BlackOutsSection({ blackOuts, onChange }: BlackOutsSectionProps) {
  const { say } = useTexts();
  const { viewer } = useDesk();
  const asked = useAnswer<'policies'>({ command: 'policies' });
  const dialog = useDialog(onChange);
  const { zone, except = [] } = blackOuts;
  const windows = windowsText(except, viewer.locale, say);
  return (
    <Section
      title={say('settings.blackOuts')}
      actions={<OrderButton onClick={() => dialog.open(true)}>{say('settings.changeBlackOuts')}</OrderButton>}
    >
      <p>{say('settings.blackOutsText')}</p>
      <p>
        {except.length === 0
          ? say('settings.noOrganizationBlackOuts')
          : say('settings.organizationBlackOuts', { windows, zone })}
      </p>
      <AskedView asked={asked} what={say('settings.theBlackOuts')}>
        {({ policies }) => <BlackOutsOfPolicies policies={policies} />}
      </AskedView>
      <ModalTransition>
        {dialog.about && <BlackOutsDialog blackOuts={blackOuts} onDone={dialog.done} onClose={dialog.close} />}
      </ModalTransition>
    </Section>
  );
}

function BlackOutsOfPolicies({ policies }: { policies: PolicySummary[] }) {
  const { viewer } = useDesk();
  const { say, show } = useTexts();
  const having = policies.filter(({ policy }) => blackOutsOf(policy.schedule).length > 0);
  if (having.length === 0) {
    return (
      <p>{show('settings.noBlackOuts', { link: <Link to={{ page: 'policies' }}>{say('page.policies')}</Link> })}</p>
    );
  }
  return (
    <Facts
      facts={having.map(({ reference: { id, name }, policy }) => [
        name,
        <Link key={id} to={{ page: 'policy', id }}>
          {windowsText(blackOutsOf(policy.schedule), viewer.locale, say)}
        </Link>,
      ])}
    />
  );
}
