//! An export merged into what is known otherwise, person by person.

use crate::model::{Activity, DAY, Resource, Time};
use crate::snapshot::{Access, Origin, Site, Snapshot, UserRecord};

/// How long after it was made an export still says what is so: the day itself and the one after, which is the lateness
/// that Atlassian's own readings have. Later, somebody may have come back without the file knowing.
const GOOD_FOR_SECONDS: i64 = 2 * DAY;

/// On what terms an export counts.
#[derive(Clone, Copy, Debug)]
pub(in crate::app) struct Terms<'a> {
    /// The sites that are known: a file names them by their hosts.
    pub(in crate::app) sites: &'a [Site],
    /// When the file was made.
    pub(in crate::app) made: Time,
    /// The instant for which people are judged. Judged for the day of the file, all that it says is known; judged for
    /// two days later or more, it does not say when anybody was active last.
    pub(in crate::app) at: Time,
}

/// Merges an export into people that are known otherwise, by account id. Who they are the base says, where it says
/// something; what it does not know (status, groups, roles, accesses, activities) is the export's. Where both know an
/// activity, the later one counts. People in the export alone are there too.
pub(in crate::app) fn merge(base: &Snapshot, export: &Snapshot, terms: Terms<'_>) -> Snapshot {
    let mut export = Export::new(export, terms);
    let mut merged = Snapshot::new();
    merged.set_origin(origin(base, export.people));
    for row in base.rows() {
        let Some(mut person) = base.record(row) else {
            continue;
        };
        if let Some(other) = export.person(person.account.as_str()) {
            complete(&mut person, other);
        }
        merged.push(&person);
    }
    for row in export.people.rows() {
        let only_there = |account: &&str| base.find_all(account).next().is_none();
        let account = export.people.account(row).filter(only_there);
        if let Some(person) = account.and_then(|account| export.person(account)) {
            merged.push(&person);
        }
    }
    merged
}

/// The base says where the people come from; without one, the export does.
fn origin(base: &Snapshot, export: &Snapshot) -> Origin {
    match base.is_empty() {
        true => export.origin().clone(),
        false => base.origin().clone(),
    }
}

/// An export as it counts.
struct Export<'a> {
    people: &'a Snapshot,
    sites: &'a [Site],
    is_old: bool,
    /// The resources of the file and what they are where the sites are known.
    resources: Vec<(Resource, Resource)>,
}

impl<'a> Export<'a> {
    fn new(people: &'a Snapshot, terms: Terms<'a>) -> Export<'a> {
        Export {
            people,
            sites: terms.sites,
            is_old: terms.at.since(terms.made) > GOOD_FOR_SECONDS,
            resources: Vec::new(),
        }
    }

    /// A person by account id.
    fn person(&mut self, account: &str) -> Option<UserRecord> {
        let mut person = self.people.record(self.people.find_all(account).next()?)?;
        if let Some(said) = person.access.take() {
            let access = person.access.insert(Vec::with_capacity(said.len()));
            for mut other in said {
                other.resource = self.known(other.resource);
                if self.is_old {
                    other.activity = Activity::Unknown;
                }
                unite(access, other);
            }
        }
        Some(person)
    }

    /// A resource with the cloud id of its site. The file may name the site by its host or the first part of that.
    fn known(&mut self, resource: Resource) -> Resource {
        if let Some((_, known)) = self.resources.iter().find(|(said, _)| *said == resource) {
            return known.clone();
        }
        let known = on_site(&resource, self.sites).unwrap_or_else(|| resource.clone());
        self.resources.push((resource, known.clone()));
        known
    }
}

/// The same resource by the cloud id of its site, where the site is known.
fn on_site(resource: &Resource, sites: &[Site]) -> Option<Resource> {
    let (product, name) = resource.as_str().split_once("::site/")?;
    let is_meant = |site: &&Site| {
        let label = site.host.split_once('.').map(|(label, _)| label);
        site.is_named(name) || label.is_some_and(|label| label.eq_ignore_ascii_case(name))
    };
    let site = sites.iter().find(is_meant)?;
    Some(Resource(format!("{product}::site/{}", site.cloud_id)))
}

