import { useState, type ReactNode } from 'react';
import type { Run } from '../../gen/types';
import { EvidenceButton } from '../evidence/evidence-button';
import { Account } from '../shown/account';
import { Facts } from '../shown/facts';
import { Link } from '../shown/link';
import { Moment } from '../shown/moment';
import { Section } from '../shown/section';
import type { Texts } from '../texts/texts';
import { useTexts } from '../texts/use-texts';
import { atWork } from './at-work';
import { isByHand } from './by-hand';
import { CauseText } from './cause';
import { SendReportButton } from './send-report-button';

type Fact = [name: string, value: ReactNode];

/** Why a run exists, on what it rests, and who let it go on. */
export function RunFacts({ run }: { run: Run }) {
  const texts = useTexts();
  const { say } = texts;
  const [made, setMade] = useState<{ hash: string; since: string }>();
  // A bundle of an earlier state proves nothing about this one.
  const bundle = made?.since === run.since ? made.hash : undefined;
  return (
    <Section
      title={say('runs.about')}
      actions={
        <>
          {!atWork(run) && <SendReportButton run={run} bundle={bundle} />}
          <EvidenceButton
            name={`seatkeeper-evidence-${run.id}`}
            subject={{ run }}
            onMade={(hash) => setMade({ hash, since: run.since })}
          />
        </>
      }
    >
      <Facts
        facts={[
          [say('runs.why'), <CauseText key="cause" cause={run.cause} />],
          [say('runs.agesFrom'), <Moment key="now" at={run.now} />],
          [say('runs.inStateSince'), <Moment key="since" at={run.since} />],
          ...policyFact(run, texts),
          ...undoFacts(run, texts),
          ...releaseFact(run, texts),
          ...approvalFact(run, texts),
          ...planFact(run, texts),
          ...seatsFact(run, texts),
          [
            say('runs.log'),
            <Link key="log" to={{ page: 'log', by: 'run', value: run.id }}>
              {say('runs.entriesOfRun')}
            </Link>,
          ],
        ]}
      />
    </Section>
  );
}

/** The policy as it was, or why people were chosen by hand; what takes that back says so itself. */
function policyFact({ policy: { id, revision }, byHand }: Run, { say, show }: Texts): Fact[] {
  if (byHand !== undefined) return [[say('runs.chosenByHand'), byHand]];
  if (isByHand(id)) return [];
  const policy = <Link to={{ page: 'policy', id }}>{id}</Link>;
  return [[say('runs.policy'), <span key="policy">{show('runs.policyRevision', { policy, revision })}</span>]];
}

/** The run that this one takes back, and those that take this one back. */
function undoFacts({ undoes, undoneBy }: Run, { say, show }: Texts): Fact[] {
  const facts: Fact[] = [];
  if (undoes) {
    const run = (
      <Link to={{ page: 'run', id: undoes.run }}>
        {say(undoes.steps.length > 0 ? 'runs.someOfRun' : 'runs.thisRun')}
      </Link>
    );
    const value = <span key="undoes">{show('runs.takesBackRun', { run, reason: undoes.reason })}</span>;
    facts.push([say('runs.takesBack'), value]);
  }
  if (undoneBy.length > 0) {
    facts.push([
      say('runs.takenBackBy'),
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

function releaseFact({ release }: Run, { say, show }: Texts): Fact[] {
  if (!release) return [];
  const value = show('runs.releasedBy', {
    when: <Moment at={release.at} />,
    who: <Account id={release.by} />,
    alone: release.singleHanded && say('runs.singleHanded'),
    reason: release.reason,
  });
  return [[say('runs.released'), <span key="release">{value}</span>]];
}

function approvalFact({ approval, heldOut }: Run, { say, show }: Texts): Fact[] {
  if (!approval) return [];
  const value = show('runs.approvedBy', {
    when: <Moment at={approval.at} />,
    who: <Account id={approval.by} />,
    issue: approval.issue && say('runs.withIssue', { issue: approval.issue }),
    alone: approval.singleHanded && say('runs.singleHanded'),
    reason: approval.reason,
    heldOut: heldOut.length > 0 && say('runs.someHeldOut', { held: heldOut.length }),
  });
  return [[say('runs.approved'), <span key="approval">{value}</span>]];
}

function planFact({ plan }: Run, { say, show }: Texts): Fact[] {
  if (!plan) return [];
  const value = show('runs.planRestsOn', {
    when: <Moment at={plan.snapshotTaken} />,
    hash: <code title={plan.hash}>{plan.hash.slice(0, 12)}…</code>,
  });
  return [[say('runs.plan'), <span key="plan">{value}</span>]];
}

/** Of a policy that keeps seats: how many were in use, and how many more would have to be freed than can be. */
function seatsFact({ plan }: Run, { say, number }: Texts): Fact[] {
  if (!plan?.seats) return [];
  const { product, site, kept, inUse, missing } = plan.seats;
  const found = say('runs.seatsFound', { count: inUse, product, site, kept: number(kept) });
  return [[say('runs.seats'), missing > 0 ? found + say('runs.seatsMissing', { count: missing }) : found]];
}
