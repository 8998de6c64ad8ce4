//! Seats told while people are read: worked out once for each list of groups and access, not for each person.

use super::seats::Seats;
use crate::model::Activity;
use crate::snapshot::Snapshot;

/// An access by its number in the catalogue and its number, with the seat told, in the snapshot.
type Seated = (u32, u32);

/// The seats, and what was worked out of them so far.
#[derive(Debug)]
pub(super) struct Seating {
    seats: Seats,
    /// Nobody: only the catalogue of accesses as they come in, before it is known whether they take a seat.
    pub(super) accesses: Snapshot,
    /// By the number of the set of groups.
    worked_out: Vec<Vec<Seated>>,
    /// For people whose groups are not known.
    without_groups: Vec<Seated>,
}

impl Seating {
    pub(super) fn new(seats: Seats) -> Seating {
        Seating {
            seats,
            accesses: Snapshot::new(),
            worked_out: Vec::new(),
            without_groups: Vec::new(),
        }
    }

    /// Turns a person's accesses from numbers of the catalogue into numbers of the snapshot.
    pub(super) fn seat(
        &mut self,
        held: &mut [(u32, Activity)],
        groups: Option<u32>,
        snapshot: &mut Snapshot,
    ) {
        let worked_out = match groups.and_then(|set| usize::try_from(set).ok()) {
            Some(set) => {
                if self.worked_out.len() <= set {
                    self.worked_out.resize_with(set + 1, Vec::new);
                }
                self.worked_out.get_mut(set)
            }
            None => Some(&mut self.without_groups),
        };
        let Some(worked_out) = worked_out else {
            return;
        };
        for (number, _) in held {
            let known = worked_out.iter().find(|(access, _)| access == number);
            *number = match known {
                Some((_, seated)) => *seated,
                None => {
                    let seated = seated(&self.seats, &self.accesses, *number, groups, snapshot);
                    worked_out.push((*number, seated));
                    seated
                }
            };
        }
    }
}

/// The number, in the snapshot, of an access of the catalogue for the people of a set of groups.
fn seated(
    seats: &Seats,
    catalogue: &Snapshot,
    access: u32,
    groups: Option<u32>,
    snapshot: &mut Snapshot,
) -> u32 {
    let kind = usize::try_from(access).ok();
    let Some(kind) = kind.and_then(|place| catalogue.accesses().get(place)) else {
        return access;
    };
    let resource = kind.resource.as_str();
    let seat = groups.and_then(|set| seats.takes(snapshot.groups_of_set(set), resource));
    snapshot.access_number(resource, &kind.product, seat)
}
