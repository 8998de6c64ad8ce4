//! A user as the organization API writes it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::SecondsFormat;
use serde::Serialize;
use serde_json::{Value, json};

use crate::clock::Time;
use crate::organization::{Access, AccountStatus, Organization, Product, Status, User};
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

/// A row, written field by field: pages of a hundred are asked for by the thousand.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Row<'a> {
    account_id: &'a str,
    account_type: &'static str,
    account_status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    membership_status: &'static str,
    claim_status: &'static str,
    management_source: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    nickname: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email_verified: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    added_to_org: Option<String>,
    mfa_enabled: bool,
    job_title: &'static str,
    department: &'static str,
    time_zone: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    platform_roles: Option<Vec<&'static str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    counts: Option<Counts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    product_access: Option<Vec<AccessRow>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    groups: Option<Vec<GroupRow<'a>>>,
    /// The outer absence leaves the field out, the inner one writes `null`.
    #[serde(skip_serializing_if = "Option::is_none")]
    deactivated_on: Option<Option<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    for_deletion: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    links: Option<OwnLink>,
}

#[derive(Serialize)]
struct Counts {
    resources: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AccessRow {
    id: String,
    key: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_active_timestamp: Option<String>,
}

#[derive(Serialize)]
struct GroupRow<'a> {
    id: String,
    name: &'a str,
    description: Option<&'a str>,
}

#[derive(Serialize)]
struct OwnLink {
    #[serde(rename = "self")]
    own: String,
}

impl<'a> View<'a> {
    /// The row of `users/search`.
    pub fn row(&self, user: &'a User) -> Row<'a> {
        let asked = |name: &str| self.expand.iter().any(|expansion| expansion == name);
        let missing = user.missing;
        let live = self.switches.live_extra_fields;
        Row {
            platform_roles: (asked("platformRoles") && !missing.platform_roles)
                .then(|| self.platform_roles(user)),
            counts: asked("counts.resources").then(|| self.counts(user)),
            product_access: (asked("productAccess") && !missing.product_access)
                .then(|| self.product_access(user)),
            groups: (asked("groups") && !missing.groups).then(|| self.groups(user)),
            deactivated_on: live.then(|| deactivated_on(user)),
            for_deletion: live.then(|| self.account(user).1),
            links: Some(OwnLink {
                own: URL_SAFE_NO_PAD.encode(&user.account_id),
            }),
            ..self.profile(user)
        }
    }

    /// The answer of `users/{accountId}`: with roles and counts, without product access and groups.
    pub fn single(&self, user: &'a User) -> Row<'a> {
        Row {
            platform_roles: (!user.missing.platform_roles).then(|| self.platform_roles(user)),
            counts: Some(self.counts(user)),
            deactivated_on: deactivated_on(user).map(Some),
            ..self.profile(user)
        }
    }

    fn profile(&self, user: &'a User) -> Row<'a> {
        let missing = user.missing;
        let added = user.added_to_org;
        Row {
            account_id: &user.account_id,
            account_type: "atlassian",
            account_status: self.account(user).0.name(),
            status: (!missing.status).then(|| self.status(user).name()),
            membership_status: self.membership_status(user),
            claim_status: if user.managed { "managed" } else { "unmanaged" },
            management_source: management_source(user),
            name: (self.truth || !self.omits_name(user)).then_some(user.name.as_str()),
            nickname: user.nickname,
            email: (!missing.email).then_some(user.email.as_str()),
            email_verified: (!missing.email).then_some(true),
            added_to_org: (!missing.added_to_org)
                .then(|| added.to_rfc3339_opts(SecondsFormat::Millis, true)),
            mfa_enabled: user.mfa,
            job_title: user.job_title,
            department: user.department,
            time_zone: user.time_zone,
            platform_roles: None,
            counts: None,
            product_access: None,
            groups: None,
            deactivated_on: None,
            for_deletion: None,
            links: None,
        }
    }

    fn account(&self, user: &User) -> (AccountStatus, bool) {
        if self.truth {
            (user.account_status, user.for_deletion)
        } else {
            user.shown_account(self.now)
        }
    }

    fn accesses(&self, user: &'a User) -> &'a [Access] {
        if self.truth {
            &user.accesses
        } else {
            user.shown_accesses(self.now)
        }
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

    fn counts(&self, user: &'a User) -> Counts {
        let resources = self
            .accesses(user)
            .iter()
            .filter(|access| self.shows_site(access.site))
            .count();
        Counts { resources }
    }

    fn product_access(&self, user: &'a User) -> Vec<AccessRow> {
        let entries = self.accesses(user).iter().filter_map(|access| {
            if !self.shows_site(access.site) {
                return None;
            }
            let seen = if self.truth {
                access.seen
            } else {
                access.shown(self.now)
            };
            if seen.is_none() && self.switches.never_used == NeverUsed::NoEntry {
                return None;
            }
            let omitted = !self.truth && self.omits_timestamp(user, access);
            Some(AccessRow {
                id: self.organization.sites[access.site].ari(access.product),
                key: access.product.key(),
                last_active_timestamp: seen.filter(|_| !omitted).map(|seen| seen.timestamp()),
            })
        });
        entries.collect()
    }

    fn omits_timestamp(&self, user: &User, access: &Access) -> bool {
        let place = [access.site as u8, access.product as u8];
        strikes(self.switches.timestamp_omitted_percent, user, &place)
    }

    fn omits_name(&self, user: &User) -> bool {
        strikes(self.switches.names_omitted_percent, user, b"name")
    }

    fn groups(&self, user: &User) -> Vec<GroupRow<'a>> {
        let hidden = !self.truth
            && !self.switches.suspended_groups_shown
            && self.status(user) == Status::Suspended;
        let shown = if self.truth {
            &user.groups
        } else {
            user.shown_groups(self.now)
        };
        let groups = shown
            .iter()
            .filter(|_| !hidden)
            .map(|&group| &self.organization.groups[group])
            .filter(|group| self.directory.is_none_or(|only| only == group.directory))
            .map(|group| GroupRow {
                id: group.ari(),
                name: &group.name,
                description: group.description.as_deref(),
            });
        groups.collect()
    }

    fn platform_roles(&self, user: &User) -> Vec<&'static str> {
        let shown = if self.truth {
            &user.platform_roles
        } else {
            user.shown_platform_roles(self.now)
        };
        shown.iter().map(|role| role.name()).collect()
    }

    fn shows_site(&self, site: usize) -> bool {
        self.directory
            .is_none_or(|only| self.organization.sites[site].directory == only)
    }
}

/// Whether so many of a hundred are struck, and this one is: the same at every reading, as by a fault of the data and not of the
/// moment.
fn strikes(percent: u8, user: &User, what: &[u8]) -> bool {
    let mix = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    let letters = user.account_id.bytes().chain(what.iter().copied());
    percent > 0 && letters.fold(0x811C_9DC5, mix) % 100 < u32::from(percent)
}

/// The `product_access` of `last-active-dates`.
pub fn last_active(
    organization: &Organization,
    user: &User,
    now: Time,
    never_used: NeverUsed,
) -> Vec<Value> {
    user.shown_accesses(now)
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

fn management_source(user: &User) -> Option<&'static str> {
    match (user.managed, user.synced) {
        (false, _) => None,
        (true, true) => Some("synced"),
        (true, false) => Some("invited"),
    }
}

fn deactivated_on(user: &User) -> Option<String> {
    user.deactivated_on
        .map(|on| on.to_rfc3339_opts(SecondsFormat::Millis, true))
}
