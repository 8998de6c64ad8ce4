//! What was news, and what of it still holds.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::app::documents::Document;
use crate::app::records::{NewsItem, NewsMessage};
use crate::model::{DAY, Time};

/// So many pieces are kept: with texts of at most [`TEXT_SIGNS`] they fit into one value (RULES R16).
const MOST_ITEMS: usize = 100;
/// The most characters of a text.
const TEXT_SIGNS: usize = 500;
/// The most characters of a title.
const TITLE_SIGNS: usize = 200;
/// Why it is not known whether a message was sent that nobody settled.
pub(super) const LOST: &str = "the invocation that sent it ended before Jira's answer";

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) key: String,
    pub(super) title: String,
    pub(super) text: String,
    pub(super) run: Option<String>,
    /// The policy's text that names who is told.
    pub(super) report: Option<String>,
}

impl NewsBook {
    /// Those of the things that hold now that are new: they did not hold the last time, nor were told within a day.
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
                    new.push(piece);
                }
            }
        }
        self.standing
            .retain(|_, standing| standing.holds || now.since(standing.told) < DAY);
        new
    }

    /// Notes news, to be told or not: `named` is for those of which a policy names who is told.
    pub(super) fn note(
        &mut self,
        now: Time,
        pieces: Vec<Piece>,
        (message, named): (NewsMessage, NewsMessage),
    ) {
        for piece in pieces {
            let message = if piece.report.is_some() {
                named
            } else {
                message
            };
            let item = NewsItem {
                key: piece.key,
                at: now,
                title: shortened(&piece.title, TITLE_SIGNS),
                text: shortened(&piece.text, TEXT_SIGNS),
                run: piece.run,
                report: piece.report,
                message,
                why: None,
            };
            self.items.insert(0, item);
        }
        self.items.truncate(MOST_ITEMS);
    }

    /// Notes what came of the message about some pieces, and of no others that are being sent.
    pub(super) fn settle(&mut self, told: &[NewsItem], to: NewsMessage, why: Option<&str>) {
        for item in &mut self.items {
            let mut told = told.iter();
            if told.any(|one| (&one.key, one.at) == (&item.key, item.at)) {
                item.message = to;
                item.why = why.map(str::to_owned);
            }
        }
    }

    /// Who names to whom the oldest is told that waits: a policy's text, or the settings.
    pub(super) fn next(&self) -> Option<&Option<String>> {
        let mut items = self.items.iter().rev();
        let next = items.find(|item| item.message == NewsMessage::Waiting)?;
        Some(&next.report)
    }

    /// Changes those that wait to be told to the same people.
    pub(super) fn turn(
        &mut self,
        report: &Option<String>,
        to: NewsMessage,
        most: usize,
    ) -> Vec<NewsItem> {
        let items = self.items.iter_mut().rev();
        let waiting =
            items.filter(|item| item.message == NewsMessage::Waiting && item.report == *report);
        let mut turned = Vec::new();
        for item in waiting.take(most) {
            item.message = to;
            item.why = None;
            turned.push(item.clone());
        }
        turned
    }

    /// What was about to be sent before, and never settled, may have been sent.
    pub(super) fn give_up(&mut self) {
        for item in &mut self.items {
            if item.message == NewsMessage::Trying {
                item.message = NewsMessage::Unclear;
                item.why = Some(LOST.to_owned());
            }
        }
    }
}

fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{kept}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600;

    fn piece(key: &str) -> Piece {
        Piece {
            key: key.into(),
            title: "T".repeat(300),
            text: "ü".repeat(900),
            run: Some("20261121T100000Z-abcdefgh".into()),
            report: Some(format!("policy:{}:100", "p".repeat(64))),
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
    fn the_fullest_book_fits_into_one_value_and_forgets_the_oldest() {
        let mut book = NewsBook::default();
        for number in 0..MOST_ITEMS + 5 {
            let new = vec![piece(&format!("{number}"))];
            book.note(Time(0), new, (NewsMessage::Waiting, NewsMessage::Waiting));
        }
        assert_eq!(book.items.len(), MOST_ITEMS);
        assert_eq!(book.items[0].key, (MOST_ITEMS + 4).to_string());
        let all = book.items.clone();
        book.settle(&all, NewsMessage::Refused, Some(&"w".repeat(300)));
        let text = crate::app::documents::encode(&book).unwrap();
        assert!(text.len() <= 176 * 1024, "{}", text.len());
    }
}
