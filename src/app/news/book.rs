//! What was news, and what of it still holds.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::room::shortened;
use crate::app::documents::Document;
use crate::app::records::{HookDelivery, NewsItem, NewsMessage, NewsTold};
use crate::model::{AccountId, DAY, Time};

/// So many pieces are kept, if there is room for them.
const MOST_ITEMS: usize = 90;
/// The most characters of a text: a comment of Jira holds some more.
const TEXT_SIGNS: usize = 25_000;
/// The most characters of a title.
const TITLE_SIGNS: usize = 200;
/// The most pieces in one message to the webhook.
pub(super) const MOST_TOGETHER: usize = 20;

/// The news, and what is remembered to tell none of it twice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::app) struct NewsBook {
    /// Newest first.
    pub(in crate::app) items: Vec<NewsItem>,
    /// What holds, and what held within a day, by key.
    standing: BTreeMap<String, Standing>,
    /// The week whose digest was the last one.
    #[serde(default)]
    pub(super) week: Option<i64>,
    /// The newest day whose head of the log was told.
    #[serde(default)]
    pub(super) anchor: Option<String>,
}

/// Something that lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Standing {
    told: Time,
    holds: bool,
}

impl Document for NewsBook {
    const KEY: &'static str = "news";
}

/// Something to tell, before it is known whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) key: String,
    pub(super) title: String,
    pub(super) text: String,
    pub(super) run: Option<String>,
    /// The policy's text that names who is told.
    pub(super) report: Option<String>,
    /// The person whom it is about.
    pub(super) subject: Option<AccountId>,
    /// Whether it waits for somebody's decision.
    pub(super) is_decision: bool,
}

impl Piece {
    /// Whether both say the same of the same.
    fn says_what(&self, other: &Piece) -> bool {
        (&self.title, &self.text, &self.run) == (&other.title, &other.text, &other.run)
    }
}

impl NewsBook {
    /// Those of the things that hold now that are new: they did not hold the last time, nor were told within a day. What
    /// says the same as the one before it, such as several steps that were reached at once, is said once.
    pub(super) fn enter(&mut self, now: Time, holding: Vec<Piece>) -> Vec<Piece> {
        for standing in self.standing.values_mut() {
            standing.holds = false;
        }
        let mut new = Vec::new();
        for piece in holding {
            match self.standing.get_mut(&piece.key) {
                Some(standing) => standing.holds = true,
                None => {
                    let standing = Standing {
                        told: now,
                        holds: true,
                    };
                    self.standing.insert(piece.key.clone(), standing);
                    if !new.last().is_some_and(|last| piece.says_what(last)) {
                        new.push(piece);
                    }
                }
            }
        }
        self.standing
            .retain(|_, standing| standing.holds || now.since(standing.told) < DAY);
        new
    }

