//! How a link is used, and what its page says.

use serde::{Deserialize, Serialize};

/// How a link is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "UPPERCASE")]
pub enum LinkMethod {
    /// It is opened, by a person or by whatever looks into mail: nothing changes (RULES R17).
    Get,
    /// The button of its page is pressed.
    Post,
}

/// One use of a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LinkRequest {
    /// How it is used.
    pub method: LinkMethod,
    /// The token in the link; empty where there is none.
    pub token: String,
    /// The reason that the person gave, at most 2,000 characters.
    #[serde(default)]
    #[cfg_attr(feature = "types", ts(optional))]
    pub reason: Option<String>,
}

/// Which page is shown: the outputs of the web trigger in the manifest, in English and (`-de`) German.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum LinkOutput {
    /// Asks to press the button that keeps the access.
    AskKeep,
    /// The same in German.
    AskKeepDe,
    /// Asks to press the button that gives the access back.
    AskBack,
    /// The same in German.
    AskBackDe,
    /// The access stays.
    Kept,
    /// The same in German.
    KeptDe,
    /// The access is being given back.
    Restoring,
    /// The same in German.
    RestoringDe,
    /// An administrator was asked.
    Asked,
    /// The same in German.
    AskedDe,
    /// The link was used, has expired, is forged, or is not allowed: one page for all of them, so that it tells nothing.
    NotUsable,
    /// The same in German.
    NotUsableDe,
    /// Something failed; the link can be tried again.
    TryLater,
    /// The same in German.
    TryLaterDe,
}

/// What the web trigger answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct LinkAnswer {
    /// The output's key.
    pub output_key: LinkOutput,
}

impl LinkOutput {
    /// The page in a language.
    pub(super) fn in_language(self, german: bool) -> LinkOutput {
        if !german {
            return self;
        }
        match self {
            LinkOutput::AskKeep => LinkOutput::AskKeepDe,
            LinkOutput::AskBack => LinkOutput::AskBackDe,
            LinkOutput::Kept => LinkOutput::KeptDe,
            LinkOutput::Restoring => LinkOutput::RestoringDe,
            LinkOutput::Asked => LinkOutput::AskedDe,
            LinkOutput::NotUsable => LinkOutput::NotUsableDe,
            LinkOutput::TryLater => LinkOutput::TryLaterDe,
            german => german,
        }
    }
}
