//! Where a person stands in a chain: what is due, what they wait for, or why they left (RULES R2).

use super::link::Link;
use crate::model::{Action, Time, Truth};
use crate::planted::{Fault, planted};
use crate::policy::{Policy, Stage, Unreachable};

/// What is known of one person when a run is planned, or read again before an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sight {
    /// The run's reference time.
    pub now: Time,
    /// When the reading that this rests on was taken.
    pub read: Time,
    /// The policy's verdict on the state before our first action; on the state as it is where we did nothing.
    pub verdict: Truth,
    /// The latest activity that is known in what the policy asks about.
    pub seen: Option<Time>,
    /// Whether something shelters the person.
    pub sheltered: Sheltered,
    /// Whether anybody gave back what we took.
    pub restored: bool,
    /// Whether the policy's text is another one than that under which people entered.
    pub policy_changed: bool,
    /// Whether they may enter: of a pool of seats only whoever is chosen, the first time and each further one.
    pub may_enter: bool,
    /// The person used a link.
    pub link_used: Option<LinkUse>,
    /// What became of the warning of the stage that is next.
    pub warned: Warned,
}

/// A link that was used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkUse {
    /// When.
    pub at: Time,
    /// Until when the person is let be for it.
    pub until: Time,
}

/// Whether something shelters a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheltered {
    /// Nothing.
    No,
    /// An exemption: they leave the chain.
    Exempt,
    /// A protection, or something undecided that counts as one (RULES R4): nothing fires, nothing resets.
    Protected,
}

/// What became of a warning (RULES R3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warned {
    /// Jira answered 204 at that time, while the person was active there.
    Accepted(Time),
    /// No warning can reach them.
    Unreachable,
    /// It was not tried, or came to nothing.
    NotYet,
}

/// Where a person stands, and what is to be remembered of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// What is due, or why nothing is.
    pub standing: Standing,
    /// Why they left the chain at this look, if they did. They may have entered it anew at the same one.
    pub left: Option<Departure>,
    /// What to remember; nothing for somebody who is not in the chain.
    pub link: Option<Link>,
}

/// What is due, or why nothing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Not in the chain.
    Out,
    /// A stage is due.
    Due {
        /// Which, from 0.
        stage: u32,
    },
    /// The next stage is not due yet.
    Waits {
        /// Which, from 0.
        stage: u32,
        /// The earliest time.
        until: Time,
        /// For what.
        reason: Waiting,
    },
    /// Nothing fires and nothing resets.
    Paused(Pause),
    /// No warning can reach them, and the policy holds them at this stage.
    Unreachable {
        /// Which, from 0.
        stage: u32,
    },
    /// They used a link, and are let be until this time.
    Postponed {
        /// The time.
        until: Time,
    },
    /// Every stage was done.
    Finished,
}

/// What somebody waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// The stage's time.
    Stage,
    /// Another reading that finds them to match (`confirm`); at that time at the earliest.
    Reading,
}

/// Why a chain pauses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pause {
    /// Something that decides is not known.
    Unknown,
    /// A protection shelters them.
    Protected,
    /// The directory does not list them.
    NotListed,
}

/// Why somebody left a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Departure {
    /// The policy's text was changed.
    PolicyChanged,
    /// An exemption.
    Exempt,
    /// They used a link, and are let be until this time.
    LinkUsed(Time),
    /// Somebody gave back what was taken.
    Restored,
    /// They were seen at this time, after entering.
    Seen(Time),
    /// The policy is false on the state before our first action.
    NoMatch,
}

/// Where a person stands. `link` is what was remembered, if they were in the chain.
pub fn place(policy: &Policy, link: Option<&Link>, sight: &Sight) -> Place {
    let (link, postponed) = match link {
        Some(link) if link.postponed.is_none() => (Some(link), None),
        out => (None, out.and_then(|link| link.postponed)),
    };
    let left = link.and_then(|link| departure(link, sight));
    // Of two links the one that lets them be for longer.
    let until = postponed.max(sight.link_used.map(|used| used.until));
    if let Some(until) = until.filter(|until| sight.now < *until) {
        let link = Link::postponed(sight.now, until);
        return stand(Standing::Postponed { until }, left, Some(link));
    }
    match (link, left) {
        (Some(link), None) => go_on(policy, link.clone(), sight, None),
        (_, left) => enter(policy, sight, left),
    }
}

/// Why somebody who is in the chain leaves it, if they do. What is not known is no reason.
fn departure(link: &Link, sight: &Sight) -> Option<Departure> {
    if planted(Fault::ChainNotLeft) {
        return None;
    }
    if sight.policy_changed {
        return Some(Departure::PolicyChanged);
    }
    if sight.sheltered == Sheltered::Exempt {
        return Some(Departure::Exempt);
    }
    // Whoever used one leaves, also where the time that it gave is over by now.
    let used = sight.link_used.filter(|used| used.at >= link.entered);
    if let Some(LinkUse { until, .. }) = used {
        return Some(Departure::LinkUsed(until));
    }
    if sight.restored {
        return Some(Departure::Restored);
    }
    if let Some(seen) = sight.seen.filter(|seen| *seen > link.entered) {
        return Some(Departure::Seen(seen));
    }
    (sight.verdict == Truth::False).then_some(Departure::NoMatch)
}

/// Whether every stage is behind the person.
pub fn is_finished(policy: &Policy, link: &Link) -> bool {
    let mut numbers = (0u32..).zip(&policy.stages);
    numbers.all(|(number, _)| link.is_behind(number))
}

