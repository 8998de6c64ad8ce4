import { ModalTransition } from '@atlaskit/modal-dialog';
import type { Notices, PolicySummary, Settings } from '../../gen/types';
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
import { PolicyLinksDialog } from './policy-links-dialog';

const headOf = (say: Say) => ({
  cells: [
    { key: 'policy', content: say('settings.policy'), width: 22 },
    { key: 'keep', content: say('settings.keepLink'), width: 32 },
    { key: 'back', content: say('settings.backLink'), width: 32 },
    { key: 'orders', content: '' },
  ],
});

/** What the links of single policies do: every policy that warns is shown, and those of which something of their own is said. */
export function PolicyLinksSection({ settings: { notices }, onChange }: { settings: Settings; onChange: () => void }) {
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
          <PolicyLinksDialog notices={notices} policy={dialog.about} onDone={dialog.done} onClose={dialog.close} />
        )}
      </ModalTransition>
    </Section>
  );
}

function linksCells(id: string, notices: Notices, say: Say): { content: string }[] {
  const own = notices.policies?.find(({ policy }) => policy === id)?.links;
  if (!own) return [{ content: say('settings.linksAsForAll') }, { content: say('settings.linksAsForAll') }];
  return [{ content: keepText(own, say) }, { content: backText(own.giveBack, say) }];
}

/** The policies that warn somebody, and those that are gone and still have links of their own. */
function withLinks(policies: readonly PolicySummary[], notices: Notices): { id: string; name: string }[] {
  const ownLinks = notices.policies ?? [];
  const named = policies.map(({ reference: { id, name }, policy: { stages } }) => ({
    id,
    name,
    warns: stages.some(({ do: acts }) => [acts].flat().includes('warn')),
  }));
  const isOwn = (id: string) => ownLinks.some(({ policy }) => policy === id);
  const gone = ownLinks.filter(({ policy }) => named.every(({ id }) => id !== policy));
  return [
    ...named.filter(({ id, warns }) => warns || isOwn(id)),
    ...gone.map(({ policy }) => ({ id: policy, name: policy })),
  ];
}
