//! Links of messages, used by whoever finds them: early and late, twice, opened only, and forged.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use seatkeeper::app::{LinkMethod, LinkRequest};

use super::Simulation;
use crate::invocation::Invocation;
use crate::mail_links::links_in;
use crate::observer::{LinkPurpose, LinkUse, Observer};
use crate::shape::one_of;

/// One of so many cares about links while nothing was taken.
const CARING: u32 = 8;
/// One of so many links is not the one that was sent.
const FORGED: u32 = 8;
/// The newest messages, of which somebody just got one.
const NEWEST: usize = 4;

impl Simulation<'_> {
    /// Somebody, or something, finds a link in any message there ever was: most press its button, some twice.
    pub(super) fn press(&mut self) {
        let mails = self.world.cloud.borrow().inbox().len();
        if mails == 0 {
            return;
        }
        let (mail, wanted) = match &mut self.besides {
            None => (self.draw.random_range(0..mails), None),
            Some(besides) => match choose(&self.observer, mails, besides) {
                Some(chosen) => chosen,
                None => return,
            },
        };
        self.press_in(mail, wanted);
    }

    /// Uses a link of a message.
    pub(super) fn press_in(&mut self, mail: usize, wanted: Option<LinkPurpose>) {
        let mut links = links_in(self.world, mail);
        if links.is_empty() {
            return;
        }
        let which = self.draw.random_range(0..links.len());
        let meant = links
            .iter()
            .position(|(purpose, _)| Some(*purpose) == wanted);
        let (purpose, token) = links.swap_remove(meant.unwrap_or(which));
        for _ in 0..self.draw.random_range(1..=2) {
            let method = if self.draw.random_ratio(2, 3) {
                LinkMethod::Post
            } else {
                LinkMethod::Get
            };
            let forged = self.besides.as_mut().and_then(|draw| forge(&token, draw));
            let now = self.now();
            let used = LinkUse {
                mail,
                purpose,
                is_forged: forged.is_some(),
                at: now,
            };
            let request = LinkRequest {
                method,
                token: forged.unwrap_or_else(|| token.clone()),
                reason: None,
            };
            self.trace.note(now, || format!("{used:?}: {method:?}"));
            self.observer.link_used(used, method);
            let number = self.number();
            let invocation = Invocation::link(self.world, number, used, request);
            self.running.push(invocation);
        }
    }
}

/// A message, and which of its links: of somebody who is out, one of the newest, one of the oldest, or any. As long as nobody is
/// out few care, or nobody ever would be.
fn choose(
    observer: &Observer,
    mails: usize,
    besides: &mut ChaCha8Rng,
) -> Option<(usize, Option<LinkPurpose>)> {
    let any = besides.random_range(0..mails);
    let theirs = observer.mails_of_those_out();
    if theirs.is_empty() && !besides.random_ratio(1, CARING) {
        return None;
    }
    Some(match besides.random_range(0..8) {
        0 => (any, None),
        1 => (mails - 1 - any.min(NEWEST - 1).min(mails - 1), None),
        2 => (any / 3, None),
        3 => (any, Some(LinkPurpose::GiveBack)),
        _ if theirs.is_empty() => (any, None),
        _ => (one_of(besides, &theirs), Some(LinkPurpose::GiveBack)),
    })
}

/// The token with one character changed, sometimes.
fn forge(token: &str, besides: &mut ChaCha8Rng) -> Option<String> {
    if !besides.random_ratio(1, FORGED) {
        return None;
    }
    let at = besides.random_range(0..token.len());
    let other = if token.as_bytes().get(at) == Some(&b'A') {
        "B"
    } else {
        "A"
    };
    let mut forged = token.to_owned();
    forged.replace_range(at..=at, other);
    Some(forged)
}
