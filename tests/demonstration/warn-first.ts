import type { NamedPerson, Run } from '../../forge-app/gen/types.ts';
import type { Administrator } from './administrator.ts';
import { changesBetween, type Changes } from './changes.ts';
import type { Check } from './checks.ts';
import type { CloudUser, People } from './cloud.ts';
import { awaitRun, follow, peopleOf } from './follow.ts';
import { verifiedLog } from './log.ts';
import { everyMessage, type Message } from './messages.ts';
import { recordOf, type RunRecord } from './record.ts';
import { administrators, protections, type Narrator, type Outcome } from './run.ts';
import type { Stage } from './stage.ts';
import { judgeWarnings, type WarningEvidence } from './warning-checks.ts';
import { prepareWarnings, toWarn } from './warning-scene.ts';

/** The days between a warning and the suspension. */
const graceDays = 7;
/** How many days before the machine's time the cloud must begin, so that this ends at it. */
export const daysAgo = graceDays + 1;
/** After so many of them the schedule fires in between. */
const daysWithin = 3;
/** Who uses something on a day are those who do so anyway, and nobody but the app changes anything. */
const quietDay = { active: 0.3, joiners: 0, leavers: 0, changed: 0 };

/** What the second act shows and leaves. */
export interface WarningOutcome {
  record: RunRecord[];
  messages: Message[];
  checks: Check[];
  evidence: WarningEvidence;
}

/** A run, and what the organization looked like around it. */
interface Watched {
  run: Run;
  before: CloudUser[];
  changes: Changes;
}

/** The second act: a policy that warns, some days, and what follows. */
export async function warnFirst(
  stage: Stage,
  users: number,
  earlier: Outcome,
  narrator: Narrator,
): Promise<WarningOutcome> {
  const { cloud } = stage;
  const people = await cloud.people();
  const both = administrators(stage, people);
  const [first] = both;
  const due = await prepareWarnings(cloud, first, users, graceDays);
  describe(narrator);
  await cloud.passUntil(due + 1000);
  const runs = [earlier.run];
  const watch = async () => {
    const seen = await watched(stage, both, runs, narrator);
    runs.push(seen.run);
    return seen;
  };
  const warning = await watch();
  const plan = await peopleOf(first, warning.run.id);
  const meant = toWarn(
    warning.before,
    earlier.scene.exemptions,
    await protections(first),
    siteOfApp(people),
    warning.run.now,
  );
  const cameBack = await someComeBack(stage, plan, narrator);
  await passDays(stage, daysWithin, narrator);
  const meanwhile = await watch();
  await passDays(stage, graceDays - daysWithin, narrator);
  await cloud.passUntil(Date.now());
  const last = await watch();
  const messages = await everyMessage(cloud);
  const log = await verifiedLog(first);
  const addresses = addressesOf(warning.before);
  const record = recordOf(runs, log.entries, messages, addresses);
  const changes = [warning, meanwhile, last].map((each) => each.changes);
  const evidence = { runs: record.slice(1), toWarn: meant, messages, addresses, graceDays, cameBack, changes, ...log };
  return { record, messages, checks: judgeWarnings(evidence), evidence };
}

function describe({ say }: Narrator): void {
  say('second policy: status active, idle in every product for 240 days, globex.example');
  say(`  → a warning by mail, and after ${graceDays} days suspend`);
}

/** One day's run, released if it is held, and the look at everybody before and after. */
async function watched(
  { cloud }: Stage,
  [first, second]: [Administrator, Administrator],
  earlier: Run[],
  { say, show }: Narrator,
): Promise<Watched> {
  const before = await cloud.users();
  await cloud.fireTrigger('tick-schedule');
  const { id } = await awaitRun(
    first,
    earlier.map((each) => each.id),
  );
  let run = await follow(first, id, show);
  if (run.state === 'held') {
    for (const { text } of run.guards) say(`held: ${text}`);
    await second.command('run', {
      command: 'releaseRun',
      run: id,
      reason: 'read the plan: nobody loses anything unwarned',
    });
    say('the second organization administrator released it');
    run = await follow(first, id, show);
  }
  await cloud.quiet();
  return { run, before, changes: changesBetween(before, await cloud.users()) };
}

/** The first one: its Jira sends the mail. */
function siteOfApp({ sites: [site] }: People): string {
  if (!site) throw new Error('the simulated organization has no site');
  return site.cloudId;
}

/** Two of those who were warned use a product again. */
async function someComeBack({ cloud }: Stage, plan: NamedPerson[], { say }: Narrator): Promise<string[]> {
  const told = plan.filter(({ fate }) => fate === 'verified');
  say(`${told.length} people were warned by mail; ${graceDays} days are to pass`);
  const back = told.slice(0, 2);
  for (const { account } of back) await cloud.logIn(account);
  if (back.length > 0) say(`${back.map(({ name, account }) => name ?? account).join(' and ')} came back`);
  return back.map(({ account }) => account);
}

/** Lets days pass in the cloud, and so in the functions, which have its time. Nothing may be at work meanwhile. */
async function passDays({ cloud }: Stage, days: number, { say }: Narrator): Promise<void> {
  for (let day = 0; day < days; day += 1) await cloud.passDay(quietDay);
  say(`${days} days passed`);
}

/** Hidden ones are not there. */
function addressesOf(users: CloudUser[]): Map<string, string> {
  return new Map(users.flatMap(({ accountId, email }) => (typeof email === 'string' ? [[accountId, email]] : [])));
}
