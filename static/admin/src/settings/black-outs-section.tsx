import type { PolicySummary } from '../../gen/types';
import { AskedView } from '../asking/asked';
import { useAnswer } from '../asking/use-answer';
import { useDesk } from '../page/desk';
import { Facts } from '../shown/facts';
import { Link } from '../shown/link';
import { Section } from '../shown/section';
import { useTexts } from '../texts/use-texts';
import { blackOutsOf, windowText } from './black-outs';

/** When policies start nothing: each says so in its own timetable. */
export function BlackOutsSection() {
  const { say } = useTexts();
  const asked = useAnswer<'policies'>({ command: 'policies' });
  return (
    <Section title={say('settings.blackOuts')}>
      <p>{say('settings.blackOutsText')}</p>
      <AskedView asked={asked} what={say('settings.theBlackOuts')}>
        {({ policies }) => <BlackOuts policies={policies} />}
      </AskedView>
    </Section>
  );
}

function BlackOuts({ policies }: { policies: PolicySummary[] }) {
  const { viewer } = useDesk();
  const { say, show } = useTexts();
  const having = policies.filter(({ policy }) => blackOutsOf(policy.schedule).length > 0);
  if (having.length === 0) {
    return (
      <p>{show('settings.noBlackOuts', { link: <Link to={{ page: 'policies' }}>{say('page.policies')}</Link> })}</p>
    );
  }
  const list = new Intl.ListFormat(viewer.locale);
  return (
    <Facts
      facts={having.map(({ reference: { id, name }, policy }) => [
        name,
        <Link key={id} to={{ page: 'policy', id }}>
          {list.format(blackOutsOf(policy.schedule).map((window) => windowText(window, viewer.locale, say)))}
        </Link>,
      ])}
    />
  );
}
