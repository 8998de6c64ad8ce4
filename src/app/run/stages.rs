//! Runs of policies whose stages are remembered: planning what is due for whom, judging it again before each action, and
//! noting what was done (RULES R2).

use std::collections::BTreeMap;

use super::parts::load_steps;
use super::progress::Progress;
use super::warnings::Warnings;
use crate::app::chains::{self, Chains, Done, Heard, Unwritten};
use crate::app::records::Run;
use crate::app::worker::Worker;
use crate::evaluate::{Compiled, Context, compile};
use crate::host::{Host, StorageError};
use crate::model::{AccountId, Time, Truth};
use crate::plan::{
    Act, Aim, Counts, Departure, Fate, Ground, Judged, Link, LinkUse, Pause, Person, Place,
    Sheltered, Sight, Standing, Taken, Verdict, Wanted, Warned, decide, decide_matched,
    is_given_back, once_an_account, person, place,
};
use crate::planted::{Fault, planted};
use crate::policy::{Policy, Unreachable};
use crate::snapshot::{Row, Snapshot};

/// Why nothing is done to somebody who matches a policy that keeps seats.
const NOT_CHOSEN: &str =
    "keeps the seat: no more have to be freed, or others have not used theirs for longer";

/// The same of whom no warning reaches.
const NOT_REACHED: &str =
    "keeps the seat: no warning reaches the person, who is no active user of this site's Jira";

/// What the planning of a policy's stages rests on.
pub(super) struct Stages<'a> {
    pub(super) policy: &'a Policy,
    pub(super) compiled: &'a Compiled<'a>,
    pub(super) snapshot: &'a Snapshot,
    pub(super) context: Context<'a>,
    pub(super) ground: &'a Ground<'a>,
    /// What each stage wants done.
    pub(super) aims: &'a [Aim],
    /// Who was told something already.
    pub(super) warnings: &'a Warnings,
    /// What was heard of people.
    pub(super) heard: &'a BTreeMap<AccountId, Heard>,
}

/// Whether a policy can take the access of somebody who matches, whatever other runs do; nobody's where it takes none. What
/// protects the person or is not known may be over soon.
pub(super) fn freeing(
    compiled: &Compiled<'_>,
    snapshot: &Snapshot,
    row: Row,
    ground: &Ground<'_>,
    aims: &[Aim],
) -> Truth {
    let ground = Ground {
        taken: &BTreeMap::new(),
        ..*ground
    };
    let taking = aims.iter().find(|aim| aim.takes_access());
    let decided =
        taking.and_then(|aim| decide(compiled, snapshot, row, &ground, Wanted::Stage(aim)));
    match decided.map_or(Fate::Planned, |decided| decided.fate) {
        Fate::Planned => Truth::True,
        Fate::Unknown | Fate::Protected => Truth::Unknown,
        _ => Truth::False,
    }
}

