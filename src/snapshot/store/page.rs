//! A page of people beside those who are known: who is as before.

use super::dictionary::Renumbered;
use super::people::renumber;
use crate::snapshot::activity::UNKNOWN;
use crate::snapshot::columns::Class;
use crate::snapshot::dictionary::at;
use crate::snapshot::interned::{ABSENT, Interned};
use crate::snapshot::{Row, Snapshot};

/// The number of what is not among what is known; no row has it.
const UNHEARD: u32 = ABSENT - 1;

/// A page whose numbers are translated into those of the known people.
pub(super) struct Page<'p> {
    page: &'p Snapshot,
    profiles: Vec<u32>,
    classes: Vec<u32>,
    group_sets: Vec<u32>,
    access_sets: Vec<u32>,
    /// Of each set of accesses the slots, in the order of the known numbers.
    slots: Vec<Vec<usize>>,
}

impl<'p> Page<'p> {
    pub(super) fn of(page: &'p Snapshot, known: &Snapshot) -> Page<'p> {
        let numbers = Renumbered::found(&page.shared, &known.shared);
        let roles = found_sets(
            &page.distinct_role_sets,
            &numbers.roles,
            &known.distinct_role_sets,
        );
        let class = |class: &Class| {
            let class = Class {
                directory: at(&numbers.directories, class.directory).copied()?,
                roles: translated(&roles, class.roles),
                ..*class
            };
            known.distinct_classes.find(&class)
        };
        let classes = page.distinct_classes.values().iter();
        let orders = page.distinct_access_sets.values().iter();
        let orders = orders.map(|set| renumber(set, &numbers.accesses));
        let slots = orders.map(|order| order.into_iter().map(|(_, slot)| slot).collect());
        Page {
            page,
            classes: classes.map(|own| class(own).unwrap_or(UNHEARD)).collect(),
            group_sets: found_sets(
                &page.distinct_group_sets,
                &numbers.groups,
                &known.distinct_group_sets,
            ),
            access_sets: found_sets(
                &page.distinct_access_sets,
                &numbers.accesses,
                &known.distinct_access_sets,
            ),
            slots: slots.collect(),
            profiles: numbers.profiles,
        }
    }

    /// Whether everything but the activities is the same.
    pub(super) fn is_same(&self, row: Row, known: &Snapshot, before: Row) -> bool {
        let page = self.page;
        let is_same = |numbers: &[u32], own: &[u32], before_numbers: &[u32]| {
            let own = own.get(row.0).map(|own| translated(numbers, *own));
            own.is_some() && own == before_numbers.get(before.0).copied()
        };
        is_same(&self.classes, &page.classes, &known.classes)
            && is_same(&self.group_sets, &page.group_sets, &known.group_sets)
            && is_same(&self.access_sets, &page.access_sets, &known.access_sets)
            && is_same(&self.profiles, &page.profiles, &known.profiles)
            && page.added(row) == known.added(before)
            && page.name(row) == known.name(before)
            && page.email(row) == known.email(before)
    }

    /// The codes of a row's activities, in the order of the known numbers.
    pub(super) fn codes(&self, row: Row) -> Vec<u32> {
        let Some((set, codes)) = self.page.access_codes(row.0) else {
            return Vec::new();
        };
        let slots = self.slots.get(set).map_or(&[][..], Vec::as_slice);
        let code = |slot: &usize| codes.get(*slot).copied().unwrap_or(UNKNOWN);
        slots.iter().map(code).collect()
    }
}

/// The known number of a page's number.
fn translated(numbers: &[u32], number: u32) -> u32 {
    if number == ABSENT {
        return ABSENT;
    }
    match at(numbers, number) {
        Some(known) if *known != ABSENT => *known,
        _ => UNHEARD,
    }
}

/// The known number of each set; [`UNHEARD`] for a set that nobody has.
fn found_sets(sets: &Interned<Vec<u32>>, numbers: &[u32], known: &Interned<Vec<u32>>) -> Vec<u32> {
    let found = |set: &Vec<u32>| {
        let set = renumber(set, numbers).into_iter();
        let set: Vec<u32> = set.map(|(number, _)| number).collect();
        known.find(&set)
    };
    let sets = sets.values().iter();
    sets.map(|set| found(set).unwrap_or(UNHEARD)).collect()
}
