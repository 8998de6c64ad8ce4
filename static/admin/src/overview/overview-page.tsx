import type { ComponentProps } from 'react';
import type { Moves, Overview, Run, Runs } from '../../gen/types';
import { AskedView } from '../asking/asked';
import { useAnswer, type Asked } from '../asking/use-answer';
import { atWork } from '../runs/at-work';
import { useTexts } from '../texts/use-texts';
import { FreedSection } from './freed-section';
import { GlanceSection } from './glance-section';
import { GuideSection } from './guide-section';
import { LastRunsSection } from './last-runs-section';
import { SeatCountSection } from './seat-count-section';
import { SeatsSection } from './seats-section';
import { SetUp } from './set-up';
import { TiersSection } from './tiers-section';
import { TrendSection } from './trend-section';
import { WaitingSection } from './waiting-section';

type AskedOverview = Asked<Overview> & { value: Overview };

export function OverviewPage({ overview }: { overview: AskedOverview }) {
  const { value, again } = overview;
  const { snapshot } = value.reading;
  if (value.connection) return <Connected overview={overview} />;
  return (
    <>
      <GuideSection overview={value} />
      <SetUp onChange={again} />
      {snapshot && <SeatsSection snapshot={snapshot} />}
      {snapshot && <SeatCountSection snapshot={snapshot} />}
    </>
  );
}

/** How often the runs are asked for again, in milliseconds: their figures move while one is at work. */
const lookAtRuns = ({ runs }: Runs): number => (runs.some(atWork) ? 5_000 : 60_000);

/** What happened and what waits, then who holds what. */
function Connected({ overview: { value, again } }: { overview: AskedOverview }) {
  const { say } = useTexts();
  const runs = useAnswer<'runs'>({ command: 'runs', cursor: null }, lookAtRuns);
  const policies = useAnswer<'policies'>({ command: 'policies' });
  const changed = () => {
    again();
    runs.again();
  };
  const isNew = value.policies === 0;
  return (
    <>
      {isNew && <GuideSection overview={value} />}
      <Waiting overview={value} runs={runs.value?.runs} onChange={changed} />
      <GlanceSection overview={value} />
      <SeatsSection snapshot={value.reading.snapshot} />
      {!isNew && (
        <>
          <AskedView asked={policies} what={say('overview.thePolicies')}>
            {(answer) => <FreedSection policies={answer.policies} runs={runs.value?.runs ?? []} />}
          </AskedView>
          <AskedView asked={runs} what={say('overview.theRuns')}>
            {(answer) => <LastRunsSection runs={answer.runs} />}
          </AskedView>
        </>
      )}
      <TrendSection />
      {value.reading.snapshot && (
        <TiersSection products={value.reading.snapshot.products} prices={value.settings.prices ?? []} />
      )}
      {value.reading.snapshot && <SeatCountSection snapshot={value.reading.snapshot} />}
    </>
  );
}

interface WaitingProps {
  overview: Overview;
  /** The newest runs. */
  runs: Run[] | undefined;
  onChange: () => void;
}

/** What waits; moves are asked for only where the experiment is switched on. */
function Waiting({ overview, runs, onChange }: WaitingProps) {
  const waiting = {
    runs: overview.activeRuns,
    last: runs,
    warnings: overview.health.warnings,
    onChange,
  };
  return overview.settings.experiments.moving ? (
    <WaitingWithMoves {...waiting} />
  ) : (
    <WaitingSection {...waiting} moves={0} />
  );
}

const lookAtMoves = (): number => 60_000;
const awaiting = ({ moves }: Moves): number => moves.filter(({ state }) => state === 'awaiting-approval').length;

function WaitingWithMoves(waiting: Omit<ComponentProps<typeof WaitingSection>, 'moves'>) {
  const { value } = useAnswer<'moves'>({ command: 'moves' }, lookAtMoves);
  return <WaitingSection {...waiting} moves={value ? awaiting(value) : 0} />;
}
