//! What a reading says of a step: act, wait, or over (RULES R6). Nothing is guessed: an intent that is out is settled by what
//! is seen.

use std::collections::BTreeMap;

use super::acts::VISIBLE_SECONDS;
use super::calling::{SEEN_SECONDS, group_calls};
use super::facts::Facts;
use super::gate::Gate;
use super::progress::{Open, Progress, Untouched};
use super::returned_roles::{ReturnedRoles, given};
use super::stages::no_longer_due;
use super::steps::{Answered, Left, Settled, Steps, state_of};
use super::warnings::{UNCLEAR_MESSAGE, Warnings};
use crate::audit::Outcome;
use crate::evaluate::compile;
use crate::model::{AccountId, Status, Time, Truth};
use crate::plan::{
    Act, Exempting, Fate, Ground, Hindrance, Judged, Link, Person, Protections, PuttingBack,
    Shelter, Taken, Verdict, Wanted, decide, decide_matched, needs_memory, possible, put_back,
    put_taken_back, reached_with, shelter, undo_fits,
};
use crate::planted::{Fault, planted};
use crate::snapshot::{Row, Snapshot, UserRecord};

/// Why a step that the approver took out of the plan is not done.
pub(in crate::app) const HELD_OUT: &str = "held out by the approver";

/// Why a link gives nothing back to somebody whom somebody else made inactive.
const NOT_ACTIVE: &str =
    "changed since: the person is not active, and that is not this run's doing";
/// How long an action whose call had no clear answer may take to be seen, before it is called again.
const UNCLEAR_SECONDS: i64 = 30;
/// How often a call without a clear answer is made.
const ATTEMPTS: u32 = 3;

/// What the reading before the action says of one step.
#[derive(Debug)]
pub(super) enum Reading {
    /// Act on them.
    Act,
    /// The act is over.
    Settle(Settled),
    /// Look again later.
    Wait,
}

/// What a judgement rests on.
#[derive(Debug)]
pub(super) struct Judge<'a> {
    pub(super) steps: &'a Steps<'a>,
    pub(super) progress: &'a Progress,
    pub(super) gate: &'a Gate,
    /// Those of the gate, with whom the reading told apart.
    pub(super) protections: &'a Protections,
    pub(super) facts: &'a Facts,
    pub(super) taken: &'a BTreeMap<AccountId, String>,
    /// Where each step's person was in the policy's chain, if it keeps one.
    pub(super) links: &'a [Option<Link>],
    /// Of the steps that revoke API tokens, those whose person has none any more.
    pub(super) tokenless: &'a [u32],
    /// Which direct roles that acts give back are not there.
    pub(super) roles: &'a ReturnedRoles,
    /// Who was told something already.
    pub(super) warnings: &'a Warnings,
    /// When the reading was asked for: it may show nothing that came after.
    pub(super) read_at: Time,
}

