//! What was news, and what of it still holds.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::app::documents::Document;
use crate::app::records::{HookDelivery, HookState, NewsItem, NewsMessage};
use crate::app::webhook::Failure;
use crate::model::{DAY, Time};

/// So many pieces are kept: with texts of at most [`TEXT_SIGNS`] they fit into one value (RULES R16).
const MOST_ITEMS: usize = 90;
/// The most characters of a text.
const TEXT_SIGNS: usize = 500;
/// The most characters of a title.
const TITLE_SIGNS: usize = 200;
/// Why it is not known whether a message was sent that nobody settled.
pub(super) const LOST: &str = "the invocation that sent it ended before Jira's answer";

/// The most pieces in one message to the webhook.
const MOST_TOGETHER: usize = 20;
/// So many seconds after each attempt to reach the webhook the next one is made, after the last of them none. The schedule
/// comes every five minutes and not to the second, so each is a minute less than it is meant to be.
const AGAIN: [i64; 5] = [60, 240, 1_740, 7_140, 21_540];

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
        hook: Option<&HookDelivery>,
    ) {
        for (number, piece) in pieces.into_iter().enumerate() {
            let hook = hook.map(|hook| HookDelivery {
                id: format!("{}-{}", hook.id, number / MOST_TOGETHER),
                ..hook.clone()
            });
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
                hook,
            };
            self.items.insert(0, item);
        }
        self.items.truncate(MOST_ITEMS);
    }

    /// Begins an attempt at what has waited longest for the webhook, and is due: all pieces of one message, the oldest first.
    /// Where the webhook is off, nothing waits for it any more.
    pub(super) fn attempt(&mut self, now: Time, is_on: bool) -> Vec<NewsItem> {
        let mut id = None;
        let mut begun = Vec::new();
        for item in self.items.iter_mut().rev() {
            let Some(hook) = item.hook.as_mut().filter(|hook| hook.is_due(now)) else {
                continue;
            };
            if !is_on {
                item.hook = None;
                continue;
            }
            if id.get_or_insert_with(|| hook.id.clone()) != &hook.id {
                continue;
            }
            let gap = AGAIN.iter().take(attempts(hook) + 1).next_back();
            hook.attempts = hook.attempts.saturating_add(1);
            hook.next = now.plus(gap.copied().unwrap_or_default());
            begun.push(item.clone());
        }
        begun
    }

    /// Notes what came of an attempt; answers whether it was the last one.
    pub(super) fn settle_attempt(
        &mut self,
        now: Time,
        id: &str,
        failure: Option<&Failure>,
    ) -> bool {
        let mut is_over = false;
        let hooks = self.items.iter_mut().filter_map(|item| item.hook.as_mut());
        // One that was overtaken by a later attempt has nothing to say.
        for hook in hooks.filter(|hook| hook.id == id && hook.state == HookState::Waiting) {
            hook.why = failure.map(Failure::text);
            hook.state = match failure {
                None => HookState::Delivered,
                Some(failure) if failure.is_final || attempts(hook) > AGAIN.len() => {
                    HookState::GivenUp
                }
                Some(failure) => {
                    hook.next = hook.next.max(now.plus(failure.wait));
                    HookState::Waiting
                }
            };
            is_over = hook.state != HookState::Waiting;
        }
        is_over
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

fn attempts(hook: &HookDelivery) -> usize {
    usize::try_from(hook.attempts).unwrap_or(usize::MAX)
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
    fn an_attempt_that_was_overtaken_says_nothing_and_twenty_pieces_go_together() {
        let mut book = NewsBook::default();
        let hook = HookDelivery {
            state: HookState::Waiting,
            id: "one".into(),
            attempts: 0,
            next: Time(0),
            why: None,
        };
        let pieces = (0..MOST_TOGETHER + 1).map(|number| piece(&format!("{number}")));
        let nobody = (NewsMessage::Nobody, NewsMessage::Nobody);
        book.note(Time(0), pieces.collect(), nobody, Some(&hook));
        let begun = book.attempt(Time(0), true);
        assert_eq!((begun.len(), begun[0].key.as_str()), (MOST_TOGETHER, "0"));
        assert_eq!(book.attempt(Time(0), true).len(), 1);
        assert_eq!(book.attempt(Time(59), true), []);
        assert_eq!(book.attempt(Time(60), true).len(), MOST_TOGETHER);
        assert!(book.settle_attempt(Time(61), "one-0", None));
        // The first attempt's answer comes last.
        let late = Failure {
            why: "no answer".into(),
            hint: "look",
            is_final: true,
            wait: 0,
        };
        assert!(!book.settle_attempt(Time(62), "one-0", Some(&late)));
        assert!(book.settle_attempt(Time(62), "one-1", Some(&late)));
        let states = book
            .items
            .iter()
            .map(|item| item.hook.as_ref().unwrap().state);
        let mut expected = vec![HookState::GivenUp];
        expected.resize(MOST_TOGETHER + 1, HookState::Delivered);
        assert_eq!(states.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn the_fullest_book_fits_into_one_value_and_forgets_the_oldest() {
        let mut book = NewsBook::default();
        for number in 0..MOST_ITEMS + 5 {
            let new = vec![piece(&format!("{number}"))];
            let hook = HookDelivery {
                state: HookState::Waiting,
                id: "20261121T100000Z-abcdef".into(),
                attempts: 6,
                next: Time(0),
                why: Some("w".repeat(150)),
            };
            let message = (NewsMessage::Waiting, NewsMessage::Waiting);
            book.note(Time(0), new, message, Some(&hook));
        }
        assert_eq!(book.items.len(), MOST_ITEMS);
        assert_eq!(book.items[0].key, (MOST_ITEMS + 4).to_string());
        let all = book.items.clone();
        book.settle(&all, NewsMessage::Refused, Some(&"w".repeat(300)));
        let text = crate::app::documents::encode(&book).unwrap();
        assert!(text.len() <= 176 * 1024, "{}", text.len());
    }
}
