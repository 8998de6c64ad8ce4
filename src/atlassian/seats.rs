//! Who takes a paid seat, as far as groups tell (RULES R11).

use serde::{Deserialize, Serialize};

use crate::model::{GroupId, Resource, Status, Truth};
use crate::snapshot::{Group, Snapshot};

/// Roles on a product that take a seat.
const SEAT_TAKING: [&str; 2] = ["atlassian/user", "atlassian/admin"];
/// Roles on a product that take none.
const FREE: [&str; 8] = [
    "atlassian/guest",
    "atlassian/customer",
    "atlassian/user-access-admin",
    "atlassian/contributor",
    "atlassian/basic",
    "atlassian/stakeholder",
    "atlassian/viewer",
    "atlassian/ai-access",
];

/// Roles on the organization or on a site as a whole. A group may grant them without having a role on any product.
pub const GOVERNING: [&str; 2] = ["atlassian/org-admin", "atlassian/site-admin"];
/// How the name of every role ends that makes an administrator, of whatever it is granted on.
const ADMINISTERING: &str = "admin";

/// So many groups that could not be read are kept by their ids.
const MAX_UNREAD: usize = 100;

/// Which groups give a seat on which product and site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seats {
    resources: Vec<Resource>,
    /// In the order of the ids.
    groups: Vec<Granted>,
    /// Groups of which it could not be read what they grant.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    unread: Vec<GroupId>,
    /// Whether there are more such groups than are kept here.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    incomplete: bool,
    /// Groups whose members are administrators of something.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    administering: Vec<GroupId>,
    /// Those of them whose members are administrators of the organization or of a site.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    governing: Vec<GroupId>,
    /// Whether it could not be read which groups those are: any group without a role on a product may be one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    governing_open: bool,
    /// What the directories were seen to list of suspended people.
    #[serde(default, skip_serializing_if = "ListedOfSuspended::is_nothing")]
    pub(crate) of_suspended: ListedOfSuspended,
}

/// What the directories were seen to list of suspended people. Whether they list their groups and products is not documented:
/// until somebody's are seen, that none are listed says nothing (RULES R4, docs/decisions/0012).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedOfSuspended {
    /// Groups.
    pub groups: bool,
    /// Products.
    pub access: bool,
}

impl ListedOfSuspended {
    /// A source that lists everything of everybody.
    pub const ALL: ListedOfSuspended = ListedOfSuspended {
        groups: true,
        access: true,
    };

    fn is_nothing(&self) -> bool {
        *self == ListedOfSuspended::default()
    }

    /// What a snapshot shows besides.
    pub fn learn(&mut self, people: &Snapshot) {
        for row in people.rows() {
            if people.status(row) == Some(Status::Suspended) {
                self.groups |= people
                    .groups(row)
                    .is_some_and(|mut all| all.next().is_some());
                let activities = people.activities(row);
                self.access |= activities.is_some_and(|mut all| all.next().is_some());
            }
        }
    }
}

/// A group, and on which resources, by their number, its roles take a seat; `None` for a role that is not known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Granted(GroupId, Vec<(u32, Option<bool>)>);

impl Seats {
    /// Notes that a group grants roles on a resource. What is noted of both before counts too.
    pub fn grant(&mut self, group: &GroupId, resource: &Resource, roles: &[String]) {
        self.note_administrators(group, roles);
        let Some(takes) = together(roles.iter().map(|role| takes_seat(role))) else {
            return;
        };
        let resource = self.resource_number(resource);
        let place = match self.place(group.as_str()) {
            Ok(place) => place,
            Err(place) => {
                let granted = Granted(group.clone(), Vec::new());
                self.groups.insert(place, granted);
                place
            }
        };
        let Some(Granted(_, grants)) = self.groups.get_mut(place) else {
            return;
        };
        match grants.iter_mut().find(|(known, _)| *known == resource) {
            Some((_, known)) => *known = either(*known, takes),
            None => grants.push((resource, takes)),
        }
    }

