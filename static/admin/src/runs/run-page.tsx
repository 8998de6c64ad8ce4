import Heading from '@atlaskit/heading';
import SectionMessage from '@atlaskit/section-message';
import { useState, type ReactNode } from 'react';
import type { Run } from '../../gen/types';
import { AskedView } from '../asking/asked';
import { useAnswer } from '../asking/use-answer';
import { EvidenceButton } from '../evidence/evidence-button';
import { useDesk } from '../page/desk';
import { Account } from '../shown/account';
import { Facts } from '../shown/facts';
import { Link } from '../shown/link';
import { Moment } from '../shown/moment';
import { Section } from '../shown/section';
import { counted, sentence } from '../shown/sentence';
import { CauseText } from './cause';
import { AbortButton } from './abort-button';
import { AwaitingRun } from './awaiting-run';
import { HeldRun } from './held-run';
import { PeopleOfRun } from './people-of-run';
import { RunProgress } from './run-progress';
import { RunStateLozenge, atWork, awaitsDecision } from './run-state';
import { SincePreviewSection } from './since-preview';
import './run-page.css';

/** How often a run at work is asked how far it is, in milliseconds. */
const WHILE_AT_WORK = 2_000;
/** A held run changes when somebody else decides. */
const WHILE_HELD = 15_000;

const nextLook = (run: Run): number | undefined =>
  atWork(run) ? WHILE_AT_WORK : awaitsDecision(run) ? WHILE_HELD : undefined;

export function RunPage({ id, onChange }: { id: string; onChange: () => void }) {
  const run = useAnswer<'run'>({ command: 'run', run: id }, nextLook);
  const decided = () => {
    run.again();
    onChange();
  };
  return (
    <>
      <Link to={{ page: 'runs' }}>All runs</Link>
      <AskedView asked={run} what="the run">
        {(value) => <RunView run={value} onDecided={decided} />}
      </AskedView>
    </>
  );
}

function RunView({ run, onDecided }: { run: Run; onDecided: () => void }) {
  const [heldOut, setHeldOut] = useState<number[]>([]);
  const holdsOut = awaitsDecision(run) && run.approvalWanted !== null;
  return (
    <>
      <header className="run-head">
        <Heading size="medium" as="h2">
          {run.policy.name}
        </Heading>
        <RunStateLozenge run={run} />
        {run.dry && <span className="run-dry">Dry run: nothing is done to anybody</span>}
        {run.undoes && <span className="run-dry">Takes another run back</span>}
        {atWork(run) && <AbortButton run={run} onChange={onDecided} />}
      </header>
      {atWork(run) && <RunProgress run={run} />}
      {run.message && <RunMessage run={run} message={run.message} />}
      {run.state === 'held' ? (
        <HeldRun run={run} onChange={onDecided} heldOut={heldOut} />
      ) : (
        <FindingsOfGuards run={run} />
      )}
      {run.state === 'awaiting-approval' && <AwaitingRun run={run} onChange={onDecided} heldOut={heldOut} />}
      <RunFacts run={run} />
      {run.sincePreview && <SincePreviewSection run={run.id} since={run.sincePreview} />}
      {run.plan && <PeopleOfRun run={run} {...(holdsOut && { heldOut, onHoldOut: setHeldOut })} />}
    </>
  );
}

/** What happened and what to do, under how far the run had come. */
function RunMessage({ run, message }: { run: Run; message: string }) {
  const { viewer } = useDesk();
  const text = <p>{sentence(message)}</p>;
  if (run.state !== 'stopped' && run.state !== 'aborted')
    return <SectionMessage appearance="information">{text}</SectionMessage>;
  const { acted } = run.counts;
  const ended = run.state === 'aborted' ? 'Aborted' : 'Stopped';
  const title =
    acted === 0
      ? `${ended} before anything was done to anybody`
      : `${ended} after ${counted(acted, 'person was', 'people were', viewer.locale)} acted on`;
  return (
    <SectionMessage appearance="error" title={title}>
      {text}
    </SectionMessage>
  );
}

/** What the guards found, where it holds nothing: in a dry run they warn, in a released run they are history. */
function FindingsOfGuards({ run }: { run: Run }) {
  if (run.guards.length === 0) return null;
  const title = run.dry ? 'A real run would be held' : run.release ? 'It was held, and released' : 'It was held';
  return (
    <SectionMessage appearance={run.dry ? 'warning' : 'information'} title={title}>
      <ul className="run-guards">
        {run.guards.map((guard) => (
          <li key={guard.code}>{sentence(guard.text)}</li>
        ))}
      </ul>
    </SectionMessage>
  );
}

function RunFacts({ run }: { run: Run }) {
  return (
    <Section
      title="About this run"
      actions={<EvidenceButton name={`seatkeeper-evidence-${run.id}`} subject={{ run }} />}
    >
      <Facts
        facts={[
          ['Why', <CauseText key="cause" cause={run.cause} />],
          ['Ages counted from', <Moment key="now" at={run.now} />],
          ['In this state since', <Moment key="since" at={run.since} />],
          [
            'Policy',
            <span key="policy">
              <Link to={{ page: 'policy', id: run.policy.id }}>{run.policy.id}</Link>, revision {run.policy.revision}
            </span>,
          ],
          ...undoFacts(run),
          ...releaseFact(run),
          ...approvalFact(run),
          ...planFact(run),
          [
            'Log',
            <Link key="log" to={{ page: 'log', by: 'run', value: run.id }}>
              Entries of this run
            </Link>,
          ],
        ]}
      />
    </Section>
  );
}

/** The run that this one takes back, and those that take this one back. */
function undoFacts({ undoes, undoneBy }: Run): [string, ReactNode][] {
  const facts: [string, ReactNode][] = [];
  if (undoes) {
    facts.push([
      'Takes back',
      <span key="undoes">
        <Link to={{ page: 'run', id: undoes.run }}>
          {undoes.steps.length > 0 ? 'what this run did to some people' : 'this run'}
        </Link>
        : {undoes.reason}
      </span>,
    ]);
  }
  if (undoneBy.length > 0) {
    facts.push([
      'Taken back by',
      <ul key="undone" className="run-guards">
        {undoneBy.map((id) => (
          <li key={id}>
            <Link to={{ page: 'run', id }}>{id}</Link>
          </li>
        ))}
      </ul>,
    ]);
  }
  return facts;
}

function releaseFact({ release }: Run): [string, ReactNode][] {
  if (!release) return [];
  return [
    [
      'Released',
      <span key="release">
        <Moment at={release.at} /> by <Account id={release.by} />
        {release.singleHanded && ' (single-handed)'}: {release.reason}
      </span>,
    ],
  ];
}

function approvalFact({ approval, heldOut }: Run): [string, ReactNode][] {
  if (!approval) return [];
  return [
    [
      'Approved',
      <span key="approval">
        <Moment at={approval.at} /> by <Account id={approval.by} />
        {approval.issue && ` with the issue ${approval.issue}`}
        {approval.singleHanded && ' (single-handed)'}: {approval.reason}
        {heldOut.length > 0 && ` (${heldOut.length} held out)`}
      </span>,
    ],
  ];
}

function planFact({ plan }: Run): [string, ReactNode][] {
  if (!plan) return [];
  return [
    [
      'Plan',
      <span key="plan">
        rests on the reading of <Moment at={plan.snapshotTaken} />, frozen as{' '}
        <code title={plan.hash}>{plan.hash.slice(0, 12)}…</code>
      </span>,
    ],
  ];
}
