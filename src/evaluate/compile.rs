//! A policy made ready for one snapshot: names resolved, ages turned into times, and everything that depends on a shared
//! set decided once for that set.

use super::context::Context;
use super::leaf::{Leaf, Selected, Window, code_of};
use super::program::{Node, optimize};
use super::{members, shared};
use crate::model::{Time, Truth};
use crate::policy::{Condition, OwnField, Pattern, Policy, Selection, Span};
use crate::snapshot::Snapshot;

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
    pub(super) context: Context<'a>,
    /// The policy's condition.
    pub(super) condition: Condition,
    /// The same shape as the condition.
    pub(super) tree: Node,
    /// Decides the same as the tree, in fewer steps.
    pub(super) program: Node,
    /// RULES R1: an access seen at or after this is in use.
    pub(super) in_use_from: Time,
    pub(super) tolerance: Span,
    /// RULES R1: whoever is on the policy's list is acted on even where they are in use, or may be.
    pub even_if_active: bool,
    /// Names that match nothing in the snapshot: worth a warning, not an error (RULES R12).
    pub warnings: Vec<String>,
}

/// Resolves a policy's names against a snapshot and a context.
///
/// # Errors
/// Sites that the organization does not have.
pub fn compile<'a>(
    policy: &Policy,
    snapshot: &'a Snapshot,
    context: Context<'a>,
) -> Result<Compiled<'a>, CompileError> {
    let mut compiler = Compiler {
        snapshot,
        context,
        tolerance: policy.tolerance,
        warnings: Vec::new(),
    };
    let tree = compiler.node(&policy.r#match)?;
    let in_use_from = policy
        .r#match
        .limits_of_idleness()
        .into_iter()
        .map(|limit| compiler.idle_cutoff(limit))
        .max()
        .unwrap_or(Time(i64::MIN));
    Ok(Compiled {
        snapshot,
        context,
        condition: policy.r#match.clone(),
        program: optimize(&tree, snapshot),
        tree,
        in_use_from,
        tolerance: policy.tolerance,
        even_if_active: policy.even_if_active,
        warnings: compiler.warnings,
    })
}

pub(super) struct Compiler<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) context: Context<'a>,
    tolerance: Span,
    pub(super) warnings: Vec<String>,
}

