//! A user as the organization API writes it.

use chrono::SecondsFormat;
use serde_json::{Map, Value, json};

use super::cursor::Cursor;
use crate::clock::Time;
use crate::organization::{Access, Organization, Product, Status, User};
use crate::switches::{NeverUsed, Switches};

/// What `expand` may ask for.
pub const EXPANSIONS: [&str; 4] = [
    "platformRoles",
    "counts.resources",
    "productAccess",
    "groups",
];

/// From where and how a row is looked at.
pub struct View<'a> {
    /// The organization.
    pub organization: &'a Organization,
    /// The open questions' answers.
    pub switches: &'a Switches,
    /// The time of the reading.
    pub now: Time,
    /// One directory, or all.
    pub directory: Option<usize>,
    /// Which of [`EXPANSIONS`] to show.
    pub expand: &'a [String],
    /// Whether to show what is true instead of what is visible yet.
    pub truth: bool,
}

impl View<'_> {
    /// The row of `users/search`.
    pub fn row(&self, user: &User) -> Value {
        let mut row = self.profile(user);
        for expansion in self.expand {
            match expansion.as_str() {
                "platformRoles" if !user.missing.platform_roles => {
                    row.insert("platformRoles".to_owned(), platform_roles(user));
                }
                "counts.resources" => {
                    row.insert("counts".to_owned(), self.counts(user));
                }
                "productAccess" if !user.missing.product_access => {
                    row.insert("productAccess".to_owned(), self.product_access(user));
                }
                "groups" if !user.missing.groups => {
                    row.insert("groups".to_owned(), self.groups(user));
                }
                _ => {}
            }
        }
        if self.switches.live_extra_fields {
            row.insert("deactivatedOn".to_owned(), json!(deactivated_on(user)));
            row.insert("forDeletion".to_owned(), json!(user.for_deletion));
        }
        let own = Cursor {
            listing: "user".to_owned(),
            after: vec![user.account_id.clone()],
            query: Value::Null,
        };
        row.insert("links".to_owned(), json!({"self": own.encode()}));
        Value::Object(row)
    }

    /// The answer of `users/{accountId}`: with roles and counts, without product access and groups.
    pub fn single(&self, user: &User) -> Value {
        let mut row = self.profile(user);
        if !user.missing.platform_roles {
            row.insert("platformRoles".to_owned(), platform_roles(user));
        }
        row.insert("counts".to_owned(), self.counts(user));
        if let Some(on) = deactivated_on(user) {
            row.insert("deactivatedOn".to_owned(), json!(on));
        }
        Value::Object(row)
    }

    fn profile(&self, user: &User) -> Map<String, Value> {
        let mut row = Map::new();
        let mut put = |name: &str, value: Value| row.insert(name.to_owned(), value);
        put("accountId", json!(user.account_id));
        put("accountType", json!("atlassian"));
        put("accountStatus", json!(user.account_status.name()));
        if !user.missing.status {
            put("status", json!(self.status(user).name()));
        }
        put("membershipStatus", json!(self.membership_status(user)));
        let claim = if user.managed { "managed" } else { "unmanaged" };
        put("claimStatus", json!(claim));
        put("managementSource", management_source(user));
        put("name", json!(user.name));
        put("nickname", json!(user.nickname));
        if !user.missing.email {
            put("email", json!(user.email));
            put("emailVerified", json!(true));
        }
        if !user.missing.added_to_org {
            let added = user
                .added_to_org
                .to_rfc3339_opts(SecondsFormat::Millis, true);
            put("addedToOrg", json!(added));
        }
        put("mfaEnabled", json!(user.mfa));
        put("jobTitle", json!(user.job_title));
        put("department", json!(user.department));
        put("timeZone", json!(user.time_zone));
        row
    }

    fn status(&self, user: &User) -> Status {
        if self.truth {
            user.true_status()
        } else {
            user.status(self.now)
        }
    }

    fn membership_status(&self, user: &User) -> &'static str {
        if self.truth {
            user.true_membership_status()
        } else {
            user.membership_status(self.now)
        }
    }

    fn counts(&self, user: &User) -> Value {
        let resources = user
            .accesses
            .iter()
            .filter(|access| self.shows_site(access.site))
            .count();
        json!({"resources": resources})
    }

    fn product_access(&self, user: &User) -> Value {
        let entries = user.accesses.iter().filter_map(|access| {
            if !self.shows_site(access.site) {
                return None;
            }
            let seen = if self.truth {
                access.seen
            } else {
                access.shown(self.now)
            };
            let mut entry = json!({
                "id": self.organization.sites[access.site].ari(access.product),
                "key": access.product.key(),
            });
            let omitted = !self.truth && self.omits_timestamp(user, access);
            match seen {
                Some(_) if omitted => {}
                Some(seen) => entry["lastActiveTimestamp"] = json!(seen.timestamp()),
                None if self.switches.never_used == NeverUsed::NoEntry => return None,
                None => {}
            }
            Some(entry)
        });
        Value::Array(entries.collect())
    }

    /// The same accesses are struck at every reading, as by a fault of the data and not of the moment.
    fn omits_timestamp(&self, user: &User, access: &Access) -> bool {
        let percent = u32::from(self.switches.timestamp_omitted_percent);
        let mix = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        let place = [access.site as u8, access.product as u8];
        let letters = user.account_id.bytes().chain(place);
        percent > 0 && letters.fold(0x811C_9DC5, mix) % 100 < percent
    }

    fn groups(&self, user: &User) -> Value {
        let hidden = !self.truth
            && !self.switches.suspended_groups_shown
            && self.status(user) == Status::Suspended;
        let groups = user
            .groups
            .iter()
            .filter(|_| !hidden)
            .map(|&group| &self.organization.groups[group])
            .filter(|group| self.directory.is_none_or(|only| only == group.directory))
            .map(|group| {
                json!({"id": group.ari(), "name": group.name, "description": group.description})
            });
        Value::Array(groups.collect())
    }

    fn shows_site(&self, site: usize) -> bool {
        self.directory
            .is_none_or(|only| self.organization.sites[site].directory == only)
    }
}

/// The `product_access` of `last-active-dates`.
pub fn last_active(
    organization: &Organization,
    user: &User,
    now: Time,
    never_used: NeverUsed,
) -> Vec<Value> {
    user.accesses
        .iter()
        .filter_map(|access| {
            let mut entry = json!({
                "id": organization.sites[access.site].ari(access.product),
                "key": Product::key(access.product),
            });
            match access.shown(now) {
                Some(seen) => {
                    entry["last_active"] = json!(seen.at.format("%Y-%m-%d").to_string());
                    entry["last_active_timestamp"] = json!(seen.timestamp());
                }
                None if never_used == NeverUsed::NoEntry => return None,
                None => {}
            }
            Some(entry)
        })
        .collect()
}

fn platform_roles(user: &User) -> Value {
    user.platform_roles.iter().map(|role| role.name()).collect()
}

fn management_source(user: &User) -> Value {
    match (user.managed, user.synced) {
        (false, _) => Value::Null,
        (true, true) => json!("synced"),
        (true, false) => json!("invited"),
    }
}

fn deactivated_on(user: &User) -> Option<String> {
    user.deactivated_on
        .map(|on| on.to_rfc3339_opts(SecondsFormat::Millis, true))
}
