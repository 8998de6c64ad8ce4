//! Who belongs to which of the runs that are planned together (RULES R7): to the first, in the administrator's order, that takes
//! access from them. What takes nothing never keeps a later run from that: it waits for its own policy's next run, so that no
//! two runs do something to one person at the same time, of which an undo could not tell who did it (decision 10).

use std::collections::{BTreeMap, BTreeSet};

use crate::app::records::Run;
use crate::model::AccountId;
use crate::plan::{Act, Counts, Fate, Person};

/// What the runs that were planned so far mean to do to whom.
#[derive(Debug, Default)]
pub(super) struct Claims {
    /// From whom a run takes access, or took some shortly ago, each with the reason to do nothing else to them.
    pub(super) taken: BTreeMap<AccountId, String>,
    /// To whom a run does something that takes nothing.
    touched: BTreeMap<AccountId, String>,
    /// From whom a run takes access to whom an earlier one would have done something else: its id and its policy.
    won: BTreeMap<AccountId, (String, String)>,
    /// Whom a run tells something.
    pub(super) told: BTreeMap<AccountId, String>,
}

fn is_planned(person: &Person) -> bool {
    person.fate == Fate::Planned
}

fn takes(person: &Person) -> bool {
    is_planned(person) && person.acts.iter().any(Act::takes_access)
}

/// Whether something is done that takes nothing and is more than a message.
fn touches(person: &Person) -> bool {
    is_planned(person) && !takes(person) && !person.acts.iter().all(Act::is_message)
}

fn let_be(person: &mut Person, counts: &mut Counts, reason: String) {
    person.acts.clear();
    person.fate = Fate::Skipped;
    person.reason = reason;
    counts.planned = counts.planned.saturating_sub(1);
    counts.skipped = counts.skipped.saturating_add(1);
}

impl Claims {
    /// Nothing but from whom access was taken shortly ago.
    pub(super) fn new(taken: BTreeMap<AccountId, String>) -> Claims {
        Claims {
            taken,
            ..Claims::default()
        }
    }

    /// Of a plan, lets be to whom an earlier run does something already, unless this one takes access from them.
    pub(super) fn keep_apart(&self, people: &mut [Person], counts: &mut Counts) {
        let taking = people.iter().filter(|person| takes(person));
        let taking: BTreeSet<AccountId> = taking.map(|person| person.account.clone()).collect();
        for person in people.iter_mut().filter(|person| touches(person)) {
            if let Some(why) = self.touched.get(&person.account)
                && !taking.contains(&person.account)
            {
                let_be(person, counts, why.clone());
            }
        }
    }

    /// Notes what a run means to do.
    pub(super) fn note(&mut self, run: &Run, people: &[Person]) {
        let name = &run.policy.name;
        let why = format!("belongs to the run of the policy {name}");
        for person in people.iter().filter(|person| takes(person)) {
            let account = &person.account;
            if self.touched.remove(account).is_some() {
                let by = (run.id.clone(), name.clone());
                self.won.insert(account.clone(), by);
            }
            self.taken.insert(account.clone(), why.clone());
        }
        for person in people.iter().filter(|person| touches(person)) {
            if !self.taken.contains_key(&person.account) {
                self.touched.insert(person.account.clone(), why.clone());
            }
        }
        let tells =
            |person: &&Person| is_planned(person) && person.acts.iter().any(Act::is_message);
        for person in people.iter().filter(tells) {
            let why =
                format!("the run of the policy {name} tells them something: one message a day");
            self.told.insert(person.account.clone(), why);
        }
    }

    /// Whether a plan waits for the later ones: they may take access from somebody to whom it does something else.
    pub(super) fn may_give_way(people: &[Person]) -> bool {
        people.iter().any(touches)
    }

    /// Of a plan, lets be from whom a later run takes access.
    pub(super) fn give_way(&self, run: &Run, people: &mut [Person], counts: &mut Counts) {
        for person in people.iter_mut().filter(|person| touches(person)) {
            if let Some((_, name)) = self
                .won
                .get(&person.account)
                .filter(|(by, _)| *by != run.id)
            {
                let why = format!(
                    "the run of the policy {name} takes access from them: this waits for the next run"
                );
                let_be(person, counts, why);
            }
        }
    }
}