/// Lets a person in who matches and whom nothing shelters.
fn enter(policy: &Policy, sight: &Sight, left: Option<Departure>) -> Place {
    let matches = sight.verdict == Truth::True && sight.sheltered == Sheltered::No;
    // What was given back is not taken again at the same look: whoever leaves them alone must have had time to hear of it.
    if !matches || !sight.may_enter || left == Some(Departure::Restored) {
        return stand(Standing::Out, left, None);
    }
    let link = Link::entering(sight.now, sight.read);
    go_on(policy, link, sight, left)
}

/// What is due for somebody in the chain.
fn go_on(policy: &Policy, mut link: Link, sight: &Sight, left: Option<Departure>) -> Place {
    link.verdict = sight.verdict;
    // Where nothing is left to do nothing can pause.
    if is_finished(policy, &link) {
        return stand(Standing::Finished, left, Some(link));
    }
    if sight.verdict == Truth::Unknown {
        return stand(Standing::Paused(Pause::Unknown), left, Some(link));
    }
    count_reading(policy, &mut link, sight);
    if sight.sheltered != Sheltered::No {
        return stand(Standing::Paused(Pause::Protected), left, Some(link));
    }
    let standing = next(policy, &mut link, sight);
    stand(standing, left, Some(link))
}

fn stand(standing: Standing, left: Option<Departure>, link: Option<Link>) -> Place {
    Place {
        standing,
        left,
        link,
    }
}

/// Counts a reading that is far enough from the last one that was counted, as long as the policy asks for more.
fn count_reading(policy: &Policy, link: &mut Link, sight: &Sight) {
    let Some(confirm) = &policy.confirm else {
        return;
    };
    let is_another =
        sight.read > link.confirmed && sight.read >= confirm.apart.after(link.confirmed);
    if link.readings < confirm.readings && is_another {
        link.readings += 1;
        link.confirmed = sight.read;
    }
}

/// What the first stage that is not done says.
fn next(policy: &Policy, link: &mut Link, sight: &Sight) -> Standing {
    let mut previous: Option<(&Stage, Time)> = None;
    let mut stages = (0u32..).zip(&policy.stages).peekable();
    while let Some((number, stage)) = stages.next() {
        let done = link
            .done_at(number)
            .or_else(|| warning_done(link, stage, number, sight));
        if let Some(at) = done {
            previous = Some((stage, at));
            continue;
        }
        let following = stages.peek().map(|(_, stage)| *stage);
        if link.is_behind(number) || is_overtaken(link, stage, following, previous, sight.now) {
            continue;
        }
        let until = due_at(link, stage, previous);
        if let Some(reading) = reading_missing(policy, link) {
            let (until, reason) = later_of(until, reading);
            return Standing::Waits {
                stage: number,
                until,
                reason,
            };
        }
        if sight.now < until {
            return Standing::Waits {
                stage: number,
                until,
                reason: Waiting::Stage,
            };
        }
        let warns = stage.r#do.contains(&Action::Warn);
        if !warns || sight.warned != Warned::Unreachable {
            return Standing::Due { stage: number };
        }
        if policy.unreachable == Unreachable::Hold {
            return Standing::Unreachable { stage: number };
        }
        if !only_warns(stage) {
            return Standing::Due { stage: number };
        }
        // To go on without a warning is to count it as given now: the grace is theirs all the same.
        link.note_done(number, sight.now);
        previous = Some((stage, sight.now));
    }
    Standing::Finished
}

/// When the next reading may be taken that the policy asks for before anything happens, if it asks for another one.
fn reading_missing(policy: &Policy, link: &Link) -> Option<Time> {
    let confirm = policy.confirm.as_ref()?;
    if planted(Fault::ConfirmIgnored) {
        return None;
    }
    (link.readings < confirm.readings).then(|| confirm.apart.after(link.confirmed))
}

/// The later of a stage's time and that of another reading, and which of them it is.
fn later_of(stage: Time, reading: Time) -> (Time, Waiting) {
    if stage > reading {
        (stage, Waiting::Stage)
    } else {
        (reading, Waiting::Reading)
    }
}

/// When a stage is due: so long after entering, and never sooner after the stage before it than the two are apart.
fn due_at(link: &Link, stage: &Stage, previous: Option<(&Stage, Time)>) -> Time {
    let due = stage.after.after(link.entered);
    if planted(Fault::StageTooEarly) {
        return link.entered;
    }
    match previous {
        None => due,
        Some((before, done)) => {
            let apart = stage.after.beyond(before.after, link.entered, done);
            due.max(apart)
        }
    }
}

/// Whether a reminder is too many: the next one is due by now as well, and says the same with a nearer day. The first warning
/// of a row never is, whatever time has passed: the others say how long it was ago.
fn is_overtaken(
    link: &Link,
    stage: &Stage,
    following: Option<&Stage>,
    previous: Option<(&Stage, Time)>,
    now: Time,
) -> bool {
    let reminds = previous.is_some_and(|(before, _)| only_warns(before)) && only_warns(stage);
    let following = following.filter(|following| reminds && only_warns(following));
    following.is_some_and(|following| due_at(link, following, previous) <= now)
}

/// Whether a stage warns and does nothing else.
fn only_warns(stage: &Stage) -> bool {
    stage.r#do.as_slice() == [Action::Warn]
}

/// Notes a warning that was accepted since the person entered, and says when. One accepted warning is one stage's: that of
/// the first warning that is not done.
fn warning_done(link: &mut Link, stage: &Stage, number: u32, sight: &Sight) -> Option<Time> {
    let Warned::Accepted(at) = sight.warned else {
        return None;
    };
    let is_new = at >= link.entered && link.done.iter().all(|done| at > done.at);
    if !is_new || !only_warns(stage) {
        return None;
    }
    link.note_done(number, at);
    Some(at)
}
