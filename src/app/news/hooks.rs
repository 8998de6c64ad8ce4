//! The news on its way to the webhook: when it is tried, and what became of it (docs/decisions/0016).

use super::book::NewsBook;
use crate::app::records::{HookDelivery, HookState, NewsItem};
use crate::app::webhook::Failure;
use crate::model::Time;

/// So many seconds after each attempt to reach the webhook the next one is made, after the last of them none. The schedule
/// comes every five minutes and not to the second, so each is a minute less than it is meant to be.
const AGAIN: [i64; 5] = [60, 240, 1_740, 7_140, 21_540];

impl NewsBook {
    /// Lets nothing wait for the webhook any more, due or not: what was noted for one receiver is not for the next.
    pub(in crate::app) fn withdraw(&mut self) {
        for item in &mut self.items {
            item.hook.take_if(|hook| hook.state == HookState::Waiting);
        }
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
}

fn attempts(hook: &HookDelivery) -> usize {
    usize::try_from(hook.attempts).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::news::book::{MOST_TOGETHER, Piece};
    use crate::app::records::NewsMessage;

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
        let pieces = (0..MOST_TOGETHER + 1).map(|number| Piece {
            key: number.to_string(),
            ..Piece::default()
        });
        let nobody = |_: &Piece| (NewsMessage::Nobody, None);
        book.note(Time(0), pieces.collect(), &nobody, Some(&hook));
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
}
