//! A policy made ready for one snapshot.

use crate::model::{Status, Time, Truth};
use crate::policy::{Condition, Idle, Pattern, Policy, Span};
use crate::snapshot::{Group, Site, Snapshot};

/// Why a policy cannot be decided on a snapshot at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CompileError {
    /// A site named in the policy is none of the organization's (RULES R11).
    #[error("the policy names the site `{0}`, which the organization does not have")]
    UnknownSite(String),
}

/// A policy with its names resolved against a snapshot.
#[derive(Clone, Debug)]
pub struct Compiled<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) sites: &'a [Site],
    pub(super) now: Time,
    pub(super) root: Node,
    /// RULES R1: an access seen at or after this is in use.
    pub(super) in_use_from: Time,
    /// Names that match nothing in the snapshot: worth a warning, not an error (RULES R12).
    pub warnings: Vec<String>,
}

/// A condition with its names resolved.
#[derive(Clone, Debug)]
pub(super) enum Node {
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    Idle(IdleNode),
    /// By the number of the set of groups.
    Group(Vec<Truth>),
    EmailDomain(Vec<Pattern>),
    Status(Vec<Status>),
}

#[derive(Clone, Debug)]
pub(super) struct IdleNode {
    /// Seen before this is idle.
    pub(super) cutoff: Time,
    pub(super) limit: Span,
    /// In words, for reasons.
    pub(super) selection: String,
    /// By the number of the access.
    pub(super) selected: Vec<bool>,
}

/// Resolves a policy's names against a snapshot, with every age counted from `now`.
///
/// # Errors
/// Sites that the organization does not have.
pub fn compile<'a>(
    policy: &Policy,
    snapshot: &'a Snapshot,
    sites: &'a [Site],
    now: Time,
) -> Result<Compiled<'a>, CompileError> {
    let mut compiler = Compiler {
        snapshot,
        sites,
        now,
        tolerance: policy.tolerance,
        warnings: Vec::new(),
    };
    let root = compiler.node(&policy.r#match)?;
    let in_use_from = policy
        .r#match
        .limits_of_idleness()
        .into_iter()
        .map(|limit| compiler.cutoff(limit))
        .max()
        .unwrap_or(Time(i64::MIN));
    Ok(Compiled {
        snapshot,
        sites,
        now,
        root,
        in_use_from,
        warnings: compiler.warnings,
    })
}

struct Compiler<'a> {
    snapshot: &'a Snapshot,
    sites: &'a [Site],
    now: Time,
    tolerance: Span,
    warnings: Vec<String>,
}

impl Compiler<'_> {
    fn cutoff(&self, limit: Span) -> Time {
        self.tolerance.before(limit.before(self.now))
    }

    fn node(&mut self, condition: &Condition) -> Result<Node, CompileError> {
        Ok(match condition {
            Condition::All(inner) => Node::All(self.nodes(inner)?),
            Condition::Any(inner) => Node::Any(self.nodes(inner)?),
            Condition::Not(inner) => Node::Not(Box::new(self.node(inner)?)),
            Condition::Idle(idle) => Node::Idle(self.idle(idle)?),
            Condition::Group(patterns) => self.group(patterns),
            Condition::EmailDomain(domains) => Node::EmailDomain(domains.clone()),
            Condition::Status(statuses) => Node::Status(statuses.clone()),
            _ => Node::Any(Vec::new()),
        })
    }

    fn nodes(&mut self, conditions: &[Condition]) -> Result<Vec<Node>, CompileError> {
        conditions
            .iter()
            .map(|condition| self.node(condition))
            .collect()
    }

    fn idle(&mut self, idle: &Idle) -> Result<IdleNode, CompileError> {
        let cloud_ids = match &idle.selection.sites {
            None => None,
            Some(sites) => Some(self.cloud_ids(sites)?),
        };
        if let Some(products) = &idle.selection.products {
            for product in products {
                if !self
                    .snapshot
                    .accesses()
                    .iter()
                    .any(|(_, key)| key == product)
                {
                    self.warnings
                        .push(format!("nobody has access to the product `{product}`"));
                }
            }
        }
        let selected = self
            .snapshot
            .accesses()
            .iter()
            .map(|(resource, product)| {
                let product_fits = idle
                    .selection
                    .products
                    .as_ref()
                    .is_none_or(|products| products.contains(product));
                let site_fits = cloud_ids.as_ref().is_none_or(|cloud_ids| {
                    resource
                        .site()
                        .is_some_and(|site| cloud_ids.iter().any(|id| id == site))
                });
                product_fits && site_fits
            })
            .collect();
        Ok(IdleNode {
            cutoff: self.cutoff(idle.longer_than),
            limit: idle.longer_than,
            selection: crate::policy::selection(&idle.selection),
            selected,
        })
    }

    /// Sites are named by host or by cloud id.
    fn cloud_ids(&self, sites: &[String]) -> Result<Vec<String>, CompileError> {
        sites
            .iter()
            .map(|name| {
                self.sites
                    .iter()
                    .find(|site| site.host.eq_ignore_ascii_case(name) || site.cloud_id == *name)
                    .map(|site| site.cloud_id.clone())
                    .ok_or_else(|| CompileError::UnknownSite(name.clone()))
            })
            .collect()
    }

    fn group(&mut self, patterns: &[Pattern]) -> Node {
        for pattern in patterns {
            if !self
                .snapshot
                .all_groups()
                .iter()
                .any(|group| group_fits(group, pattern))
            {
                self.warnings
                    .push(format!("nobody is in a group `{}`", pattern.0));
            }
        }
        let sets = u32::try_from(self.snapshot.group_set_count()).unwrap_or(u32::MAX);
        let by_set = (0..sets)
            .map(|set| any_group_fits(self.snapshot.groups_of_set(set), patterns))
            .collect();
        Node::Group(by_set)
    }
}

/// Whether one of the groups fits one of the patterns. A group whose name was not said may be any name's.
fn any_group_fits<'g>(groups: impl Iterator<Item = &'g Group>, patterns: &[Pattern]) -> Truth {
    groups.fold(Truth::False, |truth, group| {
        let fits = if patterns.iter().any(|pattern| group_fits(group, pattern)) {
            Truth::True
        } else if group.name.is_none() {
            Truth::Unknown
        } else {
            Truth::False
        };
        truth.or(fits)
    })
}

fn group_fits(group: &Group, pattern: &Pattern) -> bool {
    group.id.as_str() == pattern.0 || group.name.as_deref().is_some_and(|name| pattern.fits(name))
}
