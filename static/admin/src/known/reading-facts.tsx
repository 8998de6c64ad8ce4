import type { ReactNode } from 'react';
import type { Share, SnapshotSummary, Source } from '../../gen/types';
import { useDesk } from '../page/desk';
import { Facts } from '../shown/facts';
import { Moment } from '../shown/moment';
import { counted } from '../shown/sentence';
import { percent } from '../shown/share';

const SOURCES: Record<Source, string> = {
  organization: 'the organization API',
  jira: 'Jira alone, without the organization’s key: activity only from an imported export',
  import: 'an imported export of admin.atlassian.com',
};

/** The coverage statement of a reading, all directories and fields together. */
export function ReadingFacts({ snapshot }: { snapshot: SnapshotSummary }) {
  const { viewer } = useDesk();
  const { coverage } = snapshot;
  const share = ({ part, of }: Share) =>
    `${part.toLocaleString(viewer.locale)} of ${of.toLocaleString(viewer.locale)} (${percent(part, of, viewer.locale)})`;
  const facts: [string, ReactNode][] = [
    ['Read from', SOURCES[snapshot.source]],
    ['Begun', <Moment key="taken" at={snapshot.taken} />],
    ['Oldest part', <Moment key="oldest" at={coverage.oldestReading} />],
    ['People', snapshot.users.toLocaleString(viewer.locale)],
    ['Pages that could not be read', coverage.pagesFailed.toLocaleString(viewer.locale)],
    [
      'Known enough to decide',
      coverage.deciding.of === 0
        ? 'no enabled policy needs an activity'
        : `${share(coverage.deciding)} pairs of an enabled policy and a person whose activity it must know`,
    ],
    [
      'Not seen for 30 days, or never',
      coverage.idle.of === 0 ? 'nobody active has an access' : `${share(coverage.idle)} active people with an access`,
    ],
    ['Waiting for a question', <Waiting key="waiting" snapshot={snapshot} />],
  ];
  return <Facts facts={facts} />;
}

/** Who is asked one by one for the last activity, because the listing did not tell it. */
function Waiting({ snapshot: { coverage } }: { snapshot: SnapshotSummary }) {
  const { viewer } = useDesk();
  if (coverage.waiting === 0) return <>nobody</>;
  return (
    <>
      {counted(coverage.waiting, 'person', 'people', viewer.locale)} must be asked one by one for their last activity
      {coverage.waitingUntil && (
        <>
          , until <Moment at={coverage.waitingUntil} /> at the pace that Atlassian allows
        </>
      )}
    </>
  );
}
