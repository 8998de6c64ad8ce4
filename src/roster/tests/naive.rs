//! A filter with plain loops, to hold the real one against.

use super::*;

/// One of a list, or what is not known by its word.
fn asks(list: &[String], value: Option<&str>) -> bool {
    list.is_empty()
        || list
            .iter()
            .any(|wanted| wanted == value.unwrap_or("unknown"))
}

pub(super) fn is_let_through(person: &UserRecord, filter: &Filter) -> bool {
    let account = folded(person.account.as_str());
    let texts =
        [&person.name, &person.email].map(|text| folded(text.as_deref().unwrap_or_default()));
    let text = folded(&filter.text);
    let mut words = text.split_whitespace();
    let has_words = words.all(|word| {
        let in_id = account.starts_with(word) || word.len() > 5 && account.contains(word);
        in_id || texts.iter().any(|text| text.contains(word))
    });
    let domain = person
        .email
        .as_ref()
        .and_then(|email| email.split_once('@'));
    let domain = domain.map(|(_, domain)| domain.to_lowercase());
    let domains: Vec<String> = filter
        .domains
        .iter()
        .map(|one| one.to_lowercase())
        .collect();
    let roles_fit = match &person.roles {
        None => asks(&filter.roles, None),
        Some(roles) => {
            filter.roles.is_empty() || roles.iter().any(|role| asks(&filter.roles, Some(role)))
        }
    };
    let groups_fit = match &person.groups {
        None => asks(&filter.groups, None),
        Some(groups) => {
            let mut ids = groups.iter().map(|group| group.id.as_str());
            filter.groups.is_empty() || ids.any(|id| asks(&filter.groups, Some(id)))
        }
    };
    let is_meant = |access: &&Access| {
        let cloud_id = access.resource.site().unwrap();
        let host = SITES
            .iter()
            .find(|(known, _)| *known == cloud_id)
            .unwrap()
            .1;
        let mut sites = filter.sites.iter();
        (filter.products.is_empty() || filter.products.contains(&access.product))
            && (filter.sites.is_empty()
                || sites.any(|site| site == cloud_id || site.to_lowercase() == host))
            && (filter.seats.is_empty()
                || filter.seats.iter().any(|seat| match seat {
                    Seat::Taken => access.seat == Some(true),
                    Seat::None => access.seat == Some(false),
                    Seat::Unknown => access.seat.is_none(),
                }))
    };
    let meant: Option<Vec<Activity>> = person.access.as_ref().map(|access| {
        let meant = access.iter().filter(is_meant);
        meant.map(|access| access.activity).collect()
    });
    let has_accesses =
        !filter.names_accesses() || meant.as_ref().is_some_and(|one| !one.is_empty());
    has_words
        && asks(&filter.status, person.status.map(Status::name))
        && asks(&filter.claim, person.claim.map(Claim::name))
        && asks(&filter.directories, Some(person.directory.as_str()))
        && roles_fit
        && groups_fit
        && asks(&domains, domain.as_deref())
        && match &filter.activity {
            Some(asked) => is_used(meant.as_deref(), asked),
            None => has_accesses,
        }
}

fn is_used(meant: Option<&[Activity]>, asked: &ActivityFilter) -> bool {
    let Some(meant) = meant else {
        return asked.kind == ActivityKind::Unknown;
    };
    let limit = NOW.plus(-DAY * i64::from(asked.days.unwrap_or(0)));
    let is_recent = |one: &Activity| matches!(one, Activity::Seen(time) if *time >= limit);
    let is_seen = |one: &Activity| matches!(one, Activity::Seen(_));
    let has_unknown = meant.contains(&Activity::Unknown);
    match asked.kind {
        ActivityKind::Idle => {
            !has_unknown && meant.iter().any(is_seen) && !meant.iter().any(is_recent)
        }
        ActivityKind::Never => !meant.is_empty() && meant.iter().all(|one| *one == Activity::Never),
        ActivityKind::Active => meant.iter().any(is_recent),
        ActivityKind::Unknown => {
            has_unknown && (asked.days.is_none() || !meant.iter().any(is_recent))
        }
        ActivityKind::None => meant.is_empty(),
    }
}