    /// Notes whether roles that a group grants, on whatever it may be, make its members administrators.
    pub fn note_administrators(&mut self, group: &GroupId, roles: &[String]) {
        let mut granted = roles.iter();
        if granted.any(|role| role.ends_with(ADMINISTERING)) && !self.administering.contains(group)
        {
            self.administering.push(group.clone());
        }
        let mut granted = roles.iter();
        if granted.any(|role| GOVERNING.contains(&role.as_str())) {
            self.note_governing(group);
        }
    }

    /// Notes that a group makes administrators of the organization or of a site.
    pub fn note_governing(&mut self, group: &GroupId) {
        for known in [&mut self.administering, &mut self.governing] {
            if !known.contains(group) {
                known.push(group.clone());
            }
        }
    }

    /// Notes that it could not be read which groups make administrators of the organization or of a site.
    pub fn leave_governing_open(&mut self) {
        self.governing_open = true;
    }

    /// Notes that it could not be read what a group grants: whoever is in it may take a seat by it.
    pub fn leave_open(&mut self, group: &GroupId) {
        if self.unread.len() >= MAX_UNREAD {
            self.incomplete = true;
        } else if !self.unread.contains(group) {
            self.unread.push(group.clone());
        }
    }

    /// Groups whose members are administrators of something, as far as it is known what groups grant.
    pub fn administering(&self) -> &[GroupId] {
        &self.administering
    }

    /// Groups whose members are administrators of the organization or of a site, as far as that is known.
    pub fn governing(&self) -> &[GroupId] {
        &self.governing
    }

    /// Whether the members of a group are administrators of something. Not known where the group could not be read, or grants a
    /// role of which nothing is known.
    pub fn administers(&self, group: &GroupId) -> Truth {
        if self.administering.contains(group) {
            return Truth::True;
        }
        let place = self.place(group.as_str()).ok();
        let granted = place.and_then(|place| self.groups.get(place));
        let is_open = match granted {
            Some(Granted(_, grants)) => grants.iter().any(|(_, takes)| takes.is_none()),
            None => self.incomplete || self.governing_open,
        };
        if self.is_empty() || self.unread.contains(group) || is_open {
            return Truth::Unknown;
        }
        Truth::False
    }

    /// Groups of which it is not known what they grant, as far as they are named: of others it may not be known either
    /// ([`Seats::administers`]).
    pub fn unread(&self) -> &[GroupId] {
        &self.unread
    }

    /// About how long it is when it is stored.
    pub fn bytes(&self) -> usize {
        let resources = self.resources.iter().map(|known| known.as_str().len() + 3);
        let groups = self.groups.iter();
        let granted =
            groups.map(|Granted(group, grants)| group.as_str().len() + 8 + 13 * grants.len());
        let unread = self.unread.iter().map(|group| group.as_str().len() + 3);
        let administering = self.administering.iter().chain(&self.governing);
        let administering = administering.map(|group| group.as_str().len() + 3);
        resources
            .chain(granted)
            .chain(unread)
            .chain(administering)
            .sum()
    }