/// Adds what an export says of a person where nothing was known.
fn complete(person: &mut UserRecord, other: UserRecord) {
    or(&mut person.account_type, other.account_type);
    or(&mut person.status, other.status);
    or(&mut person.claim, other.claim);
    or(&mut person.managed_by, other.managed_by);
    or(&mut person.mfa, other.mfa);
    or(&mut person.name, other.name);
    or(&mut person.email, other.email);
    or(&mut person.added, other.added);
    for (field, other) in person.profile.iter_mut().zip(other.profile) {
        or(field, other);
    }
    or(&mut person.groups, other.groups);
    or(&mut person.roles, other.roles);
    match &mut person.access {
        None => person.access = other.access,
        Some(access) => {
            for other in other.access.into_iter().flatten() {
                unite(access, other);
            }
        }
    }
}

fn or<T>(value: &mut Option<T>, other: Option<T>) {
    if value.is_none() {
        *value = other;
    }
}

/// Adds an access, or what is said of one that is there.
fn unite(access: &mut Vec<Access>, other: Access) {
    let same =
        |known: &&mut Access| known.resource == other.resource && known.product == other.product;
    match access.iter_mut().find(same) {
        Some(known) => {
            or(&mut known.seat, other.seat);
            known.activity = later(known.activity, other.activity);
        }
        None => access.push(other),
    }
}

