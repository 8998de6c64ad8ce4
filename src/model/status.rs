//! The states of a person as the organization API words them.

use serde::{Deserialize, Serialize};

/// The composite status of `users/search`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Account and membership are active.
    Active,
    /// The account is active, the membership suspended.
    Suspended,
    /// The account is active and in no directory.
    NotInvited,
    /// The account is inactive.
    Deactivated,
    /// The account is in its 14-day grace before deletion.
    ForDeletion,
}

impl Status {
    /// All of them, with their names in the API.
    pub const ALL: [(Status, &'static str); 5] = [
        (Status::Active, "active"),
        (Status::Suspended, "suspended"),
        (Status::NotInvited, "not_invited"),
        (Status::Deactivated, "deactivated"),
        (Status::ForDeletion, "for_deletion"),
    ];

    /// Reads the API's name. A name that is not known (a newer API) is `None`, hence unknown.
    pub fn parse(name: &str) -> Option<Status> {
        Self::ALL
            .into_iter()
            .find(|(_, text)| *text == name)
            .map(|(status, _)| status)
    }

    /// The API's name.
    pub fn name(self) -> &'static str {
        match self {
            Status::Active => "active",
            Status::Suspended => "suspended",
            Status::NotInvited => "not_invited",
            Status::Deactivated => "deactivated",
            Status::ForDeletion => "for_deletion",
        }
    }
}

/// What kind of account it is. Only [`AccountType::Atlassian`] takes a seat; the others are always protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountType {
    /// A person.
    Atlassian,
    /// A bot or an app's own user.
    App,
    /// A portal customer of Jira Service Management.
    Customer,
}

impl AccountType {
    /// Reads the API's name; anything else is not known.
    pub fn parse(name: &str) -> Option<AccountType> {
        match name {
            "atlassian" => Some(AccountType::Atlassian),
            "app" => Some(AccountType::App),
            "customer" => Some(AccountType::Customer),
            _ => None,
        }
    }
}

/// Whether the organization owns the account's domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Claim {
    /// A managed account: its domain is claimed by the organization.
    Managed,
    /// An external account.
    External,
}

impl Claim {
    /// Reads the API's name (`managed`, `unmanaged`).
    pub fn parse(name: &str) -> Option<Claim> {
        match name {
            "managed" => Some(Claim::Managed),
            "unmanaged" => Some(Claim::External),
            _ => None,
        }
    }
}
