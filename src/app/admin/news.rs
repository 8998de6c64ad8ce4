//! What is new, for the page.

use serde::Serialize;

use super::Answer;
use super::error::AdminError;
use crate::app::documents::load;
use crate::app::news::NewsBook;
use crate::app::records::NewsItem;
use crate::host::Host;

/// What is new for administrators.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct News {
    /// The newest first.
    pub items: Vec<NewsItem>,
}

/// The news, the newest first.
pub(super) async fn news<H: Host>(host: &H) -> Result<Answer, AdminError> {
    let book: NewsBook = load(host).await?;
    Ok(Answer::News(News { items: book.items }))
}
