import Lozenge from '@atlaskit/lozenge';
import type { Run, RunState } from '../../gen/types';

type Appearance = 'default' | 'inprogress' | 'moved' | 'new' | 'removed' | 'success';

const STATES: Record<RunState, { text: string; appearance: Appearance }> = {
  planning: { text: 'Planning', appearance: 'inprogress' },
  previewed: { text: 'Dry run done', appearance: 'new' },
  held: { text: 'Held', appearance: 'moved' },
  'awaiting-approval': { text: 'Awaiting approval', appearance: 'moved' },
  ready: { text: 'Ready', appearance: 'inprogress' },
  executing: { text: 'Acting', appearance: 'inprogress' },
  verifying: { text: 'Reading back', appearance: 'inprogress' },
  done: { text: 'Done', appearance: 'success' },
  'done-with-failures': { text: 'Done with failures', appearance: 'removed' },
  rejected: { text: 'Rejected', appearance: 'default' },
  stopped: { text: 'Stopped', appearance: 'removed' },
  aborted: { text: 'Aborted', appearance: 'removed' },
  expired: { text: 'Expired', appearance: 'default' },
};

export function RunStateLozenge({ run }: { run: Run }) {
  const { text, appearance } = STATES[run.state];
  return (
    <Lozenge appearance={appearance} maxWidth="none">
      {text}
    </Lozenge>
  );
}

const AT_WORK: readonly RunState[] = ['planning', 'ready', 'executing', 'verifying'];

/** Whether a person must decide on the run. */
export const awaitsDecision = (run: Run): boolean => run.state === 'held' || run.state === 'awaiting-approval';

/** Whether the run changes by itself. */
export const atWork = (run: Run): boolean => AT_WORK.includes(run.state);
