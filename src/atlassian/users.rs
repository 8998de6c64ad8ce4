//! People: `users/search` read as a stream, and the actions on them.

use std::borrow::Cow;
use std::fmt;

use foldhash::fast::FixedState;
use hashbrown::HashMap;
use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::json;
use serde_json::value::RawValue;

use super::error::ApiError;
use super::escape::segment;
use super::organization::{Links, post};
use crate::host::{Request, Secret};
use crate::model::{
    AccountId, AccountType, Activity, Claim, DirectoryId, ManagedBy, Status, Time, group_uuid,
};
use crate::snapshot::{Arrival, Snapshot};

/// The most people on one page.
pub const PAGE_SIZE: usize = 100;

/// The most accounts or groups that one search may name (`maxItems` of `accountIds` and `groupIds` in the OpenAPI
/// document; e-mail addresses would be 100).
pub const IDS_A_CALL: usize = 10;

/// Which people to read.
#[derive(Clone, Copy, Debug)]
pub enum UserFilter<'a> {
    /// Everybody, a page at a time.
    Everybody {
        /// Where the page before ended.
        cursor: Option<&'a str>,
    },
    /// These accounts, at most [`IDS_A_CALL`].
    Accounts(&'a [AccountId]),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SearchBody<'a> {
    limit: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    cursor: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account_ids: Option<&'a [AccountId]>,
    expand: [&'static str; 3],
}

/// `POST …/directories/{directory}/users/search` with groups, roles and product access. Each directory is listed by its
/// own path (RULES R13); without one, `-` reads all that the key may see.
pub fn users_search(
    organization: &str,
    directory: Option<&DirectoryId>,
    filter: UserFilter<'_>,
    key: &Secret,
) -> Request {
    let (cursor, account_ids) = match filter {
        UserFilter::Everybody { cursor } => (cursor, None),
        UserFilter::Accounts(accounts) => (None, Some(accounts)),
    };
    let body = SearchBody {
        limit: PAGE_SIZE,
        cursor,
        account_ids,
        expand: ["platformRoles", "productAccess", "groups"],
    };
    let directory = directory.map_or_else(|| String::from("-"), |id| segment(id.as_str()));
    let path = format!(
        "/admin/v2/orgs/{}/directories/{directory}/users/search",
        segment(organization)
    );
    post(path, json!(body).to_string(), key)
}

/// `POST …/directories/{directory}/users/{account}/suspend`. The body is `{}`: without one the answer is 415.
pub fn suspend(
    organization: &str,
    directory: &DirectoryId,
    account: &AccountId,
    key: &Secret,
) -> Request {
    let path = format!(
        "/admin/v2/orgs/{}/directories/{}/users/{}/suspend",
        segment(organization),
        segment(directory.as_str()),
        segment(account.as_str())
    );
    post(path, String::from("{}"), key)
}

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
#[derive(Debug, Default)]
pub struct UserReader {
    snapshot: Snapshot,
    /// The numbers of lists of groups by their text: people who share their groups share that text.
    group_texts: HashMap<Box<str>, u32, FixedState>,
    /// The same for lists of roles.
    role_texts: HashMap<Box<str>, u32, FixedState>,
}

/// So many distinct texts of lists are kept at most: enough for any organization, not for an attack on the memory.
const MAX_TEXTS: usize = 100_000;

impl UserReader {
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
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let directory = self.snapshot.directory_number(directory);
        let page = PageSeed {
            reader: self,
            directory,
            null,
            access: Vec::new(),
        }
        .deserialize(&mut deserializer)
        .map_err(|_| failed())?;
        deserializer.end().map_err(|_| failed())?;
        Ok(page)
    }

    /// Everybody read so far.
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// Everybody read.
    pub fn into_snapshot(self) -> Snapshot {
        self.snapshot
    }

    fn group_set(&mut self, text: &RawValue) -> Result<u32, serde_json::Error> {
        if let Some(number) = self.group_texts.get(text.get()) {
            return Ok(*number);
        }
        let groups: Vec<ApiGroup<'_>> = serde_json::from_str(text.get())?;
        let mut numbers = Vec::with_capacity(groups.len());
        for group in &groups {
            let name = group.name.as_ref().map(|name| name.0.as_ref());
            numbers.push(self.snapshot.group_number(group_uuid(&group.id.0), name));
        }
        let number = self.snapshot.group_set_number(&mut numbers);
        if self.group_texts.len() < MAX_TEXTS {
            self.group_texts.insert(text.get().into(), number);
        }
        Ok(number)
    }

    fn role_set(&mut self, text: &RawValue) -> Result<u32, serde_json::Error> {
        if let Some(number) = self.role_texts.get(text.get()) {
            return Ok(*number);
        }
        let roles: Vec<Text<'_>> = serde_json::from_str(text.get())?;
        let number = self
            .snapshot
            .role_set_number(roles.iter().map(|role| role.0.as_ref()));
        if self.role_texts.len() < MAX_TEXTS {
            self.role_texts.insert(text.get().into(), number);
        }
        Ok(number)
    }

    fn take(
        &mut self,
        user: &ApiUser<'_>,
        directory: u32,
        null: NullActivity,
        access: &mut Vec<(u32, Activity)>,
    ) -> Result<(), serde_json::Error> {
        let groups = user.groups.map(|text| self.group_set(text)).transpose()?;
        let roles = user
            .platform_roles
            .map(|text| self.role_set(text))
            .transpose()?;
        access.clear();
        for held in user.product_access.iter().flatten() {
            let product = held.key.as_ref().map_or("", |key| &key.0);
            let number = self.snapshot.access_number(&held.id.0, product, None);
            access.push((number, held.activity(null)));
        }
        fn text<'t>(text: &'t Option<Text<'_>>) -> Option<&'t str> {
            text.as_ref().map(|text| text.0.as_ref())
        }
        self.snapshot.arrive(Arrival {
            account: &user.account_id.0,
            directory,
            account_type: text(&user.account_type).and_then(AccountType::parse),
            status: text(&user.status).and_then(Status::parse),
            claim: text(&user.claim_status).and_then(Claim::parse),
            managed_by: text(&user.management_source).and_then(ManagedBy::parse),
            mfa: user.mfa_enabled,
            name: text(&user.name),
            email: text(&user.email),
            added: text(&user.added_to_org).and_then(Time::parse),
            profile: [
                text(&user.job_title),
                text(&user.department),
                text(&user.organization),
                text(&user.location),
            ],
            groups,
            roles,
            access: user.product_access.as_ref().map(|_| access.as_mut_slice()),
        });
        Ok(())
    }
}

struct PageSeed<'r> {
    reader: &'r mut UserReader,
    directory: u32,
    null: NullActivity,
    /// One list for all people of the page.
    access: Vec<(u32, Activity)>,
}