/// The later of what two sources know of one activity. A source that does not know takes nothing from one that does.
fn later(one: Activity, other: Activity) -> Activity {
    match (one, other) {
        (Activity::Seen(one), Activity::Seen(other)) => Activity::Seen(one.max(other)),
        (Activity::Seen(_), _) | (_, Activity::Unknown) => one,
        (_, Activity::Seen(_)) | (Activity::Unknown, _) | (Activity::Never, _) => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AccountId, DirectoryId, GroupId, Status};
    use crate::snapshot::Group;

    const DAY_OF_FILE: Time = Time(1_790_000_000);

    fn terms(sites: &[Site]) -> Terms<'_> {
        Terms {
            sites,
            made: DAY_OF_FILE,
            at: DAY_OF_FILE,
        }
    }

    fn person(account: &str) -> UserRecord {
        UserRecord::unknown(AccountId(account.into()), DirectoryId("-".into()))
    }

    fn access(site: &str, seat: Option<bool>, activity: Activity) -> Access {
        Access {
            resource: Resource(format!("ari:cloud:jira-software::site/{site}")),
            product: "jira-software".into(),
            seat,
            activity,
        }
    }

    fn snapshot(people: &[UserRecord]) -> Snapshot {
        let mut snapshot = Snapshot::new();
        for person in people {
            snapshot.push(person);
        }
        snapshot
    }

    fn records(snapshot: &Snapshot) -> Vec<UserRecord> {
        let rows = snapshot.rows();
        rows.filter_map(|row| snapshot.record(row)).collect()
    }

    fn merged(base: &[UserRecord], export: &[UserRecord], sites: &[Site]) -> Vec<UserRecord> {
        records(&merge(&snapshot(base), &snapshot(export), terms(sites)))
    }

    fn group(id: &str) -> Group {
        Group {
            id: GroupId(id.into()),
            name: None,
        }
    }

    #[test]
    fn the_base_says_who_people_are_and_the_export_the_rest() {
        let base = UserRecord {
            name: Some("Mia".into()),
            roles: Some(vec![]),
            profile: [None, Some("Sales".into()), None, None],
            ..person("a")
        };
        let export = UserRecord {
            name: Some("Mia K.".into()),
            email: Some("mia@acme.example".into()),
            status: Some(Status::Suspended),
            roles: Some(vec!["atlassian/org-admin".into()]),
            groups: Some(vec![group("g")]),
            added: Some(Time(7)),
            profile: [Some("Clerk".into()), Some("IT".into()), None, None],
            access: Some(vec![access("1", None, Activity::Never)]),
            ..person("a")
        };
        let expected = UserRecord {
            name: base.name.clone(),
            roles: base.roles.clone(),
            profile: [Some("Clerk".into()), Some("Sales".into()), None, None],
            ..export.clone()
        };
        assert_eq!(merged(&[base], &[export], &[]), [expected]);
    }

    #[test]
    fn nobody_is_lost_and_nobody_is_there_twice() {
        let names = |people: Vec<UserRecord>| -> Vec<String> {
            people.into_iter().map(|person| person.account.0).collect()
        };
        let (a, b, c) = (person("a"), person("b"), person("c"));
        let elsewhere = UserRecord::unknown(AccountId("a".into()), DirectoryId("e".into()));
        for (base, export, expected) in [
            (vec![], vec![a.clone(), b.clone()], vec!["a", "b"]),
            (vec![a.clone(), b.clone()], vec![], vec!["a", "b"]),
            (
                vec![b.clone(), a.clone()],
                vec![a.clone(), c],
                vec!["b", "a", "c"],
            ),
            (vec![a.clone(), elsewhere], vec![b, a], vec!["a", "a", "b"]),
        ] {
            assert_eq!(names(merged(&base, &export, &[])), expected);
        }
    }

    #[test]
    fn the_later_activity_counts_whichever_side_knows_it() {
        let seen = |time| Activity::Seen(Time(time));
        for (base, export, expected) in [
            (seen(1), seen(2), seen(2)),
            (seen(2), seen(1), seen(2)),
            (Activity::Unknown, seen(1), seen(1)),
            (seen(1), Activity::Unknown, seen(1)),
            (Activity::Never, seen(1), seen(1)),
            (seen(1), Activity::Never, seen(1)),
            (Activity::Unknown, Activity::Never, Activity::Never),
            (Activity::Never, Activity::Unknown, Activity::Never),
            (Activity::Unknown, Activity::Unknown, Activity::Unknown),
        ] {
            let with = |activity, seat| UserRecord {
                access: Some(vec![access("1", seat, activity)]),
                ..person("a")
            };
            let found = merged(&[with(base, Some(true))], &[with(export, None)], &[]);
            assert_eq!(found, [with(expected, Some(true))], "{base:?} {export:?}");
        }
    }

    #[test]
    fn accesses_of_both_sides_are_held_and_unknown_ones_are_filled_in() {
        let (one, two) = (
            access("1", Some(true), Activity::Unknown),
            access("2", None, Activity::Never),
        );
        for (base, export, expected) in [
            (None, Some(vec![two.clone()]), Some(vec![two.clone()])),
            (Some(vec![one.clone()]), None, Some(vec![one.clone()])),
            (None, None, None),
            (
                Some(vec![one.clone()]),
                Some(vec![two.clone()]),
                Some(vec![one, two.clone()]),
            ),
            (Some(vec![]), Some(vec![two.clone()]), Some(vec![two])),
        ] {
            let with = |access| UserRecord {
                access,
                ..person("a")
            };
            assert_eq!(
                merged(&[with(base)], &[with(export)], &[]),
                [with(expected)]
            );
        }
    }

    #[test]
    fn a_host_in_the_file_is_the_site_that_the_base_knows_by_its_cloud_id() {
        let sites = [Site {
            cloud_id: "42".into(),
            host: "acme.atlassian.net".into(),
        }];
        let base = UserRecord {
            access: Some(vec![access("42", Some(true), Activity::Unknown)]),
            ..person("a")
        };
        for name in ["acme", "ACME", "acme.atlassian.net", "42"] {
            let held = |account: &str| UserRecord {
                access: Some(vec![
                    access(name, None, Activity::Seen(Time(5))),
                    access("other", None, Activity::Never),
                ]),
                ..person(account)
            };
            let found = merged(std::slice::from_ref(&base), &[held("a"), held("b")], &sites);
            for (person, seat) in found.iter().zip([Some(true), None]) {
                let held = person.access.as_ref().unwrap();
                assert_eq!(held.len(), 2, "{name}: {held:?}");
                assert!(held.contains(&access("42", seat, Activity::Seen(Time(5)))));
                assert!(held.contains(&access("other", None, Activity::Never)));
            }
        }
    }

    #[test]
    fn an_old_file_does_not_say_that_nobody_came_back_since() {
        let told = |seconds: i64, activity| {
            let export = snapshot(&[UserRecord {
                access: Some(vec![access("1", None, activity)]),
                ..person("a")
            }]);
            let terms = Terms {
                at: DAY_OF_FILE.plus(seconds),
                ..terms(&[])
            };
            let found = records(&merge(&Snapshot::new(), &export, terms));
            found[0].access.as_ref().unwrap()[0].activity
        };
        for activity in [Activity::Seen(Time(5)), Activity::Never, Activity::Unknown] {
            assert_eq!(told(0, activity), activity);
            assert_eq!(told(GOOD_FOR_SECONDS, activity), activity);
            assert_eq!(told(GOOD_FOR_SECONDS + 1, activity), Activity::Unknown);
        }
    }
}