    /// Whether nothing is known of any group.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// Whether being in these groups takes a seat on a resource: one that gives a seat is enough; none where the groups
    /// grant only roles that take none; not known where they grant nothing there, or a role that is not known.
    pub(super) fn takes<'g>(
        &self,
        groups: impl Iterator<Item = &'g Group>,
        resource: &str,
    ) -> Option<bool> {
        let number = self
            .resources
            .iter()
            .position(|known| known.as_str() == resource)?;
        let grants = groups.filter_map(|group| {
            if self.unread.contains(&group.id) {
                return Some(None);
            }
            let Granted(_, grants) = self.groups.get(self.place(group.id.as_str()).ok()?)?;
            let mut grants = grants.iter();
            let (_, takes) = grants.find(|(known, _)| usize::try_from(*known) == Ok(number))?;
            Some(*takes)
        });
        let takes = together(grants).flatten();
        takes.filter(|takes| *takes || !self.incomplete)
    }

    /// Whether a group gives access to a resource by a role that takes a seat, or by one that is not known. Not known where
    /// the group could not be read.
    pub fn grants(&self, group: &str, resource: &str) -> Truth {
        if self.is_empty() || self.unread.iter().any(|unread| unread.as_str() == group) {
            return Truth::Unknown;
        }
        let number = self
            .resources
            .iter()
            .position(|known| known.as_str() == resource);
        let granted = self.place(group).ok().and_then(|place| {
            let Granted(_, grants) = self.groups.get(place)?;
            let mut grants = grants.iter();
            grants.find(|(known, _)| usize::try_from(*known).ok() == number)
        });
        match granted {
            Some((_, Some(false))) => Truth::False,
            Some(_) => Truth::True,
            None if self.incomplete => Truth::Unknown,
            None => Truth::False,
        }
    }

    fn place(&self, group: &str) -> Result<usize, usize> {
        self.groups
            .binary_search_by(|Granted(known, _)| known.as_str().cmp(group))
    }

    fn resource_number(&mut self, resource: &Resource) -> u32 {
        let known = self.resources.iter().position(|known| known == resource);
        let place = known.unwrap_or_else(|| {
            self.resources.push(resource.clone());
            self.resources.len() - 1
        });
        u32::try_from(place).unwrap_or(u32::MAX)
    }
}

fn takes_seat(role: &str) -> Option<bool> {
    if SEAT_TAKING.contains(&role) {
        Some(true)
    } else if FREE.contains(&role) {
        Some(false)
    } else {
        None
    }
}

/// What several roles are together; `None` for no role at all.
fn together(mut roles: impl Iterator<Item = Option<bool>>) -> Option<Option<bool>> {
    let first = roles.next()?;
    Some(roles.fold(first, either))
}

