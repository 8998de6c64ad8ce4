//! Pages of `users/search` read as a stream.

use std::borrow::Cow;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use super::error::ApiError;
use super::page::Links;
use super::scan::{NotJson, Scanned, Scanner, Shape};
use super::seating::Seating;
use super::seats::{ListedOfSuspended, Seats};
use crate::model::{
    AccountType, Activity, Claim, DirectoryId, ManagedBy, ProfileField, Status, Time, group_uuid,
};
use crate::snapshot::{Arrival, Snapshot};

/// What an access with `lastActiveTimestamp: null` means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NullActivity {
    /// From the API, which never sends it: not known.
    Unknown,
    /// In files of our own and in hand-made input: never used (RULES R13).
    Never,
}

/// What a page says besides its people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserPage {
    /// Where to go on, if there is more.
    pub next: Option<String>,
}

/// Reads pages of `users/search` into a snapshot, person by person, without building any of them in memory.
#[derive(Debug)]
pub struct UserReader {
    snapshot: Snapshot,
    shape: Shape<UserField>,
    held: Held,
    /// The numbers of lists of groups by their text: people who share their groups share that text.
    group_texts: HashMap<Box<str>, u32, FixedState>,
    /// The same for lists of roles.
    role_texts: HashMap<Box<str>, u32, FixedState>,
    /// Who takes a seat, if that can be told.
    seating: Option<Seating>,
    /// What the source lists of suspended people.
    of_suspended: ListedOfSuspended,
}

/// So many distinct texts of lists are kept at most: enough for any organization, not for an attack on the memory.
const MAX_TEXTS: usize = 100_000;

impl Default for UserReader {
    fn default() -> Self {
        UserReader {
            snapshot: Snapshot::new(),
            shape: Shape::new(&USER_FIELDS),
            held: Held {
                list: Vec::new(),
                shape: Shape::new(&ACCESS_FIELDS),
            },
            group_texts: HashMap::default(),
            role_texts: HashMap::default(),
            seating: None,
            of_suspended: ListedOfSuspended::default(),
        }
    }
}

impl UserReader {
    /// The same reader, which tells of each access whether it takes a paid seat, as far as the person's groups say so, and
    /// knows what the directories list of suspended people.
    #[must_use]
    pub fn with_seats(mut self, seats: Seats) -> UserReader {
        self.of_suspended = seats.of_suspended;
        self.seating = (!seats.is_empty()).then(|| Seating::new(seats));
        self
    }

    /// Reads a page of a directory's listing.
    ///
    /// # Errors
    /// A body that is not what the API documents. People before the fault are in the snapshot, so use none of it.
    pub fn read(
        &mut self,
        body: &[u8],
        directory: &DirectoryId,
        null: NullActivity,
    ) -> Result<UserPage, ApiError> {
        let failed = || ApiError::not_understood("reading users");
        let text = std::str::from_utf8(body).map_err(|_| failed())?;
        let directory = self.snapshot.directory_number(directory);
        if null == NullActivity::Never {
            self.of_suspended = ListedOfSuspended::ALL;
        }
        let mut links = Links::default();
        let mut data_seen = false;
        let mut scanner = Scanner::new(text);
        scanner
            .object(|scanner, key| match key {
                "data" => {
                    data_seen = true;
                    scanner.list(|scanner| {
                        let (shape, held) = (&mut self.shape, &mut self.held);
                        // A seat depends on the groups, which may follow: until then accesses are numbered apart.
                        let numbering = match &mut self.seating {
                            Some(seating) => &mut seating.accesses,
                            None => &mut self.snapshot,
                        };
                        let user = ApiUser::scan(scanner, shape, held, null, numbering)?;
                        self.take(&user, directory)
                    })
                }
                "links" => {
                    let text = scanner.raw()?;
                    let read: Option<Links> = crate::json::read(text).map_err(|_| NotJson)?;
                    links = read.unwrap_or_default();
                    Ok(())
                }
                _ => scanner.pass(),
            })
            .and_then(|()| scanner.end())
            .map_err(|NotJson| failed())?;
        if !data_seen {
            return Err(failed());
        }
        Ok(UserPage {
            next: links.cursor(),
        })
    }

