import type { ReactNode } from 'react';
import type { Run, Warning } from '../../gen/types';
import type { Route } from '../page/route';
import { leftFailed } from '../runs/left-failed';
import { RunProgress } from '../runs/run-progress';
import { awaitsDecision } from '../runs/at-work';
import { WaitingRun } from '../runs/waiting-run';
import { Link } from '../shown/link';
import { Section } from '../shown/section';
import { sentence } from '../shown/sentence';
import { useTexts } from '../texts/use-texts';
import { runName } from '../runs/run-name';
import './waiting-section.css';

interface WaitingSectionProps {
  runs: Run[];
  /** The newest runs, of which some may have failed steps; `undefined` until they are known. */
  last: Run[] | undefined;
  warnings: Warning[];
  /** How many moves between directories wait for an approval. */
  moves: number;
  onChange: () => void;
}

/** What an expiry is looked after at, by the code of its warning. */
const EXPIRIES: Partial<Record<string, Route>> = {
  'key-expires': { page: 'settings' },
  'key-expired': { page: 'settings' },
  'exemption-expires': { page: 'exemptions' },
};

/** What waits for a person: decisions on runs and moves, failed steps, what expires; below it, runs at work. */
export function WaitingSection({ runs, last = [], warnings, moves, onChange }: WaitingSectionProps) {
  const { say } = useTexts();
  const waiting = runs.filter(awaitsDecision);
  const working = runs.filter((run) => !awaitsDecision(run));
  const failed = leftFailed(last);
  const expiries = warnings.filter(({ code }) => EXPIRIES[code]);
  const tasks = failed.length + expiries.length + (moves > 0 ? 1 : 0);
  return (
    <Section title={say('overview.waiting')}>
      {waiting.length + tasks === 0 && <p className="overview-note">{say('overview.nothingWaits')}</p>}
      {waiting.map((run) => (
        <WaitingRun key={run.id} run={run} onChange={onChange} linked />
      ))}
      {tasks > 0 && (
        <ul className="tasks">
          {failed.map((run) => (
            <Task key={run.id} to={{ page: 'run', id: run.id }} link={say('overview.seeFailed')}>
              {say('overview.stepsFailed', { policy: runName(run, say), count: run.counts.failed })}
            </Task>
          ))}
          {moves > 0 && (
            <Task to={{ page: 'settings', part: 'experiments' }} link={say('overview.seeMoves')}>
              {say('overview.movesWait', { count: moves })}
            </Task>
          )}
          {expiries.map(({ code, text }) => (
            <Task key={`${code} ${text}`} to={EXPIRIES[code] ?? { page: 'settings' }} link={say('overview.seeExpiry')}>
              {sentence(text)}
            </Task>
          ))}
        </ul>
      )}
      {working.map((run) => (
        <div key={run.id} className="working-run">
          <Link to={{ page: 'run', id: run.id }}>{runName(run, say)}</Link>
          <RunProgress run={run} />
        </div>
      ))}
    </Section>
  );
}

function Task({ to, link, children }: { to: Route; link: string; children: ReactNode }) {
  return (
    <li className="task">
      <span>{children}</span>
      <Link to={to}>{link}</Link>
    </li>
  );
}
