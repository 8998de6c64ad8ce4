//! What somebody looks for. Everything that is given must hold; of a list, one is enough.

use serde::Deserialize;

/// A filter. A list without entries, and what is absent, asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(
    feature = "types",
    derive(ts_rs::TS),
    ts(optional_fields = nullable, rename = "RosterFilter")
)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Filter {
    /// Words that must all stand in the name or e-mail address, whatever their case and marks, or in the account id; words of fewer
    /// than 6 letters find an account id by its beginning only.
    #[cfg_attr(feature = "types", ts(optional, as = "Option<String>"))]
    pub text: String,
    /// Statuses as the API words them, or `unknown`.
    #[cfg_attr(feature = "types", ts(optional, as = "Option<Vec<String>>"))]
    pub status: Vec<String>,
    /// `managed`, `external` or `unknown`.
    #[cfg_attr(feature = "types", ts(optional, as = "Option<Vec<String>>"))]
    pub claim: Vec<String>,
    /// Kinds of account as the API words them, or `unknown`.
    #[cfg_attr(feature = "types", ts(optional, as = "Option<Vec<String>>"))]
    pub account_type: Vec<String>,
    /// Directories by their ids, or `unknown`.
    #[cfg_attr(feature = "types", ts(optional, as = "Option<Vec<String>>"))]
    pub directories: Vec<String>,
    /// Platform roles, such as `atlassian/org-admin`, or `unknown`.
    #[cfg_attr(feature = "types", ts(optional, as = "Option<Vec<String>>"))]
    pub roles: Vec<String>,
    /// Groups by their ids, or `unknown`.
    #[cfg_attr(feature = "types", ts(optional, as = "Option<Vec<String>>"))]
    pub groups: Vec<String>,
    /// Domains of e-mail addresses, or `unknown`.
    #[cfg_attr(feature = "types", ts(optional, as = "Option<Vec<String>>"))]
    pub domains: Vec<String>,
    /// Holds an access to one of these products, by key. With `sites`, one access must fit both.
    #[cfg_attr(feature = "types", ts(optional, as = "Option<Vec<String>>"))]
    pub products: Vec<String>,
    /// Holds an access on one of these sites, by host or cloud id.
    #[cfg_attr(feature = "types", ts(optional, as = "Option<Vec<String>>"))]
    pub sites: Vec<String>,
    /// Holds an access that takes a paid seat, that takes none, or of which that is not known. With `products` and `sites`, one
    /// access must fit all of them.
    #[cfg_attr(feature = "types", ts(optional, as = "Option<Vec<Seat>>"))]
    pub seats: Vec<Seat>,
    /// When the accesses that fit `products`, `sites` and `seats` were used; all accesses where none is given.
    pub activity: Option<ActivityFilter>,
    /// What a policy says.
    pub policy: Option<PolicyFilter>,
    /// Is in every one of these sets, which were given by name.
    #[cfg_attr(feature = "types", ts(optional, as = "Option<Vec<String>>"))]
    pub within: Vec<String>,
    /// Is in none of these sets.
    #[cfg_attr(feature = "types", ts(optional, as = "Option<Vec<String>>"))]
    pub without: Vec<String>,
}

/// Whether an access takes a paid seat, as the condition `billable` knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Seat {
    /// It takes one.
    Taken,
    /// It takes none.
    None,
    /// It is not known.
    Unknown,
}

impl Seat {
    /// What a snapshot knows of an access.
    pub(super) fn of(known: Option<bool>) -> Seat {
        match known {
            Some(true) => Seat::Taken,
            Some(false) => Seat::None,
            None => Seat::Unknown,
        }
    }
}

/// When somebody was seen.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS), ts(optional_fields = nullable))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ActivityFilter {
    /// Which.
    pub kind: ActivityKind,
    /// The limit in days; 0 without it.
    pub days: Option<u32>,
}

/// The ways in which somebody was seen or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum ActivityKind {
    /// Seen, but longer than the limit ago, and nothing is unknown: as `idle` of a policy without tolerance.
    Idle,
    /// Holds such an access, and all of them are known to be never used.
    Never,
    /// Seen within the limit, whatever else is unknown.
    Active,
    /// It is not known: no access was seen within the limit, and one is unknown, or which there are. Without a limit, whoever has
    /// something unknown.
    Unknown,
    /// Holds no such access.
    None,
}

/// What a policy says of somebody, by its condition alone: no exemption, protection or limit is asked.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PolicyFilter {
    /// The document, as JSON text.
    pub document: String,
    /// Its verdict.
    pub is: RowTruth,
}

/// A verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum RowTruth {
    /// It matches.
    True,
    /// It does not.
    False,
    /// It is not decided.
    Unknown,
}

impl Filter {
    /// Whether everything but the text is the same.
    pub(super) fn is_same_but_for_text(&self, other: &Filter) -> bool {
        let text = other.text.clone();
        let with_its_text = Filter {
            text,
            ..self.clone()
        };
        with_its_text == *other
    }

    /// Whether it asks what people hold or use.
    pub(super) fn names_accesses(&self) -> bool {
        !self.products.is_empty() || !self.sites.is_empty() || !self.seats.is_empty()
    }
}

/// Whether a list asks for a value; one that is not known, by `unknown`.
pub(super) fn asks_for(list: &[String], value: Option<&str>) -> bool {
    list.is_empty() || list.iter().any(|wanted| wanted == value.unwrap_or(UNKNOWN))
}

/// What stands in a list for values that are not known.
pub(super) const UNKNOWN: &str = "unknown";
