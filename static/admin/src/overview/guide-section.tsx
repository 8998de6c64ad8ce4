import type { Overview } from '../../gen/types';
import { Link } from '../shown/link';
import { Section } from '../shown/section';
import { useTexts } from '../texts/use-texts';
import { Guide } from './guide';
import { seen } from './people-of';

/** The first start: where somebody stands on the way to a first policy. */
export function GuideSection({ overview: { connection, reading, policies } }: { overview: Overview }) {
  const { say, show } = useTexts();
  const idle = (
    <Link to={{ page: 'people', filter: [['status', 'active'], ...seen('idle')] }}>{say('overview.idleOnes')}</Link>
  );
  return (
    <Section title={say('overview.guide')}>
      <p>{say('overview.whatItDoes')}</p>
      <Guide
        steps={[
          { title: say('overview.guideConnect'), text: say('overview.guideConnectText'), done: connection !== null },
          {
            title: say('overview.guideLook'),
            text: reading.snapshot ? show('overview.guideLookText', { link: idle }) : say('overview.guideLookLater'),
            done: connection !== null && reading.snapshot !== null,
          },
          {
            title: say('overview.guidePolicy'),
            text: connection
              ? show('overview.guidePolicyText', {
                  link: <Link to={{ page: 'policy', id: undefined }}>{say('overview.addPolicy')}</Link>,
                })
              : say('overview.guidePolicyLater'),
            done: policies > 0,
          },
          { title: say('overview.guideRelease'), text: say('overview.guideReleaseText'), done: false },
        ]}
      />
    </Section>
  );
}