impl<'de> DeserializeSeed<'de> for PageSeed<'_> {
    type Value = UserPage;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<UserPage, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for PageSeed<'_> {
    type Value = UserPage;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a page of users")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut page: A) -> Result<UserPage, A::Error> {
        let mut links = Links::default();
        let mut data_seen = false;
        while let Some(key) = page.next_key::<Cow<'_, str>>()? {
            match key.as_ref() {
                "data" => {
                    data_seen = true;
                    page.next_value_seed(UsersSeed(&mut self))?;
                }
                "links" => links = page.next_value::<Option<Links>>()?.unwrap_or_default(),
                _ => {
                    page.next_value::<IgnoredAny>()?;
                }
            }
        }
        if !data_seen {
            return Err(de::Error::missing_field("data"));
        }
        Ok(UserPage {
            next: links.cursor(),
        })
    }
}

struct UsersSeed<'a, 'r>(&'a mut PageSeed<'r>);

impl<'de> DeserializeSeed<'de> for UsersSeed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for UsersSeed<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of users")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut users: A) -> Result<(), A::Error> {
        let page = self.0;
        while let Some(user) = users.next_element::<ApiUser<'de>>()? {
            page.reader
                .take(&user, page.directory, page.null, &mut page.access)
                .map_err(de::Error::custom)?;
        }
        Ok(())
    }
}

/// A text that is borrowed from the body where nothing in it is escaped.
#[derive(Deserialize)]
#[serde(transparent)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ApiUser<'a> {
    #[serde(borrow)]
    account_id: Text<'a>,
    account_type: Option<Text<'a>>,
    status: Option<Text<'a>>,
    claim_status: Option<Text<'a>>,
    management_source: Option<Text<'a>>,
    mfa_enabled: Option<bool>,
    name: Option<Text<'a>>,
    email: Option<Text<'a>>,
    added_to_org: Option<Text<'a>>,
    job_title: Option<Text<'a>>,
    department: Option<Text<'a>>,
    organization: Option<Text<'a>>,
    location: Option<Text<'a>>,
    groups: Option<&'a RawValue>,
    platform_roles: Option<&'a RawValue>,
    product_access: Option<Vec<ApiAccess<'a>>>,
}

#[derive(Deserialize)]
struct ApiGroup<'a> {
    #[serde(borrow)]
    id: Text<'a>,
    name: Option<Text<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ApiAccess<'a> {
    #[serde(borrow)]
    id: Text<'a>,
    key: Option<Text<'a>>,
    #[serde(default, deserialize_with = "present")]
    last_active_timestamp: Option<Option<Text<'a>>>,
}

/// Tells `null` (inner `None`) from an absent field (outer `None`).
fn present<'de: 'a, 'a, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<Text<'a>>>, D::Error> {
    Option::<Text<'a>>::deserialize(deserializer).map(Some)
}

impl ApiAccess<'_> {
    fn activity(&self, null: NullActivity) -> Activity {
        match &self.last_active_timestamp {
            Some(Some(text)) => Time::parse(&text.0).map_or(Activity::Unknown, Activity::Seen),
            Some(None) if null == NullActivity::Never => Activity::Never,
            Some(None) | None => Activity::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
}
