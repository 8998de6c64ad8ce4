import Heading from '@atlaskit/heading';
import Lozenge from '@atlaskit/lozenge';
import SectionMessage from '@atlaskit/section-message';
import { useState } from 'react';
import type { Fate, Run } from '../../gen/types';
import { AskedView } from '../asking/asked';
import type { Filter } from '../page/route';
import { Link } from '../shown/link';
import { PlainWords } from '../shown/plain-words';
import { sentence } from '../shown/sentence';
import { AbortButton } from './abort-button';
import { fateIn } from './outcome';
import { PeopleOfRun } from './people-of-run';
import { RunFacts } from './run-facts';
import { RunProgress } from './run-progress';
import { atWork, awaitsDecision } from './at-work';
import { RunStateLozenge } from './run-state';
import { SincePreviewSection } from './since-preview';
import { useRun } from './use-run';
import { WaitingRun } from './waiting-run';
import { useTexts } from '../texts/use-texts';
import type { HeldOut } from './held-out';
import { runName } from './run-name';
import './run-page.css';

interface RunPageProps {
  id: string;
  /** What of its people the address asks for. */
  filter: Filter;
  onChange: () => void;
}

export function RunPage({ id, filter, onChange }: RunPageProps) {
  const { say } = useTexts();
  const run = useRun(id);
  const decided = () => {
    run.again();
    onChange();
  };
  return (
    <>
      <Link to={{ page: 'runs' }}>{say('runs.all')}</Link>
      <AskedView asked={run} what={say('runs.theRun')}>
        {(value) => <RunView run={value} fate={fateIn(filter)} onDecided={decided} />}
      </AskedView>
    </>
  );
}

interface RunViewProps {
  run: Run;
  fate: Fate | undefined;
  onDecided: () => void;
}

function RunView({ run, fate, onDecided }: RunViewProps) {
  const { say } = useTexts();
  const [heldOut, setHeldOut] = useState<HeldOut[]>([]);
  const holdsOut = awaitsDecision(run) && run.approvalWanted !== null;
  return (
    <>
      <header className="run-head">
        <Heading size="medium" as="h2">
          {runName(run, say)}
        </Heading>
        <RunStateLozenge run={run} />
        {run.byHand !== undefined && <Lozenge>{say('runs.kind.byHand')}</Lozenge>}
        {run.dry && <span className="run-dry">{say('runs.dryRunText')}</span>}
        {run.undoes && <span className="run-dry">{say('runs.takesBackText')}</span>}
        {atWork(run) && <AbortButton run={run} onChange={onDecided} />}
      </header>
      {atWork(run) && <RunProgress run={run} />}
      {run.message && <RunMessage run={run} message={run.message} />}
      {run.state !== 'held' && <FindingsOfGuards run={run} />}
      {awaitsDecision(run) && <WaitingRun run={run} onChange={onDecided} heldOut={heldOut} />}
      <RunFacts run={run} />
      {run.sincePreview && <SincePreviewSection run={run.id} since={run.sincePreview} />}
      {run.plan && <PeopleOfRun run={run} fate={fate} {...(holdsOut && { heldOut, onHoldOut: setHeldOut })} />}
    </>
  );
}

/** What happened and what to do, under how far the run had come. */
function RunMessage({ run, message }: { run: Run; message: string }) {
  const { say } = useTexts();
  const text = <p>{sentence(message)}</p>;
  const { acted, failed } = run.counts;
  if (run.state !== 'stopped' && run.state !== 'aborted')
    return <SectionMessage appearance={failed > 0 ? 'warning' : 'information'}>{text}</SectionMessage>;
  const aborted = run.state === 'aborted';
  const title =
    acted === 0
      ? say(aborted ? 'runs.abortedBefore' : 'runs.stoppedBefore')
      : say(aborted ? 'runs.abortedAfter' : 'runs.stoppedAfter', { count: acted });
  return (
    <SectionMessage appearance="error" title={title}>
      {text}
    </SectionMessage>
  );
}

/** What the guards found, where it holds nothing: in a dry run they warn, in a released run they are history. */
function FindingsOfGuards({ run }: { run: Run }) {
  const { say } = useTexts();
  if (run.guards.length === 0) return null;
  const title = run.dry ? 'runs.wouldBeHeld' : run.release ? 'runs.heldAndReleased' : 'runs.wasHeld';
  return (
    <SectionMessage appearance={run.dry ? 'warning' : 'information'} title={say(title)}>
      <ul className="run-guards">
        {run.guards.map((guard) => (
          <li key={guard.text}>
            <PlainWords text={sentence(guard.text)} />
          </li>
        ))}
      </ul>
    </SectionMessage>
  );
}
