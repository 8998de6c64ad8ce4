//! What we took, by whom it was taken back, and whether that can be known.

use chrono::TimeDelta;
use cloud::Time;
use cloud::admin_api::Effect;

use super::{Acted, KNOWN_SECONDS, Observer};

/// Who took back what we did.
#[derive(Clone, Debug)]
pub(super) enum Back {
    /// A run of ours; and whether the log says so.
    Ours { run: String, is_told: bool },
    /// Somebody else.
    Theirs(Time),
}

/// What takes a change back.
pub(super) fn inverse(what: &str) -> &'static str {
    match what {
        "suspended" => "restored",
        "deactivated" => "reactivated",
        "deleting" => "deletionCancelled",
        "groupLeft" => "groupJoined",
        "groupJoined" => "groupLeft",
        "roleRevoked" => "roleAssigned",
        "roleAssigned" => "roleRevoked",
        "renamed" => "renamed",
        _ => "nothing",
    }
}

impl Acted {
    /// Whether an effect takes exactly this back.
    pub(super) fn is_taken_back_by(&self, effect: &Effect) -> bool {
        self.account == effect.account_id
            && inverse(self.what) == effect.what
            && self.place.0 == effect.directory_id
            && self.place.1 == effect.object
    }
}

impl Observer {
    /// Somebody else ended a status that we set: nothing of it is left to take back.
    pub(super) fn note_foreign_giving(&mut self, effect: &Effect) {
        self.touched.insert(effect.account_id.clone(), effect.at);
        if !matches!(
            effect.what,
            "restored" | "reactivated" | "deletionCancelled"
        ) {
            return;
        }
        for acted in &mut self.acted {
            if acted.back.is_none() && acted.is_taken_back_by(effect) {
                acted.back = Some(Back::Theirs(effect.at));
            }
        }
    }

    /// Notes that an effect of a run of ours takes something of another one back.
    pub(super) fn note_giving(&mut self, run: &str, undone: &str, effect: &Effect) {
        let mut of_run = self.acted.iter_mut().filter(|acted| acted.run == undone);
        let taken_back =
            of_run.find(|acted| acted.back.is_none() && acted.is_taken_back_by(effect));
        if let Some(acted) = taken_back {
            acted.back = Some(Back::Ours {
                run: run.to_owned(),
                is_told: false,
            });
        }
    }

    /// The log says that a run is done with somebody: whatever it gave back is known to be back.
    pub(super) fn note_told(&mut self, account: &str, undo: &str) {
        for acted in &mut self.acted {
            if let Some(Back::Ours { run, is_told }) = &mut acted.back
                && acted.account == account
                && run == undo
            {
                *is_told = true;
            }
        }
    }

    /// Whether a run that was planned at a time had to know that something is back since, so that what is there now is somebody
    /// else's: the log says so, or the newest snapshot by then did. Of a run at work no reading tells who did what.
    pub(super) fn is_known_to_be_back(&self, acted: &Acted, planned: Time) -> bool {
        let known = self.people.known.get(&acted.account);
        let is_in_several = known.is_none_or(|known| known.facts.is_in_several());
        let given = self.given.get(&acted.account);
        match &acted.back {
            None => false,
            Some(Back::Ours { is_told, .. }) => *is_told,
            // What is seen of whom we gave something back too may be our own doing.
            Some(Back::Theirs(at)) => {
                let ended = self.runs.get(&acted.run).and_then(|run| run.ended);
                let Some(ended) = ended else { return false };
                // A reading that begins at once may not show yet what came before it; and of somebody whom an earlier order
                // to take the run back may have given it nobody can tell who did.
                let at = ended.max(*at) + TimeDelta::seconds(KNOWN_SECONDS);
                let orders = self.undo_orders.get(&acted.run).copied();
                acted.what == "suspended"
                    && orders.is_none_or(|orders| orders <= 1)
                    && !is_in_several
                    && given.is_none_or(|given| *given < acted.at)
                    && self.was_shown_active(&acted.account, (ended, at), planned)
            }
        }
    }

    /// Everybody whom a run of ours suspended, and who is suspended by it.
    pub fn suspended_by_us(&self) -> Vec<String> {
        let acted = self.acted.iter();
        let theirs = acted.filter(|acted| acted.what == "suspended" && acted.back.is_none());
        theirs.map(|acted| acted.account.clone()).collect()
    }

    /// The last of our runs that suspended a person.
    pub fn run_that_suspended(&self, account: &str) -> Option<String> {
        let mut acted = self.acted.iter().rev();
        let last = acted.find(|acted| acted.what == "suspended" && acted.account == account);
        last.map(|acted| acted.run.clone())
    }

    /// Everybody from whom something was taken that nobody gave back.
    pub(super) fn is_out(&self, account: &str) -> bool {
        let mut acted = self.acted.iter();
        acted.any(|acted| acted.account == account && acted.back.is_none())
    }
}
