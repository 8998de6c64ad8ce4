//! The messages about the news on their way: each piece is sent at most once by each way (docs/decisions/0013).

use super::book::NewsBook;
use super::sending::Ended;
use crate::app::records::{NewsAgain, NewsItem, NewsMessage, NewsTold};
use crate::model::{DAY, HOUR, Time};

/// Why it is not known whether a message was sent that nobody settled.
pub(super) const LOST: &str = "the invocation that sent it ended before Jira's answer";
/// The most pieces of news in one message; the rest is told at the next look.
const MOST_AT_ONCE: usize = 20;
/// The most bytes of their texts: a comment holds 32,767 characters.
const MOST_BYTES: usize = 30_000;
/// So long after each refusal it is tried again, for a week in all.
const AGAIN: [i64; 9] = [HOUR, 4 * HOUR, DAY, DAY, DAY, DAY, DAY, DAY, 19 * HOUR];

/// A way by which news is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// By mail, or in a comment instead.
    Message,
    /// In a comment besides the mail.
    Comment,
}

pub(super) const WAYS: [Way; 2] = [Way::Message, Way::Comment];

/// What became of a piece by one way.
fn told(item: &NewsItem, way: Way) -> Option<NewsTold> {
    match way {
        Way::Message => Some(NewsTold {
            message: item.message,
            why: item.why.clone(),
            again: item.again,
        }),
        Way::Comment => item.comment.clone(),
    }
}

fn note(item: &mut NewsItem, way: Way, told: NewsTold) {
    match way {
        Way::Message => (item.message, item.why, item.again) = (told.message, told.why, told.again),
        Way::Comment => item.comment = Some(told),
    }
}

/// Whether a piece waits to be sent by some way, or is being sent.
pub(super) fn is_out(item: &NewsItem) -> bool {
    let mut told = WAYS.iter().filter_map(|way| told(item, *way));
    told.any(|told| matches!(told.message, NewsMessage::Waiting | NewsMessage::Trying))
}

/// Whether it is to be sent now.
fn is_due(item: &NewsItem, way: Way, now: Time) -> bool {
    told(item, way).is_some_and(|told| {
        told.message == NewsMessage::Waiting && told.again.is_none_or(|again| again.next <= now)
    })
}

impl NewsBook {
    /// The pieces that are to be sent now, the oldest first.
    pub(super) fn due(&self, way: Way, now: Time) -> impl Iterator<Item = &NewsItem> {
        let items = self.items.iter().rev();
        items.filter(move |item| is_due(item, way, now))
    }

    /// Begins a message about those that are due and told to the same people.
    pub(super) fn turn(&mut self, way: Way, now: Time, report: &Option<String>) -> Vec<NewsItem> {
        let mut turned: Vec<NewsItem> = Vec::new();
        let mut bytes: usize = 0;
        for item in self.items.iter_mut().rev() {
            if item.report != *report || !is_due(item, way, now) {
                continue;
            }
            bytes = bytes.saturating_add(item.text.len());
            let is_full = turned.len() >= MOST_AT_ONCE || bytes > MOST_BYTES;
            if is_full && !turned.is_empty() {
                break;
            }
            if let Some(told) = told(item, way) {
                let message = NewsMessage::Trying;
                note(item, way, NewsTold { message, ..told });
            }
            turned.push(item.clone());
        }
        turned
    }

    /// Has nobody told any more, by one way, of pieces that wait.
    pub(super) fn drop_waiting(&mut self, way: Way, is_meant: &dyn Fn(&NewsItem) -> bool) {
        for item in self.items.iter_mut().filter(|item| is_meant(item)) {
            if let Some(told) = told(item, way)
                && told.message == NewsMessage::Waiting
            {
                let (message, again) = (NewsMessage::Nobody, None);
                note(
                    item,
                    way,
                    NewsTold {
                        message,
                        again,
                        ..told
                    },
                );
            }
        }
    }

    /// Notes what came of the message about some pieces, and of no others that are being sent. Answers whether the log says so:
    /// of what is refused again and again, the first and the last time.
    pub(super) fn settle(
        &mut self,
        (way, now): (Way, Time),
        about: &[NewsItem],
        ended: &Ended,
    ) -> bool {
        let mut is_said = false;
        for item in &mut self.items {
            let mut about = about.iter();
            let is_it = about.any(|one| (&one.key, one.at) == (&item.key, item.at));
            let Some(told) = told(item, way).filter(|_| is_it) else {
                continue;
            };
            if ended.message == NewsMessage::Waiting {
                let message = ended.message;
                note(item, way, NewsTold { message, ..told });
                continue;
            }
            let again = ended.may_pass.then(|| next_try(told.again, now)).flatten();
            is_said |= again.is_none_or(|again| again.refused == 1);
            let message = match again {
                Some(_) => NewsMessage::Waiting,
                None => ended.message,
            };
            let why = ended.why.clone();
            note(
                item,
                way,
                NewsTold {
                    message,
                    why,
                    again,
                },
            );
        }
        is_said
    }

