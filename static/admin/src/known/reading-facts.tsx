import type { ReactNode } from 'react';
import type { Share, SnapshotSummary } from '../../gen/types';
import { useDesk } from '../page/desk';
import { Facts } from '../shown/facts';
import { Moment } from '../shown/moment';
import { percent } from '../shown/share';
import { useTexts } from '../texts/use-texts';

/** The coverage statement of a reading, all directories and fields together. */
export function ReadingFacts({ snapshot }: { snapshot: SnapshotSummary }) {
  const { viewer } = useDesk();
  const { say, number } = useTexts();
  const { coverage } = snapshot;
  const share = ({ part, of }: Share) => say('known.share', { part, of, percent: percent(part, of, viewer.locale) });
  const facts: [string, ReactNode][] = [
    [say('known.readFrom'), say(`known.source.${snapshot.source}`)],
    [say('known.begun'), <Moment key="taken" at={snapshot.taken} />],
    [say('known.oldestPart'), <Moment key="oldest" at={coverage.oldestReading} />],
    [say('known.people'), number(snapshot.users)],
    [say('known.pagesFailed'), number(coverage.pagesFailed)],
    [
      say('known.enough'),
      coverage.deciding.of === 0
        ? say('known.noActivityNeeded')
        : say('known.pairs', { share: share(coverage.deciding) }),
    ],
    [
      say('known.idle'),
      coverage.idle.of === 0 ? say('known.nobodyHasAccess') : say('known.idlePeople', { share: share(coverage.idle) }),
    ],
    [say('known.waiting'), <Waiting key="waiting" snapshot={snapshot} />],
  ];
  return <Facts facts={facts} />;
}

/** Who is asked one by one for the last activity, because the listing did not tell it. */
function Waiting({ snapshot: { coverage } }: { snapshot: SnapshotSummary }) {
  const { say, show } = useTexts();
  if (coverage.waiting === 0) return <>{say('known.nobody')}</>;
  const people = say('shown.people', { count: coverage.waiting });
  if (!coverage.waitingUntil) return <>{say('known.askedOneByOne', { people })}</>;
  return show('known.askedUntil', { people, when: <Moment at={coverage.waitingUntil} /> });
}