    /// Everybody read so far.
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// Everybody read.
    pub fn into_snapshot(self) -> Snapshot {
        self.snapshot
    }

    fn group_set(&mut self, text: &str) -> Scanned<u32> {
        if let Some(number) = self.group_texts.get(text) {
            return Ok(*number);
        }
        let mut numbers = Vec::new();
        Scanner::new(text).list(|scanner| {
            let (mut id, mut name) = (None, None);
            scanner.object(|scanner, key| {
                match key {
                    "id" => id = Some(scanner.text()?),
                    "name" => name = scanner.text_or_null()?,
                    _ => scanner.pass()?,
                }
                Ok(())
            })?;
            let id = id.ok_or(NotJson)?;
            numbers.push(self.snapshot.group_number(group_uuid(&id), name.as_deref()));
            Ok(())
        })?;
        let number = self.snapshot.group_set_number(&mut numbers);
        if self.group_texts.len() < MAX_TEXTS {
            self.group_texts.insert(text.into(), number);
        }
        Ok(number)
    }

    fn role_set(&mut self, text: &str) -> Scanned<u32> {
        if let Some(number) = self.role_texts.get(text) {
            return Ok(*number);
        }
        let mut roles = Vec::new();
        Scanner::new(text).list(|scanner| {
            roles.push(scanner.text()?);
            Ok(())
        })?;
        let number = self
            .snapshot
            .role_set_number(roles.iter().map(|role| role.as_ref()));
        if self.role_texts.len() < MAX_TEXTS {
            self.role_texts.insert(text.into(), number);
        }
        Ok(number)
    }

    fn take(&mut self, user: &ApiUser<'_>, directory: u32) -> Scanned<()> {
        let status = user.status.as_deref().and_then(Status::parse);
        let is_suspended = status == Some(Status::Suspended);
        let may_hide_access = is_suspended && !self.of_suspended.access;
        let may_hide_groups = is_suspended && !self.of_suspended.groups;
        let has_access = user.has_access && !(may_hide_access && self.held.list.is_empty());
        let groups = user.groups.map(|text| self.group_set(text)).transpose()?;
        let groups =
            groups.filter(|set| !(may_hide_groups && self.snapshot.is_empty_group_set(*set)));
        let roles = user.roles.map(|text| self.role_set(text)).transpose()?;
        if let Some(seating) = &mut self.seating
            && has_access
        {
            seating.seat(&mut self.held.list, groups, &mut self.snapshot);
        }
        self.snapshot.arrive(Arrival {
            account: user.account.as_deref().ok_or(NotJson)?,
            directory,
            account_type: user.account_type.as_deref().and_then(AccountType::parse),
            status,
            claim: user.claim.as_deref().and_then(Claim::parse),
            managed_by: user.management_source.as_deref().and_then(ManagedBy::parse),
            mfa: user.mfa,
            name: user.name.as_deref(),
            email: user.email.as_deref(),
            added: user.added.as_deref().and_then(Time::parse),
            profile: user.profile.each_ref().map(|text| text.as_deref()),
            groups,
            roles,
            access: has_access.then_some(&mut self.held.list),
        });
        Ok(())
    }
}

#[derive(Clone, Copy, Debug)]
enum UserField {
    AccountId,
    AccountType,
    Status,
    ClaimStatus,
    ManagementSource,
    MfaEnabled,
    Name,
    Email,
    AddedToOrg,
    /// By its place in [`ProfileField::ALL`].
    Profile(usize),
    Groups,
    PlatformRoles,
    ProductAccess,
}

