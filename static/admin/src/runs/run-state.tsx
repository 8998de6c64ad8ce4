import Lozenge from '@atlaskit/lozenge';
import type { Run, RunState } from '../../gen/types';
import { useTexts } from '../texts/use-texts';

type Appearance = 'default' | 'inprogress' | 'moved' | 'new' | 'removed' | 'success';

const STATES: Record<RunState, Appearance> = {
  planning: 'inprogress',
  previewed: 'new',
  held: 'moved',
  'awaiting-approval': 'moved',
  ready: 'inprogress',
  executing: 'inprogress',
  verifying: 'inprogress',
  done: 'success',
  'done-with-failures': 'removed',
  rejected: 'default',
  stopped: 'removed',
  aborted: 'removed',
  expired: 'default',
};

export function RunStateLozenge({ run }: { run: Pick<Run, 'state'> }) {
  const { say } = useTexts();
  return (
    <Lozenge appearance={STATES[run.state]} maxWidth="none">
      {say(`runs.state.${run.state}`)}
    </Lozenge>
  );
}
