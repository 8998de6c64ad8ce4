import type { Overview } from '../../gen/types';
import type { Asked } from '../asking/use-answer';
import { Figures } from '../shown/figures';
import { Section } from '../shown/section';
import { ConnectionSection } from './connection-section';
import { SafetySection } from './safety-section';
import { SeatsSection } from './seats-section';
import { SetUp } from './set-up';
import { WaitingSection } from './waiting-section';

export function OverviewPage({ overview }: { overview: Asked<Overview> & { value: Overview } }) {
  const { value, again } = overview;
  if (!value.connection) return <SetUp onConnected={again} />;
  return (
    <>
      <WaitingSection runs={value.activeRuns} onChange={again} />
      <Section title="At a glance">
        <Figures
          label="Counts"
          figures={[
            {
              label: 'people',
              value: value.reading.snapshot?.users,
              meaning: 'People in the newest reading of the organization',
            },
            { label: 'policies', value: value.policies },
            { label: 'runs at work or held', value: value.activeRuns.length },
            { label: 'exemptions', value: value.exemptions },
            { label: 'log entries', value: value.logEntries },
          ]}
        />
      </Section>
      <SeatsSection snapshot={value.reading.snapshot} />
      <ConnectionSection connection={value.connection} onChange={again} />
      <SafetySection settings={value.settings} onChange={again} />
    </>
  );
}