const USER_FIELDS: [(&str, UserField); 16] = [
    ("accountId", UserField::AccountId),
    ("accountType", UserField::AccountType),
    ("status", UserField::Status),
    ("claimStatus", UserField::ClaimStatus),
    ("managementSource", UserField::ManagementSource),
    ("mfaEnabled", UserField::MfaEnabled),
    ("name", UserField::Name),
    ("email", UserField::Email),
    ("addedToOrg", UserField::AddedToOrg),
    ("jobTitle", UserField::Profile(0)),
    ("department", UserField::Profile(1)),
    ("organization", UserField::Profile(2)),
    ("location", UserField::Profile(3)),
    ("groups", UserField::Groups),
    ("platformRoles", UserField::PlatformRoles),
    ("productAccess", UserField::ProductAccess),
];

/// A person of the API, as far as it is of use here.
#[derive(Default)]
struct ApiUser<'a> {
    account: Option<Cow<'a, str>>,
    account_type: Option<Cow<'a, str>>,
    status: Option<Cow<'a, str>>,
    claim: Option<Cow<'a, str>>,
    management_source: Option<Cow<'a, str>>,
    mfa: Option<bool>,
    name: Option<Cow<'a, str>>,
    email: Option<Cow<'a, str>>,
    added: Option<Cow<'a, str>>,
    profile: [Option<Cow<'a, str>>; ProfileField::ALL.len()],
    groups: Option<&'a str>,
    roles: Option<&'a str>,
    has_access: bool,
}

impl<'a> ApiUser<'a> {
    /// Reads a person; the accesses go into a list of their own, which all people of a page share. If the product of one
    /// of them is not said, it may be any: then the accesses are not known.
    fn scan(
        scanner: &mut Scanner<'a>,
        shape: &mut Shape<UserField>,
        held: &mut Held,
        null: NullActivity,
        snapshot: &mut Snapshot,
    ) -> Scanned<ApiUser<'a>> {
        let mut user = ApiUser::default();
        held.list.clear();
        scanner.shaped(shape, |scanner, field| {
            match field {
                UserField::AccountId => user.account = Some(scanner.text()?),
                UserField::AccountType => user.account_type = scanner.text_or_null()?,
                UserField::Status => user.status = scanner.text_or_null()?,
                UserField::ClaimStatus => user.claim = scanner.text_or_null()?,
                UserField::ManagementSource => user.management_source = scanner.text_or_null()?,
                UserField::MfaEnabled => user.mfa = scanner.boolean_or_null()?,
                UserField::Name => user.name = scanner.text_or_null()?,
                UserField::Email => user.email = scanner.text_or_null()?,
                UserField::AddedToOrg => user.added = scanner.text_or_null()?,
                UserField::Profile(place) => {
                    let text = scanner.text_or_null()?;
                    if let Some(place) = user.profile.get_mut(place) {
                        *place = text;
                    }
                }
                UserField::Groups => user.groups = scanner.raw_or_null()?,
                UserField::PlatformRoles => user.roles = scanner.raw_or_null()?,
                UserField::ProductAccess => {
                    user.has_access = !scanner.is_null()?;
                    held.list.clear();
                    if user.has_access {
                        scanner.list(|scanner| {
                            user.has_access &= held.scan(scanner, null, snapshot)?;
                            Ok(())
                        })?;
                    }
                }
            }
            Ok(())
        })?;
        Ok(user)
    }
}

/// The accesses of one person after the other.
#[derive(Debug)]
struct Held {
    list: Vec<(u32, Activity)>,
    shape: Shape<AccessField>,
}

#[derive(Clone, Copy, Debug)]
enum AccessField {
    Id,
    Key,
    LastActiveTimestamp,
}

const ACCESS_FIELDS: [(&str, AccessField); 3] = [
    ("id", AccessField::Id),
    ("key", AccessField::Key),
    ("lastActiveTimestamp", AccessField::LastActiveTimestamp),
];

