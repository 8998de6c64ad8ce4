//! People: `users/search` read as a stream, and the actions on them.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::error::ApiError;
use super::escape::segment;
use super::organization::{Links, post};
use crate::host::{Request, Secret};
use crate::model::{
    AccountId, AccountType, Activity, Claim, DirectoryId, GroupId, Resource, Status, Time,
    group_uuid,
};
use crate::snapshot::{Access, Group, UserRecord};

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

/// Reads a page of `users/search` person by person, without building the whole of it in memory.
///
/// # Errors
/// A body that is not what the API documents; people read before the fault were handed on, so use none of them.
pub fn read_users(
    body: &[u8],
    directory: &DirectoryId,
    null: NullActivity,
    take: &mut dyn FnMut(UserRecord),
) -> Result<UserPage, ApiError> {
    let text = std::str::from_utf8(body).map_err(|_| ApiError::not_understood("reading users"))?;
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let page = PageSeed {
        directory,
        null,
        take,
    }
    .deserialize(&mut deserializer)
    .map_err(|_| ApiError::not_understood("reading users"))?;
    deserializer
        .end()
        .map_err(|_| ApiError::not_understood("reading users"))?;
    Ok(page)
}

struct PageSeed<'a> {
    directory: &'a DirectoryId,
    null: NullActivity,
    take: &'a mut dyn FnMut(UserRecord),
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
        while let Some(key) = page.next_key::<std::borrow::Cow<'_, str>>()? {
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
            return Err(serde::de::Error::missing_field("data"));
        }
        Ok(UserPage {
            next: links.cursor(),
        })
    }
}

struct UsersSeed<'a, 'b>(&'a mut PageSeed<'b>);

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
        while let Some(user) = users.next_element::<ApiUser>()? {
            (self.0.take)(user.record(self.0.directory, self.0.null));
        }
        Ok(())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ApiUser {
    account_id: String,
    account_type: Option<String>,
    status: Option<String>,
    claim_status: Option<String>,
    name: Option<String>,
    email: Option<String>,
    added_to_org: Option<String>,
    groups: Option<Vec<ApiGroup>>,
    platform_roles: Option<Vec<String>>,
    product_access: Option<Vec<ApiAccess>>,
}

#[derive(Deserialize)]
struct ApiGroup {
    id: String,
    name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ApiAccess {
    id: String,
    key: Option<String>,
    #[serde(default, deserialize_with = "present")]
    last_active_timestamp: Option<Option<String>>,
}

/// Tells `null` (inner `None`) from an absent field (outer `None`).
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::<String>::deserialize(deserializer).map(Some)
}

impl ApiUser {
    fn record(self, directory: &DirectoryId, null: NullActivity) -> UserRecord {
        UserRecord {
            account: AccountId(self.account_id),
            directory: directory.clone(),
            account_type: self.account_type.as_deref().and_then(AccountType::parse),
            status: self.status.as_deref().and_then(Status::parse),
            claim: self.claim_status.as_deref().and_then(Claim::parse),
            name: self.name,
            email: self.email.filter(|email| !email.is_empty()),
            added: self.added_to_org.as_deref().and_then(Time::parse),
            groups: self.groups.map(|groups| {
                groups
                    .into_iter()
                    .map(|group| Group {
                        id: GroupId(group_uuid(&group.id).to_owned()),
                        name: group.name,
                    })
                    .collect()
            }),
            roles: self.platform_roles,
            access: self
                .product_access
                .map(|access| access.into_iter().map(|access| access.read(null)).collect()),
        }
    }
}

impl ApiAccess {
    fn read(self, null: NullActivity) -> Access {
        let activity = match self.last_active_timestamp {
            Some(Some(text)) => Time::parse(&text).map_or(Activity::Unknown, Activity::Seen),
            Some(None) if null == NullActivity::Never => Activity::Never,
            Some(None) | None => Activity::Unknown,
        };
        Access {
            resource: Resource(self.id),
            product: self.key.unwrap_or_default(),
            activity,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str, null: NullActivity) -> (Vec<UserRecord>, UserPage) {
        let mut users = Vec::new();
        let page = read_users(
            body.as_bytes(),
            &DirectoryId("d".into()),
            null,
            &mut |user| users.push(user),
        )
        .unwrap();
        (users, page)
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
            let read = read_users(
                body.as_bytes(),
                &DirectoryId("d".into()),
                NullActivity::Unknown,
                &mut |_| {},
            );
            assert!(read.is_err(), "{body}");
        }
    }
}
