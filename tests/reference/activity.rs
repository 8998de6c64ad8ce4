//! The conditions on product accesses and on dates.

use seatkeeper::policy::{AccessHeld, Added, Idle, NeverActive, OnlyOnce, Selection, Span};

use super::answer::{Answer, all_of};
use super::calendar::{Moment, earlier, later};
use super::person::{Access, Person, Seen, World};

/// Last seen longer ago than the limit and the tolerance. Seen recently anywhere: no. Otherwise not known somewhere:
/// unknown. Never seen at all, or nothing selected: no.
pub fn idle(idle: &Idle, tolerance: Span, person: &Person, world: &World) -> Answer {
    let Some(accesses) = selected(&idle.selection, person, world) else {
        return Answer::Unknown;
    };
    let cutoff = earlier(earlier(world.now, idle.longer_than), tolerance);
    let times = times_seen(&accesses);
    if times.iter().any(|time| *time >= cutoff) {
        Answer::No
    } else if any_is(&accesses, Seen::Unknown) {
        Answer::Unknown
    } else {
        Answer::from(!times.is_empty())
    }
}

/// Has something selected, never used any of it, and was added longer ago than the limit.
pub fn never_active(never: &NeverActive, person: &Person, world: &World) -> Answer {
    all_of(&[
        never_used(&never.selection, person, world),
        added_before(earlier(world.now, never.added_more_than), person),
    ])
}

fn never_used(selection: &Selection, person: &Person, world: &World) -> Answer {
    let Some(accesses) = selected(selection, person, world) else {
        return Answer::Unknown;
    };
    if accesses.is_empty() || !times_seen(&accesses).is_empty() {
        Answer::No
    } else if any_is(&accesses, Seen::Unknown) {
        Answer::Unknown
    } else {
        Answer::Yes
    }
}

/// Last seen no later than a while after joining, and joined longer ago than the limit.
pub fn only_once(once: &OnlyOnce, person: &Person, world: &World) -> Answer {
    let Some(accesses) = selected(&once.selection, person, world) else {
        return Answer::Unknown;
    };
    if accesses.is_empty() {
        return Answer::No;
    }
    let Some(added) = person.added else {
        return Answer::Unknown;
    };
    if any_is(&accesses, Seen::Unknown) {
        return Answer::Unknown;
    }
    let Some(latest) = times_seen(&accesses).into_iter().max() else {
        return Answer::No;
    };
    let seen_only_then = latest <= later(added, once.within);
    let joined_long_ago = added < earlier(world.now, once.added_more_than);
    Answer::from(seen_only_then && joined_long_ago)
}

/// Added longer ago than one limit, less long ago than the other, or both.
pub fn added(added: &Added, person: &Person, world: &World) -> Answer {
    let Some(date) = person.added else {
        return Answer::Unknown;
    };
    let long_enough = added
        .more_than
        .is_none_or(|span| date < earlier(world.now, span));
    let lately_enough = added
        .less_than
        .is_none_or(|span| date > earlier(world.now, span));
    Answer::from(long_enough && lately_enough)
}

/// Holds a selected access, with or without a paid seat if that is asked.
pub fn access(access: &AccessHeld, person: &Person, world: &World) -> Answer {
    let Some(accesses) = selected(&access.selection, person, world) else {
        return Answer::Unknown;
    };
    let Some(billable) = access.billable else {
        return Answer::from(!accesses.is_empty());
    };
    if accesses.iter().any(|access| access.seat == Some(billable)) {
        Answer::Yes
    } else if accesses.iter().any(|access| access.seat.is_none()) {
        Answer::Unknown
    } else {
        Answer::No
    }
}

fn added_before(limit: Moment, person: &Person) -> Answer {
    match person.added {
        Some(date) => Answer::from(date < limit),
        None => Answer::Unknown,
    }
}

/// The accesses that a condition looks at; `None` if the person's accesses are not known.
fn selected<'p>(
    selection: &Selection,
    person: &'p Person,
    world: &World,
) -> Option<Vec<&'p Access>> {
    let accesses = person.accesses.as_ref()?;
    let selected = accesses
        .iter()
        .filter(|access| product_fits(selection, access) && site_fits(selection, access, world));
    Some(selected.collect())
}

fn product_fits(selection: &Selection, access: &Access) -> bool {
    match &selection.products {
        None => true,
        Some(products) => products.contains(&access.product),
    }
}

/// An access without a site is never on one of the sites.
fn site_fits(selection: &Selection, access: &Access, world: &World) -> bool {
    match (&selection.sites, &access.cloud_id) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(names), Some(cloud_id)) => names.iter().any(|name| is_site(name, cloud_id, world)),
    }
}

/// A site is named by its cloud id, or by its host in any case.
fn is_site(name: &str, cloud_id: &str, world: &World) -> bool {
    world.sites.iter().any(|site| {
        site.cloud_id == cloud_id && (site.cloud_id == name || site.host.eq_ignore_ascii_case(name))
    })
}

fn times_seen(accesses: &[&Access]) -> Vec<Moment> {
    let time = |access: &&Access| match access.seen {
        Seen::At(time) => Some(time),
        Seen::Never | Seen::Unknown => None,
    };
    accesses.iter().filter_map(time).collect()
}

fn any_is(accesses: &[&Access], seen: Seen) -> bool {
    accesses.iter().any(|access| access.seen == seen)
}
