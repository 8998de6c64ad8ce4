import type { Overview, SnapshotSummary } from '../../gen/types';
import type { Asked } from '../asking/use-answer';
import { Figures } from '../shown/figures';
import { Section } from '../shown/section';
import { ReadingNotice } from './reading-notice';
import { SeatCountSection } from './seat-count-section';
import { SeatsSection } from './seats-section';
import { SetUp } from './set-up';
import { WaitingSection } from './waiting-section';
import { useTexts } from '../texts/use-texts';

export function OverviewPage({ overview }: { overview: Asked<Overview> & { value: Overview } }) {
  const { say } = useTexts();
  const { value, again } = overview;
  const { snapshot } = value.reading;
  if (!value.connection) return <WithoutConnection snapshot={snapshot} onChange={again} />;
  return (
    <>
      <WaitingSection runs={value.activeRuns} onChange={again} />
      <Section title={say('overview.atAGlance')}>
        <ReadingNotice reading={value.reading} />
        <Figures
          label={say('overview.counts')}
          figures={[
            {
              label: say('overview.people'),
              value: snapshot?.users,
              meaning: say('overview.peopleMeaning'),
            },
            { label: say('overview.policies'), value: value.policies },
            { label: say('overview.activeRuns'), value: value.activeRuns.length },
            { label: say('overview.exemptions'), value: value.exemptions },
            { label: say('overview.logEntries'), value: value.logEntries },
          ]}
        />
      </Section>
      <SeatsSection snapshot={snapshot} />
      {snapshot && <SeatCountSection snapshot={snapshot} />}
    </>
  );
}

/** The two ways to begin, and what is known already without a key. */
function WithoutConnection({ snapshot, onChange }: { snapshot: SnapshotSummary | null; onChange: () => void }) {
  return (
    <>
      <SetUp onChange={onChange} />
      {snapshot && <SeatsSection snapshot={snapshot} />}
      {snapshot && <SeatCountSection snapshot={snapshot} />}
    </>
  );
}