impl Compiler<'_> {
    fn idle_cutoff(&self, limit: Span) -> Time {
        self.tolerance.before(limit.before(self.context.now))
    }

    /// Longer ago than a length of time.
    fn before(&self, span: Span) -> Window {
        Window {
            before: Some(span.before(self.context.now)),
            after: None,
        }
    }

    fn node(&mut self, condition: &Condition) -> Result<Node, CompileError> {
        Ok(match condition {
            Condition::All(inner) => Node::All(self.nodes(inner)?),
            Condition::Any(inner) => Node::Any(self.nodes(inner)?),
            Condition::Not(inner) => Node::Not(Box::new(self.node(inner)?)),
            leaf => Node::Leaf(self.leaf(leaf)?),
        })
    }

    fn nodes(&mut self, conditions: &[Condition]) -> Result<Vec<Node>, CompileError> {
        conditions
            .iter()
            .map(|condition| self.node(condition))
            .collect()
    }

    fn leaf(&mut self, condition: &Condition) -> Result<Leaf, CompileError> {
        Ok(match condition {
            Condition::Idle(idle) => Leaf::Idle {
                selected: self.selected(&idle.selection)?,
                cutoff: self.idle_cutoff(idle.longer_than),
            },
            Condition::NeverActive(never) => Leaf::NeverActive {
                selected: self.selected(&never.selection)?,
                added: self.before(never.added_more_than),
            },
            Condition::OnlyOnce(once) => Leaf::OnlyOnce {
                selected: self.selected(&once.selection)?,
                within: once.within,
                added: self.before(once.added_more_than),
            },
            Condition::Added(added) => Leaf::Added(Window {
                before: added.more_than.map(|span| span.before(self.context.now)),
                after: added.less_than.map(|span| span.before(self.context.now)),
            }),
            Condition::Access(held) => {
                let selected = self.selected(&held.selection)?;
                shared::access(self.snapshot, &selected, held.billable)
            }
            Condition::Group(patterns) => {
                self.warn_of_groups(patterns);
                shared::group(self.snapshot, patterns)
            }
            Condition::Role(patterns) => {
                self.warn_of_roles(patterns);
                shared::role(self.snapshot, patterns)
            }
            Condition::Directory(patterns) => shared::directory(self.snapshot, patterns),
            Condition::Status(statuses) => shared::class(self.snapshot, |class| {
                class.status.map(|status| statuses.contains(&status))
            }),
            Condition::Account(claim) => shared::class(self.snapshot, |class| {
                class.claim.map(|known| known == *claim)
            }),
            Condition::AccountType(types) => shared::class(self.snapshot, |class| {
                class.account_type.map(|known| types.contains(&known))
            }),
            Condition::ManagedBy(managed_by) => shared::class(self.snapshot, |class| {
                class.managed_by.map(|known| known == *managed_by)
            }),
            Condition::Mfa(mfa) => {
                shared::class(self.snapshot, |class| class.mfa.map(|known| known == *mfa))
            }
            Condition::Email(patterns) => shared::email(self.snapshot, patterns),
            Condition::EmailDomain(patterns) => shared::email_domain(self.snapshot, patterns),
            Condition::Profile(profile) => shared::profile(self.snapshot, profile),
            Condition::Listed(name) => self.listed(name),
            Condition::Field(field) => self.field(field),
            Condition::All(_) | Condition::Any(_) | Condition::Not(_) => Leaf::Same(0),
        })
    }

    fn selected(&mut self, selection: &Selection) -> Result<Selected, CompileError> {
        let cloud_ids = match &selection.sites {
            None => None,
            Some(sites) => {
                let cloud_ids = self.cloud_ids(sites)?;
                for (name, cloud_id) in sites.iter().zip(&cloud_ids) {
                    if !self.is_somebody_on(cloud_id) {
                        self.warn(format!(
                            "nobody has access to anything on the site `{name}`"
                        ));
                    }
                }
                Some(cloud_ids)
            }
        };
        self.warn_of_products(selection);
        let by_access: Vec<bool> = self
            .snapshot
            .accesses()
            .iter()
            .map(|access| {
                let product_fits = selection
                    .products
                    .as_ref()
                    .is_none_or(|products| products.contains(&access.product));
                let site_fits = cloud_ids.as_ref().is_none_or(|cloud_ids| {
                    access
                        .resource
                        .site()
                        .is_some_and(|site| cloud_ids.iter().any(|id| id == site))
                });
                product_fits && site_fits
            })
            .collect();
        Ok(shared::selected(self.snapshot, by_access))
    }

    /// Sites are named by host or by cloud id.
    fn cloud_ids(&self, sites: &[String]) -> Result<Vec<String>, CompileError> {
        sites
            .iter()
            .map(|name| {
                self.snapshot
                    .cloud_id(self.context.sites, name)
                    .ok_or_else(|| CompileError::UnknownSite(name.clone()))
            })
            .collect()
    }

    fn is_somebody_on(&self, cloud_id: &str) -> bool {
        let mut accesses = self.snapshot.accesses().iter();
        accesses.any(|access| access.resource.site() == Some(cloud_id))
    }

    /// Each warning once, however often the policy says the name.
    fn warn(&mut self, warning: String) {
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }

    fn listed(&mut self, name: &str) -> Leaf {
        let now = self.context.now;
        let lists = self.context.lists;
        let list = lists.iter().find(|list| list.name == *name);
        let why = match list {
            None if self.context.leaves_list(name) => {
                self.warn(format!(
                    "who is on the list `{name}` is not looked up here: a run decides it"
                ));
                return Leaf::Same(code_of(Truth::Unknown));
            }
            None => "is not there",
            Some(list) if list.imported < list.max_age.before(now) => "is too old",
            Some(list) if list.members.is_empty() => "is empty",
            Some(list) => return members::listed(self.snapshot, &list.members),
        };
        self.warn(format!(
            "the list `{name}` {why}: nobody is known to be on it or not"
        ));
        Leaf::Same(code_of(Truth::Unknown))
    }

    fn field(&mut self, field: &OwnField) -> Leaf {
        let fields = self.context.fields;
        match fields.iter().find(|known| known.name == field.name) {
            Some(known) => members::field(self.snapshot, &known.values, &field.is),
            None => {
                let name = &field.name;
                self.warn(match self.context.leaves_field(name) {
                    true => format!(
                        "who has which value of the field `{name}` is not looked up here: a run decides it"
                    ),
                    false => format!("there is no field `{name}`: nobody's value is known"),
                });
                Leaf::Same(code_of(Truth::Unknown))
            }
        }
    }

    fn warn_of_products(&mut self, selection: &Selection) {
        for product in selection.products.iter().flatten() {
            let is_held = self
                .snapshot
                .accesses()
                .iter()
                .any(|access| access.product == *product);
            if !is_held {
                self.warn(format!("nobody has access to the product `{product}`"));
            }
        }
    }

    fn warn_of_groups(&mut self, patterns: &[Pattern]) {
        for pattern in patterns {
            let mut groups = self.snapshot.all_groups().iter();
            if !groups.any(|group| shared::group_fits(group, pattern)) {
                self.warn(format!("nobody is in a group `{}`", pattern.0));
            }
        }
    }

    fn warn_of_roles(&mut self, patterns: &[Pattern]) {
        for pattern in patterns {
            if !self
                .snapshot
                .all_roles()
                .iter()
                .any(|role| shared::role_fits(role, pattern))
            {
                self.warn(format!("nobody has a role `{}`", pattern.0));
            }
        }
    }
}
