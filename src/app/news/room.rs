//! Room for the news: all of it lies in one value (RULES R16).

use super::book::NewsBook;
use super::under_way::is_out;
use crate::app::documents::encode;
use crate::app::records::{HookState, NewsItem};

/// So many bytes all pieces may take; what is remembered besides needs little.
const MOST_BYTES: usize = 160 * 1024;
/// The most characters of a text where room is short.
const TEXT_SIGNS: usize = 500;

/// The first characters of a text.
pub(super) fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{kept}…")
}

fn waits(item: &NewsItem) -> bool {
    let hook = item.hook.as_ref();
    is_out(item) || hook.is_some_and(|hook| hook.state == HookState::Waiting)
}

impl NewsBook {
    fn bytes(&self) -> usize {
        encode(&self.items).map_or(0, |text| text.len())
    }

    /// Makes all pieces fit into one value: texts are shortened, the oldest first, those that are still to be told last; then
    /// the oldest pieces go.
    pub(super) fn fit(&mut self) {
        let mut bytes = self.bytes();
        for is_last_resort in [false, true] {
            for item in self.items.iter_mut().rev() {
                if bytes <= MOST_BYTES {
                    return;
                }
                if is_last_resort || !waits(item) {
                    let text = shortened(&item.text, TEXT_SIGNS);
                    let freed = item.text.len().saturating_sub(text.len());
                    bytes = bytes.saturating_sub(freed);
                    item.text = text;
                }
            }
        }
        while bytes > MOST_BYTES && self.items.pop().is_some() {
            bytes = self.bytes();
        }
    }
}
