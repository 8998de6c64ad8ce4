import ProgressBar from '@atlaskit/progress-bar';
import type { Run } from '../../gen/types';
import { useTexts } from '../texts/use-texts';
import { usePace } from './use-pace';
import './run-progress.css';

/** How far a run at work has come, and how fast. Before the plan there is nothing to measure against. */
export function RunProgress({ run }: { run: Run }) {
  const { say } = useTexts();
  const steps = run.plan?.steps ?? 0;
  const settled = Math.max(steps - run.counts.planned, 0);
  const pace = usePace(settled, steps);
  const text =
    run.state === 'planning'
      ? say('runs.planning')
      : run.state === 'verifying'
        ? say('runs.verifying', { verified: run.counts.verified, acted: run.counts.acted })
        : say('runs.settled', { settled, steps });
  return (
    <div className="run-progress">
      <ProgressBar
        ariaLabel={text}
        isIndeterminate={run.state === 'planning'}
        value={steps > 0 ? settled / steps : 0}
      />
      <span role="status">{text}</span>
      {run.state === 'executing' && pace && (
        <span>
          {say('runs.rate', { count: pace.rate })} {say('runs.minutesLeft', { count: pace.minutesLeft })}
        </span>
      )}
    </div>
  );
}
