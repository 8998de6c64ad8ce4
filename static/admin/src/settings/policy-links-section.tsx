import { ModalTransition } from '@atlaskit/modal-dialog';
import type { LogIns, Notices, PolicySummary, Settings } from '../../gen/types';
import { AskedView } from '../asking/asked';
import { useAnswer } from '../asking/use-answer';
import { FilledTable } from '../shown/filled-table';
import { OrderButton } from '../shown/order-button';
import { Section } from '../shown/section';
import { useDialog } from '../shown/use-dialog';
import type { Say } from '../texts/texts';
import { useTexts } from '../texts/use-texts';
import { backText } from './back-text';
import { keepText } from './keep-text';
import { areLogInsSeen, ownLogInText } from './log-in-text';
import { PolicyLinksDialog } from './policy-links-dialog';

const headOf = (say: Say) => ({
  cells: [
    { key: 'policy', content: say('settings.policy'), width: 19 },
    { key: 'keep', content: say('settings.keepLink'), width: 26 },
    { key: 'back', content: say('settings.backLink'), width: 24 },
    { key: 'logIn', content: say('attempts.title'), width: 19 },
    { key: 'orders', content: '' },
  ],
});

interface PolicyLinksSectionProps {
  settings: Settings;
  logIns: LogIns;
  onChange: () => void;
}

/** What the links of single policies do, and a log-in: every policy that warns or suspends is shown, and those with something of their own. */
export function PolicyLinksSection({ settings: { notices }, logIns, onChange }: PolicyLinksSectionProps) {
  const { say } = useTexts();
  const asked = useAnswer<'policies'>({ command: 'policies' });
  const dialog = useDialog<{ id: string; name: string }>(onChange);
  if (!notices) return null;
  return (
    <Section title={say('settings.linksOfPolicies')}>
      <p>{say('settings.linksOfPoliciesText')}</p>
      <AskedView asked={asked} what={say('settings.linksOfPolicies')}>
        {({ policies }) => (
          <FilledTable
            label={say('settings.linksOfPolicies')}
            head={headOf(say)}
            empty={say('settings.noPolicyWarns')}
            rows={withLinks(policies, notices).map((policy) => ({
              key: policy.id,
              cells: [
                { content: policy.name },
                ...linksCells(policy.id, notices, say),
                {
                  content: (
                    <OrderButton
                      spacing="compact"
                      appearance="subtle"
                      label={say('settings.changeLinksOf', { policy: policy.name })}
                      onClick={() => dialog.open(policy)}
                    >
                      {say('settings.changeLinks')}
                    </OrderButton>
                  ),
                },
              ],
            }))}
          />
        )}
      </AskedView>
      <ModalTransition>
        {dialog.about && (
          <PolicyLinksDialog
            notices={notices}
            policy={dialog.about}
            areLogInsOffered={areLogInsSeen(logIns)}
            onDone={dialog.done}
            onClose={dialog.close}
          />
        )}
      </ModalTransition>
    </Section>
  );
}

function linksCells(id: string, notices: Notices, say: Say): { content: string }[] {
  const own = notices.policies?.find(({ policy }) => policy === id)?.links;
  const asForAll = { content: say('settings.linksAsForAll') };
  if (!own) return [asForAll, asForAll, asForAll];
  return [
    { content: keepText(own, say) },
    { content: backText(own.giveBack, say) },
    { content: ownLogInText(own.onLogIn, say) },
  ];
}

/** The policies that warn or suspend somebody, and those that are gone and still have links of their own. */
function withLinks(policies: readonly PolicySummary[], notices: Notices): { id: string; name: string }[] {
  const ownLinks = notices.policies ?? [];
  const named = policies.map(({ reference: { id, name }, policy: { stages } }) => ({
    id,
    name,
    isMeant: stages.some(({ do: acts }) => [acts].flat().some((act) => act === 'warn' || act === 'suspend')),
  }));
  const isOwn = (id: string) => ownLinks.some(({ policy }) => policy === id);
  const gone = ownLinks.filter(({ policy }) => named.every(({ id }) => id !== policy));
  return [
    ...named.filter(({ id, isMeant }) => isMeant || isOwn(id)),
    ...gone.map(({ policy }) => ({ id: policy, name: policy })),
  ];
}
