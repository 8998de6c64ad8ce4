import type { Overview } from '../../gen/types';
import { UNUSED_DAYS } from '../people/unused';
import { Figures } from '../shown/figures';
import { Section } from '../shown/section';
import { useTexts } from '../texts/use-texts';
import { ReadingNotice } from './reading-notice';

/** The organization in a few figures, each of which leads to what it counts. */
export function GlanceSection({ overview }: { overview: Overview }) {
  const { say } = useTexts();
  const { reading, policies, activeRuns, exemptions, logEntries } = overview;
  const { snapshot } = reading;
  return (
    <Section title={say('overview.atAGlance')}>
      <ReadingNotice reading={reading} />
      <Figures
        label={say('overview.counts')}
        figures={[
          {
            label: say('overview.people'),
            value: snapshot?.users,
            meaning: say('overview.peopleMeaning'),
            to: { page: 'people' },
          },
          {
            label: say('overview.idleOrNever'),
            value: snapshot?.coverage.idle.part,
            meaning: say('overview.idleMeaning'),
            tone: 'caution',
            to: {
              page: 'people',
              filter: [
                ['status', 'active'],
                ['unused', String(UNUSED_DAYS)],
              ],
            },
          },
          { label: say('overview.policies'), value: policies, to: { page: 'policies' } },
          { label: say('overview.activeRuns'), value: activeRuns.length, to: { page: 'runs' } },
          { label: say('overview.exemptions'), value: exemptions, to: { page: 'exemptions' } },
          {
            label: say('overview.logEntries'),
            value: logEntries,
            to: { page: 'log', by: undefined, value: undefined },
          },
        ]}
      />
    </Section>
  );
}
