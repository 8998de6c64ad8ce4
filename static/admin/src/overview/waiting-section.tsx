import type { Run } from '../../gen/types';
import { HeldRun } from '../runs/held-run';
import { RunProgress } from '../runs/run-progress';
import { Link } from '../shown/link';
import { Section } from '../shown/section';
import './waiting-section.css';

/** Runs that wait for a person, and runs at work. */
export function WaitingSection({ runs, onChange }: { runs: Run[]; onChange: () => void }) {
  const held = runs.filter((run) => run.state === 'held');
  const working = runs.filter((run) => run.state !== 'held');
  return (
    <Section title="Waiting for you">
      {held.length === 0 && <p className="nothing-waits">Nothing waits for a decision.</p>}
      {held.map((run) => (
        <HeldRun key={run.id} run={run} onChange={onChange} linked />
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
