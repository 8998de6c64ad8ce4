//! The states of a person as the organization API words them.

use serde::{Deserialize, Serialize};

/// The composite status of `users/search`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
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

/// Who manages a managed account (`managementSource` of `users/search`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ManagedBy {
    /// Provisioned from an identity provider: changes belong there.
    Idp,
    /// Invited by an administrator.
    Admins,
}

impl ManagedBy {
    /// All of them, with their names in the policy document.
    pub const ALL: [(ManagedBy, &'static str); 2] =
        [(ManagedBy::Idp, "idp"), (ManagedBy::Admins, "admins")];

    /// Reads the API's name (`synced`, `invited`); anything else is not known.
    pub fn parse(name: &str) -> Option<ManagedBy> {
        match name {
            "synced" => Some(ManagedBy::Idp),
            "invited" => Some(ManagedBy::Admins),
            _ => None,
        }
    }

    /// The name in the policy document.
    pub fn name(self) -> &'static str {
        match self {
            ManagedBy::Idp => "idp",
            ManagedBy::Admins => "admins",
        }
    }
}

/// A field of a person's profile that a policy may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum ProfileField {
    /// The job title.
    JobTitle,
    /// The department.
    Department,
    /// The organization the person belongs to.
    Organization,
    /// The location.
    Location,
}

impl ProfileField {
    /// All of them, with their names in the API and in the policy document.
    pub const ALL: [(ProfileField, &'static str); 4] = [
        (ProfileField::JobTitle, "jobTitle"),
        (ProfileField::Department, "department"),
        (ProfileField::Organization, "organization"),
        (ProfileField::Location, "location"),
    ];

    /// The name in the API and in the policy document.
    pub fn name(self) -> &'static str {
        match self {
            ProfileField::JobTitle => "jobTitle",
            ProfileField::Department => "department",
            ProfileField::Organization => "organization",
            ProfileField::Location => "location",
        }
    }
}

/// What kind of account it is. Only [`AccountType::Atlassian`] takes a seat; the others are always protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
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
    /// All of them, with their names in the API and in the policy document.
    pub const ALL: [(AccountType, &'static str); 3] = [
        (AccountType::Atlassian, "atlassian"),
        (AccountType::App, "app"),
        (AccountType::Customer, "customer"),
    ];

    /// Reads the API's name; anything else is not known.
    pub fn parse(name: &str) -> Option<AccountType> {
        Self::ALL
            .into_iter()
            .find(|(_, text)| *text == name)
            .map(|(account_type, _)| account_type)
    }

    /// The name in the API and in the policy document.
    pub fn name(self) -> &'static str {
        match self {
            AccountType::Atlassian => "atlassian",
            AccountType::App => "app",
            AccountType::Customer => "customer",
        }
    }
}

/// Whether the organization owns the account's domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS, schemars::JsonSchema))]
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

    /// All of them, with their names in the policy document.
    pub const ALL: [(Claim, &'static str); 2] =
        [(Claim::Managed, "managed"), (Claim::External, "external")];

    /// The name in the policy document.
    pub fn name(self) -> &'static str {
        match self {
            Claim::Managed => "managed",
            Claim::External => "external",
        }
    }
}