impl Held {
    /// Reads an access; whether its product is said.
    fn scan(
        &mut self,
        scanner: &mut Scanner<'_>,
        null: NullActivity,
        snapshot: &mut Snapshot,
    ) -> Scanned<bool> {
        let (mut id, mut product) = (None, None);
        let mut activity = Activity::Unknown;
        scanner.shaped(&mut self.shape, |scanner, field| {
            match field {
                AccessField::Id => id = Some(scanner.text()?),
                AccessField::Key => product = scanner.text_or_null()?,
                AccessField::LastActiveTimestamp => {
                    activity = match (scanner.text_or_null()?, null) {
                        (Some(text), _) => {
                            Time::parse(&text).map_or(Activity::Unknown, Activity::Seen)
                        }
                        (None, NullActivity::Never) => Activity::Never,
                        (None, NullActivity::Unknown) => Activity::Unknown,
                    }
                }
            }
            Ok(())
        })?;
        let id = id.ok_or(NotJson)?;
        let Some(product) = product else {
            return Ok(false);
        };
        let number = snapshot.access_number(&id, &product, None);
        self.list.push((number, activity));
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AccountId, GroupId, Resource};
    use crate::snapshot::UserRecord;

    fn read(body: &str, null: NullActivity) -> (Vec<UserRecord>, UserPage) {
        let mut reader = UserReader::default();
        let page = reader
            .read(body.as_bytes(), &DirectoryId("d".into()), null)
            .unwrap();
        let snapshot = reader.into_snapshot();
        let users = snapshot.rows().filter_map(|row| snapshot.record(row));
        (users.collect(), page)
    }

    #[test]
    fn what_is_missing_is_unknown_and_what_is_empty_is_known() {
        let (users, page) = read(
            r#"{"data":[{"accountId":"a","status":"brand_new"},{"accountId":"b","groups":[],"platformRoles":[],"productAccess":[],"status":"active","accountType":"atlassian"}],"links":{"next":"c1"}}"#,
            NullActivity::Unknown,
        );
        assert_eq!(
            users[0],
            UserRecord::unknown(AccountId("a".into()), DirectoryId("d".into()))
        );
        assert_eq!(users[1].groups.as_deref(), Some(&[][..]));
        assert_eq!(users[1].roles.as_deref(), Some(&[][..]));
        assert_eq!(users[1].access.as_deref(), Some(&[][..]));
        assert_eq!(page.next.as_deref(), Some("c1"));
    }