impl Stages<'_> {
    /// Decides for everybody who is in the chain, left it, or would be in it if more were known.
    pub(super) fn plan(&self, chains: &mut Chains) -> (Vec<Person>, Counts) {
        let mut counts = Counts {
            users: u32::try_from(self.snapshot.len()).unwrap_or(u32::MAX),
            ..Counts::default()
        };
        let (mut people, mut rows) = (Vec::new(), Vec::new());
        let before = compile(self.policy, chains.before(), self.context).ok();
        for row in self.snapshot.rows() {
            let (stage, verdict) = match chains.at(row) {
                Some(placed) => {
                    let was = before.as_ref().zip(placed.before);
                    let was = was.map(|(compiled, row)| Judged { compiled, row });
                    self.placed(row, &placed.place, was)
                }
                None => (0, self.outside(row)),
            };
            let Some(verdict) = verdict else { continue };
            let Some(mut person) = person(self.compiled, self.snapshot, row, verdict) else {
                continue;
            };
            person.stage = stage;
            counts.add(person.fate);
            rows.push(row);
            people.push(person);
        }
        drop(before);
        // The chain remembers what is left for each line to do.
        if self.snapshot.lists_anybody_twice() {
            once_an_account(&mut people, &mut counts);
        }
        for (row, person) in rows.into_iter().zip(&people) {
            if person.fate == Fate::Planned {
                chains.offer(row, person.stage, self.taken(row, person));
            }
        }
        (people, counts)
    }

    /// Somebody in the chain, or who left it, and the stage that it is about.
    fn placed(&self, row: Row, place: &Place, was: Option<Judged<'_>>) -> (u32, Option<Verdict>) {
        let is = Judged {
            compiled: self.compiled,
            row,
        };
        if let Standing::Due { stage } = place.standing {
            let aim = usize::try_from(stage).ok();
            let aim = aim.and_then(|stage| self.aims.get(stage));
            if aim.is_some_and(Aim::warns)
                && let Some(why) = self.quiet(row)
            {
                return (stage, Some(Verdict::new(Fate::Skipped, why)));
            }
            let decided = aim.map(|aim| {
                let wanted = Wanted::Stage(aim);
                decide_matched(&was.unwrap_or(is), self.snapshot, row, self.ground, wanted)
            });
            return (stage, decided);
        }
        let fate = match (place.standing, place.left) {
            (Standing::Paused(Pause::Unknown), _) => Fate::Unknown,
            (Standing::Paused(Pause::Protected), _) => Fate::Protected,
            (Standing::Out, Some(Departure::Exempt)) => Fate::Exempt,
            (Standing::Finished, None) => return (0, None),
            _ => Fate::Skipped,
        };
        let stage = match place.standing {
            Standing::Waits { stage, .. } | Standing::Unreachable { stage } => stage,
            _ => 0,
        };
        let verdict = place
            .sentence()
            .map(|sentence| Verdict::new(fate, sentence));
        (stage, verdict)
    }

    /// Why somebody is told nothing now.
    fn quiet(&self, row: Row) -> Option<String> {
        let account = AccountId(self.snapshot.account(row)?.to_owned());
        self.warnings.quiet(&account).map(str::to_owned)
    }

    /// Somebody who is not in the chain: sheltered, or not decided; or of a pool of seats not chosen.
    fn outside(&self, row: Row) -> Option<Verdict> {
        // Of a pool, what stands in the way of the seat is what keeps it.
        let taking = self.aims.iter().find(|aim| aim.takes_access());
        let taking = taking.filter(|_| self.policy.keep.is_some());
        let wanted = Wanted::Stage(taking.or(self.aims.first())?);
        let decided = decide(self.compiled, self.snapshot, row, self.ground, wanted)?;
        if decided.fate != Fate::Planned {
            return Some(decided);
        }
        let account = self.snapshot.account(row);
        let heard = account.and_then(|account| self.heard.get(account));
        let is_out_of_reach = self.policy.unreachable == Unreachable::Hold
            && heard.is_some_and(|heard| heard.warned == Warned::Unreachable);
        let why = if is_out_of_reach {
            NOT_REACHED
        } else {
            NOT_CHOSEN
        };
        Some(Verdict::new(Fate::Skipped, why.to_owned()))
    }

    /// What each act takes from a person.
    fn taken(&self, row: Row, person: &Person) -> Vec<Taken> {
        let Some(record) = self.snapshot.record(row) else {
            return Vec::new();
        };
        let acts = person.acts.iter();
        acts.map(|act| Taken::by(act, self.policy, &record, self.ground.groups))
            .collect()
    }
}

/// What speaks against a stage that was due at planning, on the reading just before it.
pub(super) fn no_longer_due(
    (policy, run): (&Policy, &Run),
    person: &Person,
    link: Option<&Link>,
    judged: &Judged<'_>,
    (people, row): (&Snapshot, Row),
    (read, link_used): (Time, Option<LinkUse>),
) -> Option<String> {
    let Some(link) = link else {
        return Some(String::from("not in the policy's chain of stages any more"));
    };
    let last = link.last_done();
    let sight = Sight {
        now: run.now,
        read,
        // Match and shelter are judged beside this.
        verdict: Truth::True,
        seen: judged.compiled.last_use(judged.row),
        sheltered: Sheltered::No,
        restored: last.is_some_and(|last| is_given_back(&link.taken, people, row, read, last.at)),
        policy_changed: false,
        may_enter: true,
        link_used,
        warned: Warned::NotYet,
    };
    let place = place(policy, Some(link), &sight);
    let is_due = place.left.is_none()
        && place.standing
            == Standing::Due {
                stage: person.stage,
            };
    (!is_due).then(|| place.sentence().unwrap_or_default())
}

/// Notes in the policy's chain what a run did. Its writes belong into the commit that ends the run.
pub(super) async fn note<H: Host>(
    worker: &Worker<'_, H>,
    run: &Run,
    progress: &Progress,
) -> Result<Unwritten, StorageError> {
    let host = worker.host;
    let Some(plan) = run.plan.as_ref().filter(|_| run.undoes.is_none()) else {
        return Ok(Unwritten::default());
    };
    if run.dry || !chains::is_there(host, &run.policy.id).await? {
        return Ok(Unwritten::default());
    }
    let mut done = Vec::new();
    for (step, person) in (0u32..).zip(load_steps(host, &run.id, plan.parts).await?) {
        if planted(Fault::WarningNotNoted) && person.acts.iter().any(Act::is_message) {
            continue;
        }
        let acts = usize::try_from(progress.acts_done(step)).unwrap_or(0);
        // An act that was accepted and not read back is done, unless it was one of several.
        let is_all = match progress.fate(step) {
            Fate::Verified => true,
            Fate::Acted => person.acts.len() == 1,
            _ => false,
        };
        if is_all || acts > 0 {
            done.push(Done {
                account: person.account,
                directory: person.directory,
                stage: person.stage,
                acts,
                is_all,
            });
        }
    }
    let (policy, hash) = (&run.policy.id, &run.policy.hash);
    let under = (host, &worker.lease);
    chains::note_done(under, policy, hash, &run.id, host.now(), &done).await
}