    /// Notes news; `told` says of each piece what is to become of the message, and of a comment besides it.
    pub(super) fn note(
        &mut self,
        now: Time,
        pieces: Vec<Piece>,
        told: &dyn Fn(&Piece) -> (NewsMessage, Option<NewsTold>),
        hook: Option<&HookDelivery>,
    ) {
        for (number, piece) in pieces.into_iter().enumerate() {
            let hook = hook.map(|hook| HookDelivery {
                id: format!("{}-{}", hook.id, number / MOST_TOGETHER),
                ..hook.clone()
            });
            let (message, comment) = told(&piece);
            let item = NewsItem {
                key: piece.key,
                at: now,
                title: shortened(&piece.title, TITLE_SIGNS),
                text: shortened(&piece.text, TEXT_SIGNS),
                run: piece.run,
                report: piece.report,
                subject: piece.subject,
                message,
                why: None,
                again: None,
                hook,
                comment,
            };
            self.items.insert(0, item);
        }
        self.items.truncate(MOST_ITEMS);
        self.fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::news::sending::Ended;
    use crate::app::news::under_way::Way;
    use crate::app::records::HookState;
    use crate::model::HOUR;

    fn piece(key: &str) -> Piece {
        Piece {
            key: key.into(),
            title: "T".repeat(300),
            text: "ü".repeat(900),
            run: Some("20261121T100000Z-abcdefgh".into()),
            report: Some(format!("policy:{}:100", "p".repeat(64))),
            ..Piece::default()
        }
    }

    #[test]
    fn what_lasts_is_told_once_and_again_only_a_day_after_it_was_told() {
        let mut book = NewsBook::default();
        let mut told = Vec::new();
        // It holds, stops, comes again within a day, stops for longer, and comes again.
        for (hour, holds) in [
            (0, true),
            (1, true),
            (2, false),
            (3, true),
            (30, true),
            (31, false),
            (40, true),
            (41, false),
            (42, false),
            (43, true),
        ] {
            let holding = if holds { vec![piece("a")] } else { Vec::new() };
            let new = book.enter(Time(hour * HOUR), holding);
            told.extend(new.iter().map(|_| hour));
        }
        assert_eq!(told, [0, 40]);
    }

    #[test]
    fn steps_that_are_reached_at_once_are_told_as_one_and_each_is_known() {
        let mut book = NewsBook::default();
        let told = |book: &mut NewsBook, day: i64, keys: &[&str]| {
            let pieces = keys.iter().map(|key| piece(key)).collect();
            book.enter(Time(day * DAY), pieces).len()
        };
        assert_eq!(told(&mut book, 0, &["90", "95"]), 1);
        assert_eq!(told(&mut book, 2, &["90", "95"]), 0);
        assert_eq!(told(&mut book, 4, &["90"]), 0);
        assert_eq!(told(&mut book, 6, &["90", "95"]), 1);
        // Another run that waits says the same of something else.
        let other = Piece {
            run: None,
            ..piece("other")
        };
        assert_eq!(
            book.enter(Time(8 * DAY), vec![piece("one"), other]).len(),
            2
        );
    }

    fn filled(text: usize, why: usize, hook: HookState) -> NewsBook {
        let mut book = NewsBook::default();
        for number in 0..MOST_ITEMS + 5 {
            let piece = Piece {
                text: "ü".repeat(text),
                ..piece(&format!("{number}"))
            };
            let hook = HookDelivery {
                state: hook,
                id: "20261121T100000Z-abcdef".into(),
                attempts: 6,
                next: Time(0),
                why: Some("w".repeat(why)),
            };
            let message = |_: &Piece| (NewsMessage::Nobody, None);
            book.note(Time(0), vec![piece], &message, Some(&hook));
        }
        book
    }

    #[test]
    fn the_fullest_book_fits_into_one_value_and_forgets_the_oldest() {
        let bytes = |book: &NewsBook| crate::app::documents::encode(book).unwrap().len();
        let book = filled(900, 100, HookState::GivenUp);
        assert_eq!(book.items.len(), MOST_ITEMS);
        assert_eq!(book.items[0].key, (MOST_ITEMS + 4).to_string());
        assert!(bytes(&book) <= 176 * 1024, "{}", bytes(&book));
        // The newest are whole, the oldest shortened.
        assert_eq!(book.items[0].text.chars().count(), 900);
        assert_eq!(book.items[MOST_ITEMS - 1].text.chars().count(), 500);
        // What is still to be told is shortened last.
        let mut book = filled(900, 100, HookState::GivenUp);
        let hook = book.items[MOST_ITEMS - 1].hook.as_mut().unwrap();
        hook.state = HookState::Waiting;
        book.items[MOST_ITEMS - 1].text = "ü".repeat(2_000);
        book.fit();
        assert_eq!(book.items[MOST_ITEMS - 1].text.chars().count(), 2_000);
        let book = filled(30_000, 2_000, HookState::Waiting);
        assert!(book.items.len() > 30);
        assert!(bytes(&book) <= 176 * 1024, "{}", bytes(&book));
    }

    #[test]
    fn a_text_that_is_to_be_told_is_kept_whole() {
        let text = "place; ".repeat(1_000);
        let piece = Piece {
            text: text.clone(),
            ..Piece::default()
        };
        let mut book = NewsBook::default();
        let waiting = |_: &Piece| (NewsMessage::Waiting, None);
        book.note(Time(0), vec![piece], &waiting, None);
        assert_eq!(book.turn(Way::Message, Time(0), &None)[0].text, text);
        let items = book.items.clone();
        let ended = Ended {
            message: NewsMessage::Sent,
            why: None,
            may_pass: false,
        };
        book.settle((Way::Message, Time(0)), &items, &ended);
        assert_eq!(book.items[0].text, text);
    }
}
