//! Conditions on what many people have in common: decided once for each distinct class, domain, profile or set.

use super::bits::{TRUE, UNKNOWN};
use super::leaf::{Dimension, Entries, LOOK, Leaf, Selected, Table, code_of};
use crate::model::Truth;
use crate::policy::{Pattern, Prepared, Profile};
use crate::snapshot::{Class, Group, Snapshot};

fn table(by: Dimension, truths: Vec<u8>, without: Truth) -> Leaf {
    Leaf::Table(Table {
        by,
        truths: Entries::new(truths, code_of(without)),
    })
}

fn known(value: Option<bool>) -> u8 {
    match value {
        Some(value) => code_of(value.into()),
        None => UNKNOWN,
    }
}

/// A condition on a class; `None` is unknown.
pub(super) fn class(snapshot: &Snapshot, decide: impl Fn(&Class) -> Option<bool>) -> Leaf {
    let classes = snapshot.distinct_classes().iter();
    let truths = classes.map(|class| known(decide(class))).collect();
    table(Dimension::Class, truths, Truth::Unknown)
}

/// Holds one of the roles.
pub(super) fn role(snapshot: &Snapshot, patterns: &[Pattern]) -> Leaf {
    class(snapshot, |class| {
        let mut roles = snapshot.roles_of(class)?;
        Some(roles.any(|role| patterns.iter().any(|pattern| role_fits(role, pattern))))
    })
}

/// A role is named with or without `atlassian/`.
pub(super) fn role_fits(role: &str, pattern: &Pattern) -> bool {
    pattern.fits(role)
        || role
            .strip_prefix("atlassian/")
            .is_some_and(|short| pattern.fits(short))
}

/// Listed in one of the directories. A directory whose name was not said may have any name.
pub(super) fn directory(snapshot: &Snapshot, patterns: &[Pattern]) -> Leaf {
    class(snapshot, |class| {
        let id = snapshot.directory_of(class).filter(|id| id.is_known())?;
        let name = snapshot.directory_name(class);
        let fits = patterns
            .iter()
            .any(|pattern| id.as_str() == pattern.0 || name.is_some_and(|name| pattern.fits(name)));
        if fits || name.is_some() {
            Some(fits)
        } else {
            None
        }
    })
}

/// Member of one of the groups.
pub(super) fn group(snapshot: &Snapshot, patterns: &[Pattern]) -> Leaf {
    let by_group: Vec<Truth> = snapshot
        .all_groups()
        .iter()
        .map(|group| fits_one(group, patterns))
        .collect();
    let sets = snapshot.distinct_group_sets().iter();
    let truths = sets
        .map(|set| {
            let truth = set.iter().fold(Truth::False, |truth, group| {
                let index = usize::try_from(*group).unwrap_or(usize::MAX);
                truth.or(by_group.get(index).copied().unwrap_or(Truth::Unknown))
            });
            code_of(truth)
        })
        .collect();
    table(Dimension::Groups, truths, Truth::Unknown)
}

/// A group whose name was not said may have any name.
fn fits_one(group: &Group, patterns: &[Pattern]) -> Truth {
    if patterns.iter().any(|pattern| group_fits(group, pattern)) {
        Truth::True
    } else if group.name.is_none() {
        Truth::Unknown
    } else {
        Truth::False
    }
}

pub(super) fn group_fits(group: &Group, pattern: &Pattern) -> bool {
    group.id.as_str() == pattern.0 || group.name.as_deref().is_some_and(|name| pattern.fits(name))
}

/// The e-mail address ends in one of the domains.
pub(super) fn email_domain(snapshot: &Snapshot, patterns: &[Pattern]) -> Leaf {
    let patterns = prepared(patterns);
    let domains = snapshot.distinct_domains().iter();
    let truths = domains.map(|domain| code_of(one_fits(domain, &patterns).into()));
    table(Dimension::Domain, truths.collect(), Truth::Unknown)
}

fn prepared(patterns: &[Pattern]) -> Vec<Prepared<'_>> {
    patterns.iter().map(Pattern::prepared).collect()
}

fn one_fits(text: &str, patterns: &[Prepared<'_>]) -> bool {
    patterns.iter().any(|pattern| pattern.fits(text))
}

/// The e-mail address is one of some. Most domains can be told without looking at each of their addresses.
pub(super) fn email(snapshot: &Snapshot, patterns: &[Pattern]) -> Leaf {
    let domains = snapshot.distinct_domains().iter();
    let by_domain = domains.map(|domain| of_domain(domain, patterns)).collect();
    Leaf::Email {
        by_domain: Entries::new(by_domain, LOOK),
        patterns: patterns.to_vec(),
    }
}

fn of_domain(domain: &str, patterns: &[Pattern]) -> u8 {
    let mut code = 0;
    for pattern in patterns {
        match pattern.0.rsplit_once('@') {
            // Whatever stands before it, an address that fits ends in exactly this domain.
            Some((local, literal)) if !literal.contains('*') => {
                if !literal.eq_ignore_ascii_case(domain) {
                    continue;
                }
                if local == "*" {
                    return TRUE;
                }
                code = LOOK;
            }
            _ => code = LOOK,
        }
    }
    code
}

/// A field of the profile is one of some values.
pub(super) fn profile(snapshot: &Snapshot, profile: &Profile) -> Leaf {
    let patterns = prepared(&profile.is);
    let truths = (0..snapshot.profile_count())
        .map(|number| {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            let value = snapshot.profile_field_of(number, profile.field);
            known(value.map(|value| one_fits(value, &patterns)))
        })
        .collect();
    table(Dimension::Profile, truths, Truth::Unknown)
}

/// Holds a selected access, with or without a paid seat.
pub(super) fn access(snapshot: &Snapshot, selected: &Selected, billable: Option<bool>) -> Leaf {
    let of_access = |access: u32| -> Truth {
        if !selected.selects(access) {
            return Truth::False;
        }
        let seat = usize::try_from(access)
            .ok()
            .and_then(|index| snapshot.accesses().get(index)?.seat);
        match (billable, seat) {
            (None, _) => Truth::True,
            (Some(wanted), Some(seat)) => (wanted == seat).into(),
            (Some(_), None) => Truth::Unknown,
        }
    };
    let sets = snapshot.distinct_access_sets().iter();
    let truths = sets
        .map(|set| {
            let truths = set.iter().map(|access| of_access(*access));
            code_of(truths.fold(Truth::False, Truth::or))
        })
        .collect();
    table(Dimension::Accesses, truths, Truth::Unknown)
}

/// The selected accesses of each set.
pub(super) fn selected(snapshot: &Snapshot, by_access: Vec<bool>) -> Selected {
    let is_selected = |access: &u32| {
        usize::try_from(*access)
            .ok()
            .and_then(|index| by_access.get(index).copied())
            .unwrap_or(false)
    };
    let by_set = snapshot
        .distinct_access_sets()
        .iter()
        .map(|set| {
            let slots = set.iter().take(64).enumerate();
            slots.fold(0, |mask, (slot, access)| {
                mask | u64::from(is_selected(access)) << slot
            })
        })
        .collect();
    Selected {
        is_everything: by_access.iter().all(|selected| *selected),
        by_set,
        by_access,
    }
}
