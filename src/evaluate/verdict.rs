//! What a policy says of one person.

use super::compile::{Compiled, IdleNode, Node};
use crate::model::{Activity, Time, Truth};
use crate::policy::Pattern;
use crate::snapshot::Row;

/// Whether everything that an action would take is known to be unused (RULES R1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// There is no access to take.
    Nothing,
    /// Every access within reach is unused.
    Unused,
    /// One of them is in use: seen at that time.
    InUse(Time),
    /// One of them is not known.
    Unknown,
}

impl Compiled<'_> {
    /// The policy's verdict on the person at a position.
    pub fn verdict(&self, row: Row) -> Truth {
        self.decide(&self.root, row)
    }

    /// Whether an action that takes every access of the directory reaches no further than the evidence.
    pub fn reach(&self, row: Row) -> Reach {
        let Some(activities) = self.snapshot.activities(row) else {
            return Reach::Unknown;
        };
        let mut reach = Reach::Nothing;
        for (_, activity) in activities {
            if reach == Reach::Nothing {
                reach = Reach::Unused;
            }
            match activity {
                Activity::Seen(time) if time >= self.in_use_from => return Reach::InUse(time),
                Activity::Unknown => reach = Reach::Unknown,
                Activity::Seen(_) | Activity::Never => {}
            }
        }
        reach
    }

    /// The latest activity that is known over all of a person's accesses.
    pub fn last_seen(&self, row: Row) -> Option<Time> {
        self.snapshot
            .activities(row)?
            .filter_map(|(_, activity)| match activity {
                Activity::Seen(time) => Some(time),
                Activity::Never | Activity::Unknown => None,
            })
            .max()
    }

    pub(super) fn decide(&self, node: &Node, row: Row) -> Truth {
        match node {
            Node::All(nodes) => {
                let mut truth = Truth::True;
                for node in nodes {
                    truth = truth.and(self.decide(node, row));
                    if truth == Truth::False {
                        break;
                    }
                }
                truth
            }
            Node::Any(nodes) => {
                let mut truth = Truth::False;
                for node in nodes {
                    truth = truth.or(self.decide(node, row));
                    if truth == Truth::True {
                        break;
                    }
                }
                truth
            }
            Node::Not(node) => self.decide(node, row).negate(),
            Node::Idle(idle) => self.idle(idle, row),
            Node::Group(by_set) => self.group(by_set, row),
            Node::EmailDomain(domains) => self.email_domain(domains, row),
            Node::Status(statuses) => match self.snapshot.status(row) {
                Some(status) => statuses.contains(&status).into(),
                None => Truth::Unknown,
            },
        }
    }

    /// One selected access seen recently makes it false, whatever the others are; otherwise an unknown one makes it
    /// unknown; otherwise it is true if any was ever seen.
    fn idle(&self, idle: &IdleNode, row: Row) -> Truth {
        let Some(activities) = self.snapshot.activities(row) else {
            return Truth::Unknown;
        };
        let (mut seen, mut unknown) = (false, false);
        for (number, activity) in activities {
            if !idle.selects(number) {
                continue;
            }
            match activity {
                Activity::Seen(time) if time < idle.cutoff => seen = true,
                Activity::Seen(_) => return Truth::False,
                Activity::Never => {}
                Activity::Unknown => unknown = true,
            }
        }
        if unknown { Truth::Unknown } else { seen.into() }
    }

    fn group(&self, by_set: &[Truth], row: Row) -> Truth {
        self.snapshot
            .group_set(row)
            .and_then(|set| by_set.get(usize::try_from(set).ok()?).copied())
            .unwrap_or(Truth::Unknown)
    }

    fn email_domain(&self, domains: &[Pattern], row: Row) -> Truth {
        match self
            .snapshot
            .email(row)
            .and_then(|email| email.rsplit_once('@'))
        {
            Some((_, domain)) => domains
                .iter()
                .any(|pattern| pattern.fits_ignoring_case(domain))
                .into(),
            None => Truth::Unknown,
        }
    }
}

impl IdleNode {
    pub(super) fn selects(&self, access: u32) -> bool {
        usize::try_from(access)
            .ok()
            .and_then(|index| self.selected.get(index).copied())
            .unwrap_or(false)
    }
}
