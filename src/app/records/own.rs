//! The administrator's own fields and notes on people.

use serde::{Deserialize, Serialize};

use crate::model::AccountId;

/// A field of the administrator's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FieldDefinition {
    /// Its name, which policies use.
    pub name: String,
    /// What its values are.
    pub kind: FieldKind,
    /// The values of a choice.
    #[serde(default)]
    pub choices: Vec<String>,
}

/// What the values of a field are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum FieldKind {
    /// Any text of one line.
    Text,
    /// A day such as `2026-11-21`.
    Date,
    /// One of some values.
    Choice,
}

/// What an administrator says of one person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PersonFields {
    /// Who.
    #[cfg_attr(feature = "types", ts(type = "string"))]
    pub account: String,
    /// Names and values. Where they are set, an empty value takes the field away, and what is not named stays.
    pub values: Vec<(String, String)>,
    /// The note. Where it is set, an empty one takes it away, and none leaves it as it is.
    #[serde(default)]
    pub note: Option<String>,
}

impl PersonFields {
    /// Who, as an id.
    pub(in crate::app) fn account_id(&self) -> AccountId {
        AccountId(self.account.clone())
    }
}
