//! A policy in plain words: the same sentence on the page, in the log and in the terminal.

use super::phrase::phrase;
use super::write_timetable::{date_text, day_text};
use super::{
    Approval, BlackOut, DayOfMonth, Pattern, Policy, ReportWhen, Schedule, Stage, Timetable, Unit,
    Unreachable,
};
use crate::model::Action;

/// Says what a policy does, in a few sentences.
///
/// ```
/// # let document = r#"{"version":1,"id":"idle","name":"Idle","match":{"idle":{"longerThan":"90d"}},
/// #   "stages":[{"after":"0d","do":"suspend"}]}"#;
/// let policy = seatkeeper::policy::read(document).unwrap();
/// assert_eq!(
///     seatkeeper::policy::describe(&policy),
///     "Whoever was last seen in any product more than 90 days ago (plus 24 hours of tolerance) is suspended. \
///      By hand only. A run of more than 25 people or 5 % is held."
/// );
/// ```
pub fn describe(policy: &Policy) -> String {
    let who = phrase(&policy.r#match, &policy.tolerance.words());
    let mut sentences = vec![format!("Whoever {who} is {}.", way(&policy.stages))];
    sentences.extend(pool(policy));
    sentences.extend(caution(policy));
    sentences.extend(reach(policy));
    sentences.push(when(policy));
    sentences.push(format!(
        "A run of more than {} people or {} % is held.",
        policy.limits.users, policy.limits.percent
    ));
    sentences.extend(report(policy));
    sentences.join(" ")
}

fn does(policy: &Policy, wanted: impl Fn(Action) -> bool) -> bool {
    let mut actions = policy.stages.iter().flat_map(|stage| &stage.r#do);
    actions.any(|action| wanted(*action))
}

/// The stages, such as `warned at once, after 14 days warned, after 30 days suspended`.
fn way(stages: &[Stage]) -> String {
    let is_single = stages.len() == 1;
    let stages: Vec<String> = stages
        .iter()
        .map(|stage| {
            let actions: Vec<String> = stage
                .r#do
                .iter()
                .map(|action| action_on(*action, stage))
                .collect();
            let actions = actions.join(", then ");
            match (stage.after.is_zero(), is_single) {
                (true, true) => actions,
                (true, false) => format!("{actions} at once"),
                (false, _) => format!("{actions} after {}", stage.after.words()),
            }
        })
        .collect();
    stages.join(", then ")
}

/// What a person is after an action, with what it takes or gives.
fn action_on(action: Action, stage: &Stage) -> String {
    let groups = |stage: &Stage| match stage.groups.as_deref().unwrap_or_default() {
        [Pattern(group)] => format!("the group {group}"),
        groups => {
            let names: Vec<&str> = groups.iter().map(|group| group.0.as_str()).collect();
            format!("the groups {}", names.join(" and "))
        }
    };
    match action {
        Action::RemoveAccess => {
            let products = stage.products.as_deref().unwrap_or_default().join(" and ");
            let sites = stage.sites.as_deref().unwrap_or_default().join(" and ");
            format!("deprived of access to {products} on {sites}")
        }
        Action::AddToGroup => format!("added to {}", groups(stage)),
        Action::RemoveFromGroups => format!("removed from {}", groups(stage)),
        other => String::from(other.past()),
    }
}

fn pool(policy: &Policy) -> Option<String> {
    policy.keep.as_ref().map(|keep| {
        let seats = if keep.seats == 1 { "seat" } else { "seats" };
        format!(
            "Of them only the longest idle are chosen, until at most {} {seats} of {} on {} are in use.",
            keep.seats, keep.product, keep.site
        )
    })
}

/// What must be the case before anything happens.
fn caution(policy: &Policy) -> Vec<String> {
    let mut sentences = Vec::new();
    if let Some(confirm) = &policy.confirm
        && confirm.readings > 1
    {
        sentences.push(format!(
            "Each of them must be found so {} times, at least {} apart, before anything happens.",
            confirm.readings,
            confirm.apart.words()
        ));
    }
    if does(policy, |action| action == Action::Warn) {
        let then = match policy.unreachable {
            Unreachable::Hold => "stays at that stage",
            Unreachable::Proceed => "goes on all the same",
        };
        sentences.push(format!("Whoever no warning can reach {then}."));
    }
    let approver = match policy.approval {
        Approval::None => return sentences,
        Approval::Page => "on the page",
        Approval::Issue => "by the workflow of a Jira issue",
    };
    sentences.push(format!("A second person must approve each run {approver}."));
    sentences
}

/// How far it goes: against people in use, without a limit of idleness, for good.
fn reach(policy: &Policy) -> Vec<String> {
    let mut sentences = Vec::new();
    if policy.even_if_active {
        sentences.push(String::from("It acts even on people who are active."));
    } else if does(policy, Action::takes_access) && policy.r#match.limits_of_idleness().is_empty() {
        sentences.push(String::from(
            "It names no limit of idleness, so it takes only access that was never used.",
        ));
    }
    let actions = policy.stages.iter().flat_map(|stage| &stage.r#do);
    for action in actions.filter(|action| action.is_irreversible()) {
        sentences.push(format!("Being {} cannot be undone.", action.past()));
    }
    sentences
}

fn when(policy: &Policy) -> String {
    let Some(schedule) = &policy.schedule else {
        return String::from("By hand only.");
    };
    let schedule = match schedule {
        Schedule::Once(instant) => format!("Once, at {instant}"),
        Schedule::Every(timetable) => every(timetable),
    };
    let off = if policy.enabled {
        ""
    } else {
        ", but switched off"
    };
    format!("{schedule}{off}.")
}

/// A timetable, such as `Every 2 weeks on mon and fri at 06:00 (Europe/Berlin), but not on sat`.
fn every(timetable: &Timetable) -> String {
    let unit = timetable.unit.name();
    let every = match timetable.n {
        1 => format!("Every {unit}"),
        n => format!("Every {n} {unit}s"),
    };
    let days: Vec<String> = match &timetable.unit {
        Unit::Hour | Unit::Day => Vec::new(),
        Unit::Week(days) => days.iter().map(ToString::to_string).collect(),
        Unit::Month(days) => days.iter().map(|day| day_of_month(*day)).collect(),
        Unit::Year(days) => days.iter().map(|day| day_text(*day)).collect(),
    };
    let on = if days.is_empty() {
        String::new()
    } else {
        format!(" on {}", days.join(" and "))
    };
    let at = match timetable.unit {
        Unit::Hour => String::new(),
        _ => format!(" at {}", timetable.time_of_day()),
    };
    let out: Vec<String> = timetable.except.iter().map(black_out).collect();
    let except = if out.is_empty() {
        String::new()
    } else {
        format!(", but not {}", out.join(" or "))
    };
    format!("{every}{on}{at} ({}){except}", timetable.zone)
}

fn day_of_month(day: DayOfMonth) -> String {
    match day {
        DayOfMonth::Day(day) => format!("day {day}"),
        DayOfMonth::Last => String::from("the last day"),
    }
}

fn black_out(window: &BlackOut) -> String {
    match window {
        BlackOut::Weekday(day) => format!("on {day}"),
        BlackOut::Days { from, to } => {
            format!("from {} to {}", date_text(*from), date_text(*to))
        }
    }
}

fn report(policy: &Policy) -> Option<String> {
    policy.report.as_ref().map(|report| {
        let runs = match report.when {
            ReportWhen::Changes => "Runs in which something was done, held or failed are",
            ReportWhen::Always => "Every run is",
            ReportWhen::Problems => "Runs that were held or in which something failed are",
        };
        format!("{runs} reported to {}.", report.to.join(" and "))
    })
}
