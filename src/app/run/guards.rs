//! The guards of a planned run: what holds it as a whole before its first action (RULES R8, R9).

use super::prepare::Basis;
use crate::app::documents::{RecentRuns, StoredPolicy};
use crate::app::records::{Run, Settings};
use crate::plan::{Guard, GuardCode, cap, organization_cap};
use crate::planted::{Fault, planted};
use crate::policy::Policy;

/// Everything that speaks against acting without a second person.
pub(super) fn guards(
    basis: &Basis<'_>,
    policy: &Policy,
    run: &Run,
    stored: Option<&StoredPolicy>,
    recent: &RecentRuns,
    settings: &Settings,
) -> Vec<Guard> {
    let planned = run.counts.planned;
    if planned == 0 {
        return Vec::new();
    }
    let mut guards = Vec::new();
    let hold = |code, text| Guard { code, text };
    let released = stored
        .and_then(|stored| stored.released.as_ref())
        .is_some_and(|released| released.hash == run.policy.hash);
    if !released {
        let text = String::from("this text of the policy runs for the first time");
        guards.push(hold(GuardCode::FirstRun, text));
    }
    let share = cap(policy.limits.percent, basis.population);
    let is_beyond = planned > policy.limits.users || planned > share.people;
    if is_beyond && !planted(Fault::PolicyLimitIgnored) {
        let text = format!(
            "{planned} people to {}; the policy allows {} people and {} % of {} = {}",
            run.plan
                .as_ref()
                .map_or("act on", |plan| plan.action.name()),
            policy.limits.users,
            policy.limits.percent,
            share.population,
            share.people
        );
        guards.push(hold(GuardCode::PolicyLimit, text));
    }
    let others = recent.people_besides(&run.id);
    guards.extend(organization_cap(
        planned,
        others,
        settings.percent_per_day,
        basis.population,
    ));
    if basis.head.is_suspect() {
        let suspicions = basis.head.suspicions.iter();
        let texts: Vec<&str> = suspicions
            .map(|suspicion| suspicion.text.as_str())
            .collect();
        guards.push(hold(GuardCode::SuspectSnapshot, texts.join("; ")));
    }
    if !basis.exempt_groups_gone.is_empty() {
        let text = format!(
            "exempt groups that do not exist any more: {}",
            basis.exempt_groups_gone.join(", ")
        );
        guards.push(hold(GuardCode::ExemptGroupGone, text));
    }
    guards
}