    #[test]
    fn that_nothing_is_listed_of_somebody_suspended_says_nothing_until_something_was() {
        let body = r#"{"data":[
            {"accountId":"a","status":"suspended","groups":[],"productAccess":[]},
            {"accountId":"b","status":"active","groups":[],"productAccess":[]},
            {"accountId":"c","status":"suspended","groups":[{"id":"g"}],"productAccess":[{"id":"r","key":"k"}]}]}"#;
        let read = |seats: Seats, null| {
            let mut reader = UserReader::default().with_seats(seats);
            let directory = DirectoryId("d".into());
            reader.read(body.as_bytes(), &directory, null).unwrap();
            reader.into_snapshot()
        };
        let known = |snapshot: &Snapshot| -> Vec<(bool, bool)> {
            let is_known = |row| {
                (
                    snapshot.groups(row).is_some(),
                    snapshot.activities(row).is_some(),
                )
            };
            snapshot.rows().map(is_known).collect()
        };
        let both = (true, true);
        let first = read(Seats::default(), NullActivity::Unknown);
        assert_eq!(known(&first), [(false, false), both, both]);
        let mut seats = Seats::default();
        seats.of_suspended.learn(&first);
        assert_eq!(seats.of_suspended, ListedOfSuspended::ALL);
        let second = read(seats, NullActivity::Unknown);
        assert_eq!(known(&second), [both, both, both]);
        let own = read(Seats::default(), NullActivity::Never);
        assert_eq!(known(&own), [both, both, both]);
    }

    #[test]
    fn absent_null_and_unreadable_timestamps_are_not_never() {
        let body = r#"{"data":[{"accountId":"a","productAccess":[
            {"id":"r1","key":"k"},{"id":"r2","key":"k","lastActiveTimestamp":null},
            {"id":"r3","key":"k","lastActiveTimestamp":"soon"},{"id":"r4","key":"k","lastActiveTimestamp":"2026-01-01T00:00:00.123456789Z"}]}]}"#;
        let activities = |null| {
            read(body, null).0[0]
                .access
                .as_ref()
                .unwrap()
                .iter()
                .map(|a| a.activity)
                .collect::<Vec<_>>()
        };
        let seen = Activity::Seen(Time::parse("2026-01-01T00:00:00Z").unwrap());
        assert_eq!(
            activities(NullActivity::Unknown),
            [
                Activity::Unknown,
                Activity::Unknown,
                Activity::Unknown,
                seen
            ]
        );
        assert_eq!(
            activities(NullActivity::Never),
            [Activity::Unknown, Activity::Never, Activity::Unknown, seen]
        );
    }

    #[test]
    fn accesses_are_not_known_where_a_product_is_not_said() {
        for access in [r#"{"id":"r"}"#, r#"{"id":"r","key":null}"#] {
            let body = format!(
                r#"{{"data":[{{"accountId":"a","productAccess":[{{"id":"r","key":"k"}},{access}]}}]}}"#
            );
            assert_eq!(read(&body, NullActivity::Unknown).0[0].access, None);
        }
    }

    #[test]
    fn a_cut_or_foreign_body_is_an_error() {
        for body in [
            "",
            "<html>",
            r#"{"data":[{"accountId":"a"}"#,
            r#"{"links":{}}"#,
            r#"{"data":[{}]}"#,
            r#"{"data":[]} x"#,
        ] {
            let mut reader = UserReader::default();
            let directory = DirectoryId("d".into());
            let read = reader.read(body.as_bytes(), &directory, NullActivity::Unknown);
            assert!(read.is_err(), "{body}");
        }
    }

    #[test]
    fn seats_come_from_the_groups_wherever_they_stand() {
        let mut seats = Seats::default();
        let user = [String::from("atlassian/user")];
        let guest = [String::from("atlassian/guest")];
        seats.grant(&GroupId("u".into()), &Resource("jira".into()), &user);
        seats.grant(&GroupId("g".into()), &Resource("jira".into()), &guest);
        let access = r#""productAccess":[{"id":"jira","key":"k"},{"id":"wiki","key":"k"}]"#;
        let people = [
            (
                r#""groups":[{"id":"ari:cloud:identity::group/u"}],"#,
                "",
                [Some(true), None],
            ),
            ("", r#","groups":[{"id":"g"}]"#, [Some(false), None]),
            (
                "",
                r#","groups":[{"id":"g"},{"id":"u"}]"#,
                [Some(true), None],
            ),
            ("", r#","groups":[]"#, [None, None]),
            ("", "", [None, None]),
            (r#""groups":[{"id":"u"}],"#, "", [Some(true), None]),
        ];
        let rows: Vec<String> = people
            .iter()
            .enumerate()
            .map(|(n, (before, after, _))| {
                format!(r#"{{"accountId":"{n}",{before}{access}{after}}}"#)
            })
            .collect();
        let body = format!(r#"{{"data":[{}]}}"#, rows.join(","));
        let read = |seats: Seats| {
            let mut reader = UserReader::default().with_seats(seats);
            let directory = DirectoryId("d".into());
            reader
                .read(body.as_bytes(), &directory, NullActivity::Unknown)
                .unwrap();
            reader.into_snapshot()
        };
        let snapshot = read(seats);
        for (row, (_, _, expected)) in snapshot.rows().zip(people) {
            let access = snapshot.record(row).unwrap().access.unwrap();
            for (resource, expected) in ["jira", "wiki"].iter().zip(expected) {
                let held = access.iter().find(|a| a.resource.as_str() == *resource);
                assert_eq!(held.unwrap().seat, expected, "{row:?} {resource}");
            }
        }
        assert_eq!(
            snapshot.accesses().len(),
            4,
            "kinds that nobody holds are not there"
        );
        assert!(
            read(Seats::default())
                .accesses()
                .iter()
                .all(|kind| kind.seat.is_none())
        );
    }
}
