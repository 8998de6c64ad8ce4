//! The webhook: a second way for the news, besides mail (docs/decisions/0016).

use serde::{Deserialize, Serialize};

use super::settings::Edit;

/// The webhook as far as it is shown. Its address and its key are kept as a secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Webhook {
    /// The host of its address.
    pub host: String,
    /// The last four characters of the address, by which administrators know it again.
    pub ending: String,
    /// Who entered the address, or had the key made anew, and when.
    pub saved: Edit,
}
