//! What is new, for the page.

use super::error::AdminError;
use super::{Answer, News};
use crate::app::documents::load;
use crate::app::news::NewsBook;
use crate::host::Host;

/// The news, the newest first.
pub(super) async fn news<H: Host>(host: &H) -> Result<Answer, AdminError> {
    let book: NewsBook = load(host).await?;
    Ok(Answer::News(News { items: book.items }))
}