    /// What was about to be sent before, and never settled, may have been sent.
    pub(super) fn give_up(&mut self) {
        for item in &mut self.items {
            for way in WAYS {
                let told = told(item, way);
                if told.is_some_and(|told| told.message == NewsMessage::Trying) {
                    let (message, again) = (NewsMessage::Unclear, None);
                    let why = Some(LOST.to_owned());
                    note(
                        item,
                        way,
                        NewsTold {
                            message,
                            why,
                            again,
                        },
                    );
                }
            }
        }
    }
}

/// When a message is tried again that was refused once more, if it is.
fn next_try(before: Option<NewsAgain>, now: Time) -> Option<NewsAgain> {
    let refused = before.map_or(0, |again| again.refused);
    let pause = AGAIN.get(usize::try_from(refused).ok()?)?;
    Some(NewsAgain {
        refused: refused.saturating_add(1),
        next: now.plus(*pause),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::news::book::Piece;

    fn refused() -> Ended {
        Ended {
            message: NewsMessage::Refused,
            why: Some("outgoing mail is off".into()),
            may_pass: true,
        }
    }

    fn book() -> NewsBook {
        let mut book = NewsBook::default();
        let piece = Piece {
            key: "a".into(),
            ..Piece::default()
        };
        book.note(
            Time(0),
            vec![piece],
            &|_| (NewsMessage::Waiting, None),
            None,
        );
        book
    }

    #[test]
    fn what_is_refused_is_tried_for_a_week_and_said_at_first_and_last() {
        let mut book = book();
        let mut tried = Vec::new();
        let mut said = Vec::new();
        for hour in 0..10 * 24 {
            let now = Time(hour * HOUR);
            let items = book.turn(Way::Message, now, &None);
            if !items.is_empty() {
                tried.push(hour);
                let is_said = book.settle((Way::Message, now), &items, &refused());
                said.extend(is_said.then_some(hour));
            }
        }
        assert_eq!(tried, [0, 1, 5, 29, 53, 77, 101, 125, 149, 168]);
        assert_eq!(said, [0, 168]);
        assert_eq!(book.items[0].message, NewsMessage::Refused);
    }

    #[test]
    fn what_may_have_been_sent_is_not_tried_again_however_often_it_was_refused() {
        for message in [
            NewsMessage::Sent,
            NewsMessage::Unclear,
            NewsMessage::Refused,
        ] {
            let mut book = book();
            let items = book.turn(Way::Message, Time(0), &None);
            book.settle((Way::Message, Time(0)), &items, &refused());
            assert_eq!(book.items[0].message, NewsMessage::Waiting);
            let items = book.turn(Way::Message, Time(HOUR), &None);
            let ended = Ended {
                message,
                why: None,
                may_pass: false,
            };
            assert!(book.settle((Way::Message, Time(HOUR)), &items, &ended));
            assert_eq!(book.turn(Way::Message, Time(100 * DAY), &None), []);
            assert_eq!(book.items[0].message, message);
        }
    }

    #[test]
    fn one_message_holds_20_pieces_and_no_more_than_a_comment_can() {
        for (texts, expected) in [
            (vec![10; 25], vec![20, 5]),
            (vec![20_000, 20_000, 10], vec![1, 2]),
            (vec![40_000, 6_000], vec![1, 1]),
        ] {
            let mut book = NewsBook::default();
            let pieces = texts.iter().enumerate().map(|(number, bytes)| Piece {
                key: number.to_string(),
                text: "t".repeat(*bytes),
                ..Piece::default()
            });
            let waiting = |_: &Piece| (NewsMessage::Waiting, None);
            book.note(Time(0), pieces.collect(), &waiting, None);
            let mut sent = Vec::new();
            loop {
                let items = book.turn(Way::Message, Time(0), &None);
                if items.is_empty() {
                    break;
                }
                sent.push(items.len());
            }
            assert_eq!(sent, expected);
        }
    }
}