impl Judge<'_> {
    /// Judges the steps of a batch on the same reading.
    pub(super) fn all(&self, batch: &[u32], people: &Snapshot) -> Vec<(u32, Reading)> {
        let before = self.as_before(batch, people);
        let judged = before.as_ref().unwrap_or(people);
        let gate = self.gate;
        let context = gate.names.context(&gate.sites, self.steps.run.now);
        let compiled = compile(&self.gate.policy, judged, context);
        let exempting = self.gate.exempting(judged);
        let ground = self.ground(&exempting);
        let remembers = needs_memory(&self.gate.policy);
        // What the one act did so far of several calls is no change by somebody else.
        let present = self.with_begun_put_back(batch, people);
        let present = present.as_ref().unwrap_or(people);
        let exempting_now = self.gate.exempting(present);
        let ground_now = self.ground(&exempting_now);
        let verdict = |step: u32, person: &Person, act: &Act| match &compiled {
            Ok(compiled) => {
                let row = judged.find(&person.account, &person.directory)?;
                let now = present.find(&person.account, &person.directory)?;
                if remembers && self.progress.acts_done(step) == 0 {
                    let at = people.find(&person.account, &person.directory)?;
                    let whose = (&self.gate.policy, self.steps.run);
                    let on = Judged { compiled, row };
                    let link = self.link(step);
                    let used = self.gate.kept.get(&person.account).copied();
                    let then = (self.read_at, used);
                    let why = no_longer_due(whose, person, link, &on, (people, at), then);
                    if let Some(why) = why {
                        return Some(Verdict::new(Fate::Skipped, why));
                    }
                }
                // An exemption shelters whether it is by what they hold now or by what they held before.
                let first = decide(compiled, judged, row, &ground, Wanted::Planned(&[]))?;
                if first.fate != Fate::Planned {
                    return Some(first);
                }
                let wanted = Wanted::Planned(std::slice::from_ref(act));
                let on = Judged { compiled, row };
                Some(decide_matched(&on, present, now, &ground_now, wanted))
            }
            Err(error) => Some(Verdict::unknown(error.to_string())),
        };
        batch
            .iter()
            .filter_map(|step| Some((*step, self.one(*step, people, &verdict)?)))
            .collect()
    }

    fn ground<'a>(&'a self, exempting: &'a Exempting<'a>) -> Ground<'a> {
        Ground {
            exempted: exempting,
            protections: self.protections,
            taken: self.taken,
            groups: self.facts.of(),
        }
    }

    /// Where a step's person was in the policy's chain.
    fn link(&self, step: u32) -> Option<&Link> {
        let step = usize::try_from(step).ok()?;
        self.links.get(step)?.as_ref()
    }

    /// The people with what earlier stages and earlier acts of the same step took put back, if there were such.
    fn as_before(&self, batch: &[u32], people: &Snapshot) -> Option<Snapshot> {
        let is_as_it_was = |step: &u32| {
            let taken = self.link(*step).map(|link| &link.taken);
            self.progress.acts_done(*step) == 0
                && self.progress.open(*step).is_none()
                && taken.is_none_or(Taken::is_nothing)
        };
        if batch.iter().all(is_as_it_was) {
            return None;
        }
        let mut judged = Snapshot::new();
        for step in batch {
            let person = self.steps.person(*step)?;
            let row = people.find(&person.account, &person.directory);
            let Some(mut record) = row.and_then(|row| people.record(row)) else {
                continue;
            };
            let done = usize::try_from(self.progress.acts_done(*step)).ok()?;
            let begun = usize::from(self.progress.open(*step).is_some());
            let acts = person.acts.get(..done + begun).unwrap_or_default();
            if let Some(link) = self.link(*step) {
                put_taken_back(&mut record, &link.taken);
            }
            self.put_back(&mut record, person, acts);
            judged.push(&record);
            push_elsewhere(&mut judged, people, person);
        }
        Some(judged)
    }

    /// The people with what acts took whose intent is out put back: part of them may have been done.
    fn with_begun_put_back(&self, batch: &[u32], people: &Snapshot) -> Option<Snapshot> {
        if batch.iter().all(|step| self.progress.open(*step).is_none()) {
            return None;
        }
        let mut present = Snapshot::new();
        for step in batch {
            let person = self.steps.person(*step)?;
            let row = people.find(&person.account, &person.directory);
            let Some(mut record) = row.and_then(|row| people.record(row)) else {
                continue;
            };
            if let (Some(act), Some(_)) = (
                self.steps.act(*step, self.progress),
                self.progress.open(*step),
            ) {
                let acts = std::slice::from_ref(act);
                self.put_back(&mut record, person, acts);
            }
            present.push(&record);
            push_elsewhere(&mut present, people, person);
        }
        Some(present)
    }

    fn put_back(&self, record: &mut UserRecord, person: &Person, acts: &[Act]) {
        let by = PuttingBack {
            policy: &self.gate.policy,
            facts: self.facts.of(),
            name_of: &|group| self.facts.name(group),
        };
        put_back(record, &person.before, acts, by);
    }

    /// Whether part of an act was done, or may have been, that takes several calls.
    fn is_begun(
        &self,
        step: u32,
        person: &Person,
        act: &Act,
        (people, row): (&Snapshot, Option<Row>),
    ) -> bool {
        // Which tokens there were is not known any more: some may be gone.
        if *act == Act::RevokeTokens {
            return true;
        }
        // Some of the direct roles are there, and others not.
        if self.roles.missing(step).len() < given(act).len()
            && self.roles.are_there(step, act) == Truth::False
        {
            return true;
        }
        let leaves = match act {
            Act::RemoveAccess { .. } | Act::RemoveFromGroups { .. } => true,
            Act::AddToGroup { .. } | Act::GiveAccess { .. } => false,
            _ => return false,
        };
        let Some(held) = row.and_then(|row| people.groups(row)) else {
            return false;
        };
        let held: Vec<_> = held.map(|group| &group.id).collect();
        let had = person.before.groups.as_deref().unwrap_or_default();
        let mut groups = act.groups().iter();
        groups.any(|group| match held.contains(&group) {
            // Nobody is added to a group that they are in.
            true => !leaves,
            false => leaves && had.contains(group),
        })
    }

    fn one(
        &self,
        step: u32,
        people: &Snapshot,
        verdict: &dyn Fn(u32, &Person, &Act) -> Option<Verdict>,
    ) -> Option<Reading> {
        let person = self.steps.person(step)?;
        let act = self.steps.act(step, self.progress)?;
        let row = people.find(&person.account, &person.directory);
        let open = self.progress.open(step);
        let roles = self.roles.are_there(step, act);
        // What somebody else gave back already keeps nothing from being given back besides.
        let passes = self.steps.run.undoes.is_some() && self.gate.stop.is_none();
        let settled = |fate, outcome, reason: String, left| {
            Some(Reading::Settle(Settled {
                step,
                fate,
                outcome,
                reason,
                passes: passes && fate == Fate::Skipped,
                left,
                after: row.map(|row| state_of(act, (people, row), self.roles.known(step))),
                answer: Answered::default(),
            }))
        };
        let over = |fate, outcome, reason| settled(fate, outcome, reason, Left::Perhaps);
        let message = open
            .filter(|open| act.is_message() && !open.held_back && !planted(Fault::MessageRepeated));
        if let Some(message) = message {
            return match message.accepted {
                Some(_) => over(Fate::Verified, Outcome::Done, person.reason.clone()),
                None => over(Fate::Failed, Outcome::Failed, UNCLEAR_MESSAGE.to_owned()),
            };
        }
        if let Some(open) = open.filter(|_| !act.is_message()) {
            if self.tokenless.contains(&step) || is_reached(act, people, row, roles) == Truth::True
            {
                return over(Fate::Verified, Outcome::Done, person.reason.clone());
            }
            match self.pending(open) {
                Pending::Wait => return Some(Reading::Wait),
                // What no reading can show stands as it was accepted.
                Pending::Failed(_)
                    if open.accepted.is_some() && is_untold(act, people, row, roles) =>
                {
                    let why = format!("{}; accepted, and not told since", person.reason);
                    return over(Fate::Verified, Outcome::Done, why);
                }
                Pending::Failed(reason) => {
                    if !is_gone(act, people, row, roles) {
                        return over(Fate::Failed, Outcome::Failed, reason);
                    }
                    let why = match open.accepted {
                        Some(_) => format!("{reason}; somebody took it back"),
                        None => reason,
                    };
                    return settled(Fate::Failed, Outcome::Failed, why, Left::Gone);
                }
                Pending::Again => {}
            }
        }
        // Without an intent nothing of ours can have happened yet.
        let let_be = if open.is_some() {
            Outcome::NotDone
        } else {
            Outcome::Skipped
        };
        match self.against(step, act, person, (people, row), verdict) {
            Some(why) if open.is_some() && self.is_begun(step, person, act, (people, row)) => {
                let why = format!("done in part, then let be: {why}");
                settled(
                    Fate::Failed,
                    Outcome::Failed,
                    why,
                    self.left_of(act, people, row),
                )
            }
            Some(why)
                if open.is_some()
                    && (is_untold(act, people, row, roles)
                        || is_unasked(act, people, row, roles)) =>
            {
                let why = format!("let be, and whether it was done cannot be seen: {why}");
                over(Fate::Failed, Outcome::Failed, why)
            }
            Some(why) => over(Fate::Skipped, let_be, why),
            None => Some(Reading::Act),
        }
    }

    /// What may be left of an act of several changes, some of which a reading shows not to be made.
    fn left_of(&self, act: &Act, people: &Snapshot, row: Option<Row>) -> Left {
        let opened = self.progress.opened();
        let is_late = opened.is_some_and(|at| self.read_at.since(at) > SEEN_SECONDS);
        match row.filter(|_| is_late) {
            // Which direct roles were revoked is told by none.
            Some(row) => Left::AllBut(Untouched {
                groups: group_calls(act, (people, row)).cloned().collect(),
                revoked: usize::MAX,
            }),
            None => Left::Perhaps,
        }
    }

    /// What becomes of an intent that is out and whose end is not seen.
    fn pending(&self, open: &Open) -> Pending {
        if let Some(accepted) = open.accepted {
            let waited = self.read_at.since(accepted);
            if waited < VISIBLE_SECONDS {
                return Pending::Wait;
            }
            // An earlier call of ours may have been what it conflicted with.
            let answer = match open.http {
                Some(409) => "answered with a conflict",
                _ => "accepted",
            };
            return Pending::Failed(format!(
                "{answer} by atlassian, and not seen after {waited} seconds"
            ));
        }
        if open
            .called
            .is_some_and(|called| self.read_at.since(called) < UNCLEAR_SECONDS)
        {
            return Pending::Wait;
        }
        if open.attempts >= ATTEMPTS {
            // What was called for last is to be seen by then, if anything came of it.
            if open
                .called
                .is_some_and(|called| self.read_at.since(called) < VISIBLE_SECONDS)
            {
                return Pending::Wait;
            }
            return Pending::Failed(format!("no clear answer to {ATTEMPTS} calls, and not done"));
        }
        Pending::Again
    }

    /// Whether the approver spared a person: in one directory as in all of them.
    fn is_held_out(&self, person: &Person) -> bool {
        let mut held_out = self.steps.run.held_out.iter();
        held_out.any(|step| {
            let other = self.steps.person(*step);
            other.is_some_and(|other| other.account == person.account)
        })
    }

    /// Whether the undo is the person's own wish, so that nobody looked at how they stand now.
    fn is_wished(&self) -> bool {
        self.steps.run.cause.wished_by().is_some()
    }

    /// What speaks against acting on a person, if anything.
    fn against(
        &self,
        step: u32,
        act: &Act,
        person: &Person,
        (people, row): (&Snapshot, Option<Row>),
        verdict: &dyn Fn(u32, &Person, &Act) -> Option<Verdict>,
    ) -> Option<String> {
        if let Some(stop) = &self.gate.stop {
            return Some(stop.why.clone());
        }
        if self.progress.open(step).is_none()
            && self.is_held_out(person)
            && !planted(Fault::HeldOutIgnored)
        {
            return Some(String::from(HELD_OUT));
        }
        let Some(row) = row else {
            return Some(String::from(
                "the directory does not list the person any more",
            ));
        };
        if let Some(why) = self.warnings.quiet(&person.account)
            && act.is_message()
        {
            return Some(why.to_owned());
        }
        if self.steps.run.undoes.is_some() {
            if let Some(why) = self.taken.get(&person.account) {
                return Some(format!("changed since: {why}"));
            }
            if self.is_wished() && !act.restores() && people.status(row) != Some(Status::Active) {
                return Some(String::from(NOT_ACTIVE));
            }
            let roles = self.roles.are_there(step, act);
            let fits = undo_fits(act, people, row, roles)
                .and_then(|()| possible(act, people, row, self.facts.of()));
            let hindered = fits.err().map(|hindrance| match hindrance {
                Hindrance::Impossible { reason, .. } | Hindrance::Unknown(reason) => reason,
            });
            return hindered.or_else(|| self.sheltered(act, people, row));
        }
        match verdict(step, person, act) {
            Some(Verdict {
                fate: Fate::Planned,
                ..
            }) => None,
            Some(verdict) => Some(format!("on reading again: {}", verdict.reason)),
            None => Some(String::from(
                "on reading again: the policy does not match any more",
            )),
        }
    }
}

