import SectionMessage from '@atlaskit/section-message';
import type { AnswerTo } from '../../protocol';
import { Link } from '../../shown/link';
import { useTexts } from '../../texts/use-texts';

/** What was taken over of a configuration, and what comes next. */
export function Taken({ taken: { policies, exemptions } }: { taken: AnswerTo<'importConfiguration'> }) {
  const { say, show } = useTexts();
  return (
    <div role="status">
      <SectionMessage appearance="success" title={say('configuration.wasTaken')}>
        <p>
          {say('configuration.takenPolicies', { count: policies })}{' '}
          {say('configuration.takenExemptions', { count: exemptions })}
        </p>
        <p>
          {show('configuration.takenNext', { link: <Link to={{ page: 'policies' }}>{say('page.policies')}</Link> })}
        </p>
      </SectionMessage>
    </div>
  );
}
