//! Everything that the snapshot says of one person.

use serde::Serialize;

use super::{LastSeen, Roster, index};
use crate::model::{AccountType, Claim, ManagedBy, ProfileField, Status, Time, Truth};
use crate::snapshot::{Group, Row};

/// A person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(rename = "RosterPanel"))]
#[serde(rename_all = "camelCase")]
pub struct Panel {
    /// The account id.
    pub account: String,
    /// Where all this was read, such as `users/search`.
    pub source: String,
    /// When the reading was begun, if it is known: the age of everything here.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub read: Option<Time>,
    /// What each directory that lists the account says of them.
    pub listings: Vec<PanelListing>,
}

/// What one directory says of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(rename = "RosterListing"))]
#[serde(rename_all = "camelCase")]
pub struct PanelListing {
    /// The directory by its name, or by its id where the name is not known.
    pub directory: Option<String>,
    /// The name, if it is known.
    pub name: Option<String>,
    /// The e-mail address, if it is known.
    pub email: Option<String>,
    /// The kind of account, if it is known.
    pub account_type: Option<AccountType>,
    /// The status, if it is known.
    pub status: Option<Status>,
    /// Managed or external, if it is known.
    pub claim: Option<Claim>,
    /// Provisioned or invited, if it is known.
    pub managed_by: Option<ManagedBy>,
    /// Whether two-step verification is on, if it is known.
    pub mfa: Option<bool>,
    /// When they were added to the organization, if it is known.
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub added: Option<Time>,
    /// The fields of the profile that are known: name and value.
    pub profile: Vec<(String, String)>,
    /// The platform roles, if they are known.
    pub roles: Option<Vec<String>>,
    /// The groups, if they are known.
    pub groups: Option<Vec<PanelGroup>>,
    /// When they were seen last in anything.
    pub last_seen: LastSeen,
    /// The accesses, if they are known.
    pub accesses: Option<Vec<PanelAccess>>,
}

/// A group of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(rename = "RosterGroup"))]
#[serde(rename_all = "camelCase")]
pub struct PanelGroup {
    /// Its id.
    pub id: String,
    /// Its name, if it is known.
    pub name: Option<String>,
}

/// An access of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(rename = "RosterHeld"))]
#[serde(rename_all = "camelCase")]
pub struct PanelAccess {
    /// The product's key.
    pub product: String,
    /// The site by its host, or by its cloud id; nothing for an access without a site.
    pub site: Option<String>,
    /// Whether it takes a paid seat, if it is known.
    pub seat: Option<bool>,
    /// When it was used last.
    pub last_seen: LastSeen,
    /// The person's groups that are known to grant it with a seat, by name or id.
    pub by_groups: Vec<String>,
    /// Whether another of their groups may grant it, or it was given without a group: that is not known.
    pub perhaps_others: bool,
}

impl Roster {
    /// Everything that is known of an account; nothing where no directory lists it.
    pub fn panel(&self, account: &str) -> Option<Panel> {
        let mut rows: Vec<usize> = Vec::new();
        for row in self.snapshot.find_all(account) {
            let place = rows.partition_point(|known| *known < row.0);
            rows.insert(place, row.0);
        }
        if rows.is_empty() {
            return None;
        }
        let origin = self.snapshot.origin();
        let rows = rows.into_iter().map(Row);
        Some(Panel {
            account: account.to_owned(),
            source: origin.source.clone(),
            read: origin.read,
            listings: rows.filter_map(|row| self.listing(row)).collect(),
        })
    }

    fn listing(&self, row: Row) -> Option<PanelListing> {
        let snapshot = &self.snapshot;
        let class = snapshot.class(row)?;
        let mut profile = Vec::new();
        for (field, name) in ProfileField::ALL {
            if let Some(value) = snapshot.profile_field(row, field) {
                profile.push((name.to_owned(), value.to_owned()));
            }
        }
        let roles = snapshot.roles_of(class);
        let groups = snapshot.groups(row).map(|groups| {
            let groups = groups.map(|group| PanelGroup {
                id: group.id.0.clone(),
                name: group.name.clone(),
            });
            groups.collect()
        });
        let codes = snapshot.access_codes(row.0).map(|(_, codes)| codes);
        Some(PanelListing {
            directory: self.directory_of(row),
            name: snapshot.name(row).map(String::from),
            email: snapshot.email(row).map(String::from),
            account_type: class.account_type,
            status: class.status,
            claim: class.claim,
            managed_by: class.managed_by,
            mfa: class.mfa,
            added: snapshot.added(row),
            profile,
            roles: roles.map(|roles| roles.map(String::from).collect()),
            groups,
            last_seen: LastSeen::of(codes),
            accesses: self.held(row),
        })
    }

    fn held(&self, row: Row) -> Option<Vec<PanelAccess>> {
        let snapshot = &self.snapshot;
        let (set, codes) = snapshot.access_codes(row.0)?;
        let set = snapshot.distinct_access_sets().get(set)?;
        let mut held = Vec::new();
        for (access, code) in set.iter().zip(codes) {
            let Some(access) = snapshot.accesses().get(index(*access)) else {
                continue;
            };
            let (by_groups, perhaps_others) = self.granting(row, access.resource.as_str());
            held.push(PanelAccess {
                product: access.product.clone(),
                site: access
                    .resource
                    .site()
                    .map(|site| self.host(site).to_owned()),
                seat: access.seat,
                last_seen: LastSeen::of(Some(&[*code])),
                by_groups,
                perhaps_others,
            });
        }
        Some(held)
    }

    /// A person's groups that grant something, and whether others may.
    fn granting(&self, row: Row, resource: &str) -> (Vec<String>, bool) {
        let name = |group: &Group| group.name.clone().unwrap_or_else(|| group.id.0.clone());
        let Some(groups) = self.snapshot.groups(row) else {
            return (Vec::new(), true);
        };
        let (mut known, mut perhaps) = (Vec::new(), false);
        for group in groups {
            match self.grants.grants(group.id.as_str(), resource) {
                Truth::True => known.push(name(group)),
                Truth::Unknown => perhaps = true,
                Truth::False => {}
            }
        }
        let is_open = perhaps || known.is_empty();
        (known, is_open)
    }
}
