import type { Run } from '../../gen/types';
import { RunProgress } from '../runs/run-progress';
import { awaitsDecision } from '../runs/at-work';
import { WaitingRun } from '../runs/waiting-run';
import { Link } from '../shown/link';
import { Section } from '../shown/section';
import { useTexts } from '../texts/use-texts';
import './waiting-section.css';

/** Runs that wait for a person, and runs at work. */
export function WaitingSection({ runs, onChange }: { runs: Run[]; onChange: () => void }) {
  const { say } = useTexts();
  const waiting = runs.filter(awaitsDecision);
  const working = runs.filter((run) => !awaitsDecision(run));
  return (
    <Section title={say('overview.waiting')}>
      {waiting.length === 0 && <p className="nothing-waits">{say('overview.nothingWaits')}</p>}
      {waiting.map((run) => (
        <WaitingRun key={run.id} run={run} onChange={onChange} linked />
      ))}
      {working.map((run) => (
        <div key={run.id} className="working-run">
          <Link to={{ page: 'run', id: run.id }}>{run.policy.name}</Link>
          <RunProgress run={run} />
        </div>
      ))}
    </Section>
  );
}