fn either(one: Option<bool>, other: Option<bool>) -> Option<bool> {
    match (one, other) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seats(grants: &[(&str, &str, &[&str])]) -> Seats {
        let mut seats = Seats::default();
        for (group, resource, roles) in grants {
            let roles: Vec<String> = roles
                .iter()
                .map(|role| format!("atlassian/{role}"))
                .collect();
            seats.grant(
                &GroupId((*group).into()),
                &Resource((*resource).into()),
                &roles,
            );
        }
        seats
    }

    fn takes(seats: &Seats, groups: &[&str], resource: &str) -> Option<bool> {
        let groups: Vec<Group> = groups
            .iter()
            .map(|id| Group {
                id: GroupId((*id).into()),
                name: None,
            })
            .collect();
        seats.takes(groups.iter(), resource)
    }

    #[test]
    fn a_group_that_could_not_be_read_leaves_open_who_takes_a_seat() {
        let mut seats = seats(&[("free", "jira", &["viewer"]), ("user", "jira", &["user"])]);
        seats.leave_open(&GroupId("closed".into()));
        for (groups, expected) in [
            (&["free"][..], Some(false)),
            (&["free", "closed"], None),
            (&["user", "closed"], Some(true)),
        ] {
            assert_eq!(takes(&seats, groups, "jira"), expected, "{groups:?}");
        }
        for number in 0..MAX_UNREAD {
            seats.leave_open(&GroupId(format!("{number}")));
        }
        assert_eq!(takes(&seats, &["free"], "jira"), None);
        assert_eq!(takes(&seats, &["user"], "jira"), Some(true));
    }

    #[test]
    fn one_seat_taking_role_is_enough_and_free_roles_are_none() {
        let seats = seats(&[
            ("z", "jira", &["user"]),
            ("a", "jira", &["guest", "customer"]),
            ("m", "jira", &["brand-new"]),
            ("m", "wiki", &["admin", "brand-new"]),
            ("b", "jira", &["basic"]),
            ("b", "jira", &["user"]),
            ("e", "jira", &[]),
        ]);
        for (groups, resource, expected) in [
            (&["z"][..], "jira", Some(true)),
            (&["a"], "jira", Some(false)),
            (&["a", "z"], "jira", Some(true)),
            (&["z", "m"], "jira", Some(true)),
            (&["m"], "jira", None),
            (&["m", "a"], "jira", None),
            (&["m"], "wiki", Some(true)),
            (&["b"], "jira", Some(true)),
            (&["e"], "jira", None),
            (&["z"], "wiki", None),
            (&["nobody"], "jira", None),
            (&[], "jira", None),
            (&["z"], "elsewhere", None),
        ] {
            assert_eq!(takes(&seats, groups, resource), expected, "{groups:?}");
        }
    }

    #[test]
    fn a_group_grants_by_every_role_that_is_not_known_to_be_free() {
        let mut seats = seats(&[
            ("user", "jira", &["user"]),
            ("free", "jira", &["guest"]),
            ("odd", "jira", &["brand-new"]),
        ]);
        seats.leave_open(&GroupId("closed".into()));
        for (group, resource, expected) in [
            ("user", "jira", Truth::True),
            ("user", "wiki", Truth::False),
            ("free", "jira", Truth::False),
            ("odd", "jira", Truth::True),
            ("nobody", "jira", Truth::False),
            ("closed", "jira", Truth::Unknown),
        ] {
            assert_eq!(
                seats.grants(group, resource),
                expected,
                "{group} {resource}"
            );
        }
        assert_eq!(Seats::default().grants("user", "jira"), Truth::Unknown);
        seats.incomplete = true;
        assert_eq!(seats.grants("nobody", "jira"), Truth::Unknown);
    }

    #[test]
    fn seats_are_stored_small_and_come_back() {
        let seats = seats(&[
            ("g", "jira", &["user"]),
            ("g", "wiki", &["guest"]),
            ("h", "jira", &["odd"]),
        ]);
        let text = serde_json::to_string(&seats).unwrap();
        assert_eq!(
            text,
            r#"{"resources":["jira","wiki"],"groups":[["g",[[0,true],[1,false]]],["h",[[0,null]]]]}"#
        );
        assert_eq!(serde_json::from_str::<Seats>(&text).unwrap(), seats);
        assert!(Seats::default().is_empty() && !seats.is_empty());
        assert_eq!(seats.administering(), []);
    }

    #[test]
    fn administrators_of_anything_are_known_by_their_groups() {
        let seats = seats(&[
            ("o", "organization", &["org-admin"]),
            ("s", "site", &["site-admin", "user"]),
            ("p", "jira", &["admin"]),
            ("p", "wiki", &["admin"]),
            ("a", "jira", &["user-access-admin"]),
            ("u", "jira", &["user", "viewer"]),
            ("odd", "jira", &["brand-new"]),
        ]);
        let of = |groups: &[GroupId]| groups.iter().map(|id| id.0.clone()).collect::<Vec<_>>();
        assert_eq!(of(seats.administering()), ["o", "s", "p", "a"]);
        assert_eq!(of(seats.governing()), ["o", "s"]);
        let text = serde_json::to_string(&seats).unwrap();
        assert_eq!(serde_json::from_str::<Seats>(&text).unwrap(), seats);
        let mut seats = seats;
        seats.leave_open(&GroupId("closed".into()));
        for (group, expected) in [
            ("p", Truth::True),
            ("u", Truth::False),
            ("nobody", Truth::False),
            ("closed", Truth::Unknown),
            ("odd", Truth::Unknown),
        ] {
            assert_eq!(
                seats.administers(&GroupId(group.into())),
                expected,
                "{group}"
            );
        }
        let mut without = seats.clone();
        without.leave_governing_open();
        for (group, expected) in [
            ("p", Truth::True),
            ("u", Truth::False),
            ("nobody", Truth::Unknown),
        ] {
            let found = without.administers(&GroupId(group.into()));
            assert_eq!(found, expected, "{group}");
        }
        seats.incomplete = true;
        assert_eq!(seats.administers(&GroupId("u".into())), Truth::False);
        assert_eq!(seats.administers(&GroupId("nobody".into())), Truth::Unknown);
        assert_eq!(
            Seats::default().administers(&GroupId("u".into())),
            Truth::Unknown
        );
    }
}
