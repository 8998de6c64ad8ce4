import ProgressBar from '@atlaskit/progress-bar';
import type { Run } from '../../gen/types';
import { useDesk } from '../page/desk';
import './run-progress.css';

/** How far a run at work has come. Before the plan there is nothing to measure against. */
export function RunProgress({ run }: { run: Run }) {
  const { viewer } = useDesk();
  const steps = run.plan?.steps ?? 0;
  const settled = Math.max(steps - run.counts.planned, 0);
  const number = (value: number) => value.toLocaleString(viewer.locale);
  const text =
    run.state === 'planning'
      ? 'Reading the organization and making the plan'
      : run.state === 'verifying'
        ? `Everybody is settled; ${number(run.counts.verified)} of ${number(run.counts.acted)} people read back`
        : `${number(settled)} of ${number(steps)} people settled`;
  return (
    <div className="run-progress">
      <ProgressBar
        ariaLabel={text}
        isIndeterminate={run.state === 'planning'}
        value={steps > 0 ? settled / steps : 0}
      />
      <span role="status">{text}</span>
    </div>
  );
}
