//! Why: one plain sentence for a verdict.

use super::compile::{Compiled, Node};
use crate::model::{Activity, DAY, Time, Truth};
use crate::snapshot::Row;

impl Compiled<'_> {
    /// Why the policy is true for a person.
    pub fn reason(&self, row: Row) -> String {
        let mut reasons = Vec::new();
        self.collect_reasons(&self.root, row, &mut reasons);
        if reasons.is_empty() {
            reasons.push(String::from("fits the policy's conditions"));
        }
        reasons.join("; ")
    }

    /// What is not known that would have decided the policy for a person.
    pub fn unknown_reason(&self, row: Row) -> String {
        let mut gaps = Vec::new();
        self.collect_gaps(&self.root, row, &mut gaps);
        gaps.dedup();
        gaps.join("; ")
    }

    /// "seen in Jira on acme on 2026-11-02", for whoever is active elsewhere.
    pub fn seen_sentence(&self, time: Time) -> String {
        format!(
            "seen on {}, {} days ago",
            time.date(),
            self.days_since(time)
        )
    }

    fn days_since(&self, time: Time) -> i64 {
        self.now.since(time) / DAY
    }

    /// The sentences of the `idle` conditions that hold: they say what an administrator wants to read.
    fn collect_reasons(&self, node: &Node, row: Row, reasons: &mut Vec<String>) {
        match node {
            Node::All(nodes) | Node::Any(nodes) => {
                for node in nodes {
                    self.collect_reasons(node, row, reasons);
                }
            }
            Node::Idle(idle) if self.decide(node, row) == Truth::True => {
                let latest = self
                    .snapshot
                    .activities(row)
                    .into_iter()
                    .flatten()
                    .filter(|(number, _)| idle.selects(*number))
                    .filter_map(|(_, activity)| match activity {
                        Activity::Seen(time) => Some(time),
                        Activity::Never | Activity::Unknown => None,
                    })
                    .max();
                if let Some(latest) = latest {
                    reasons.push(format!(
                        "not seen in {} since {}, {} days; limit {}",
                        idle.selection,
                        latest.date(),
                        self.days_since(latest),
                        idle.limit.words()
                    ));
                }
            }
            Node::Idle(_)
            | Node::Not(_)
            | Node::Group(_)
            | Node::EmailDomain(_)
            | Node::Status(_) => {}
        }
    }

    fn collect_gaps(&self, node: &Node, row: Row, gaps: &mut Vec<String>) {
        if self.decide(node, row) != Truth::Unknown {
            return;
        }
        match node {
            Node::All(nodes) | Node::Any(nodes) => {
                for node in nodes {
                    self.collect_gaps(node, row, gaps);
                }
            }
            Node::Not(node) => self.collect_gaps(node, row, gaps),
            Node::Idle(_) => gaps.push(self.activity_gap(row)),
            Node::Group(_) => gaps.push(String::from("the groups are not known")),
            Node::EmailDomain(_) => gaps.push(String::from("the e-mail address is not known")),
            Node::Status(_) => gaps.push(String::from("the status is not known")),
        }
    }

    /// Which activity is not known.
    pub fn activity_gap(&self, row: Row) -> String {
        let Some(activities) = self.snapshot.activities(row) else {
            return String::from("the product accesses are not known");
        };
        let places: Vec<String> = activities
            .filter(|(_, activity)| *activity == Activity::Unknown)
            .filter_map(|(number, _)| self.place(number))
            .collect();
        format!("the last activity in {} is not known", places.join(", "))
    }

    /// A product on a site in words, such as `jira-software on acme.atlassian.net`.
    fn place(&self, access: u32) -> Option<String> {
        let (resource, product) = self
            .snapshot
            .accesses()
            .get(usize::try_from(access).ok()?)?;
        let Some(cloud_id) = resource.site() else {
            return Some(product.clone());
        };
        let host = self
            .sites
            .iter()
            .find(|site| site.cloud_id == cloud_id)
            .map_or(cloud_id, |site| site.host.as_str());
        Some(format!("{product} on {host}"))
    }
}