/// Also who is given nothing but loses something by an undo may be exempt or protected.
impl Judge<'_> {
    fn sheltered(&self, act: &Act, people: &Snapshot, row: Row) -> Option<String> {
        if !act.takes_access() && !act.is_only_by_hand() {
            return None;
        }
        let exempting = self.gate.exempting(people);
        let ground = self.ground(&exempting);
        match shelter(people, row, ground.exempted, ground.protections)? {
            Shelter::Exempt(reason) => Some(reason.to_owned()),
            Shelter::Protected(reason) => Some(reason.into_owned()),
        }
    }
}

enum Pending {
    Wait,
    Failed(String),
    Again,
}

/// Whether a reading that is late enough shows that nothing is left of an act: a status that is not set was not set, or is
/// not any more. Of several groups some may be left.
pub(super) fn is_gone(act: &Act, people: &Snapshot, row: Option<Row>, roles: Truth) -> bool {
    act.inverse(&[]).is_ok_and(|back| back.restores())
        && is_reached(act, people, row, roles) == Truth::False
}

/// Whether no reading can show the end of an act: it sets how somebody stands in one of several directories, and that is not
/// told there; or it is about groups or accesses, and the directory lists none of suspended people. What a reading could show
/// and does not has failed.
fn is_untold(act: &Act, people: &Snapshot, row: Option<Row>, roles: Truth) -> bool {
    !act.is_message()
        && row.is_some_and(|row| match people.status(row) {
            None => {
                matches!(act, Act::Suspend | Act::Restore | Act::Reactivate)
                    && people.is_in_several_directories(row)
            }
            Some(Status::Suspended) => {
                *act != Act::RevokeTokens && reached_with(act, people, row, roles) == Truth::Unknown
            }
            Some(_) => false,
        })
}

/// Whether the end of an act could be shown, and was not told this time: a name that is left out, a role that could not be
/// asked about.
fn is_unasked(act: &Act, people: &Snapshot, row: Option<Row>, roles: Truth) -> bool {
    matches!(act, Act::Rename { .. } | Act::GiveAccess { .. })
        && row.is_some_and(|row| reached_with(act, people, row, roles) == Truth::Unknown)
}

/// Who is listed in other directories too stays so.
fn push_elsewhere(to: &mut Snapshot, people: &Snapshot, person: &Person) {
    for row in people.find_all(person.account.as_str()) {
        if people.directory(row) != Some(&person.directory)
            && let Some(record) = people.record(row)
        {
            to.push(&record);
        }
    }
}

/// Whether what was read shows the end of an act; also of a person who is not listed any more.
pub(super) fn is_reached(act: &Act, people: &Snapshot, row: Option<Row>, roles: Truth) -> Truth {
    match row {
        Some(row) => reached_with(act, people, row, roles),
        None if *act == Act::RemoveFromOrganization => Truth::True,
        None => Truth::Unknown,
    }
}
