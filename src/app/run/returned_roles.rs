//! Direct roles that an act gives back. A listing shows the access, which may come by a group, and never the role: so whoever
//! is given one back is asked about by themselves, before the calls and after them.

use std::collections::BTreeMap;

use super::asking::roles_of;
use crate::app::api::Api;
use crate::app::together::{Piece, together};
use crate::atlassian::{ApiError, HeldRoles};
use crate::host::Host;
use crate::model::Truth;
use crate::plan::{Act, DirectRole, Person};

/// So many people are asked about at once.
const AT_ONCE: usize = 5;

/// Of the steps whose act gives direct roles, those that are not there. A step of which it is not known is not in it.
#[derive(Debug, Default)]
pub(super) struct ReturnedRoles {
    missing: BTreeMap<u32, Vec<DirectRole>>,
}

/// The direct roles that an act gives.
pub(super) fn given(act: &Act) -> &[DirectRole] {
    match act {
        Act::GiveAccess { roles, .. } => roles,
        _ => &[],
    }
}

impl ReturnedRoles {
    /// Asks about the people of some steps whose acts give direct roles.
    pub(super) async fn ask<H: Host>(
        api: &Api<'_, H>,
        questions: &[(u32, &Person, &[DirectRole])],
    ) -> Result<ReturnedRoles, ApiError> {
        let mut asked = ReturnedRoles::default();
        for some in questions.chunks(AT_ONCE) {
            let pieces = some.iter().map(|(_, person, _)| {
                Box::pin(roles_of(api, person))
                    as Piece<'_, Result<Option<Vec<HeldRoles>>, ApiError>>
            });
            for ((step, _, roles), held) in some.iter().zip(together(pieces.collect()).await) {
                match held {
                    Ok(held) => {
                        if let Some(missing) = held.and_then(|held| missing(roles, &held)) {
                            asked.missing.insert(*step, missing);
                        }
                    }
                    // Whoever cannot be asked about stays unknown.
                    Err(error) if error.leaves_one_unknown() => {}
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(asked)
    }

    /// Whether every direct role that a step's act gives is there.
    pub(super) fn are_there(&self, step: u32, act: &Act) -> Truth {
        if given(act).is_empty() {
            return Truth::True;
        }
        let missing = self.missing.get(&step);
        missing.map_or(Truth::Unknown, |missing| Truth::from(missing.is_empty()))
    }

    /// Those of a step that are not there; `None` if it is not known.
    pub(super) fn known(&self, step: u32) -> Option<&[DirectRole]> {
        self.missing.get(&step).map(Vec::as_slice)
    }

    /// The same, none where it is not known.
    pub(super) fn missing(&self, step: u32) -> &[DirectRole] {
        self.known(step).unwrap_or_default()
    }
}

/// Of some direct roles those that a person does not hold; `None` if the answer does not say by which way one came.
fn missing(roles: &[DirectRole], held: &[HeldRoles]) -> Option<Vec<DirectRole>> {
    let mut missing = Vec::new();
    for role in roles {
        let there = held.iter().filter(|held| held.resource == role.resource);
        let mut there = there
            .flat_map(|held| &held.roles)
            .filter(|held| held.role == role.role)
            .peekable();
        if there.peek().is_some_and(|held| held.ways.is_empty()) {
            return None;
        }
        if !there.any(|held| held.is_direct()) {
            missing.push(role.clone());
        }
    }
    Some(missing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atlassian::{HeldRole, Way};
    use crate::model::Resource;

    #[test]
    fn a_role_is_there_where_it_is_the_persons_own() {
        let resource = || Resource("ari:cloud:jira-software::site/1".into());
        let admin = DirectRole {
            resource: resource(),
            role: "atlassian/admin".into(),
        };
        let held = |resource: Resource, role: &str, ways: &[Way]| HeldRoles {
            resource,
            directory: None,
            standing: None,
            roles: vec![HeldRole {
                role: role.into(),
                ways: ways.to_vec(),
            }],
        };
        let other = Resource("ari:cloud:jira-software::site/2".into());
        for (held, expected) in [
            (vec![], Some(false)),
            (
                vec![held(resource(), "atlassian/user", &[Way::Group])],
                Some(false),
            ),
            (
                vec![held(resource(), "atlassian/admin", &[Way::Group])],
                Some(false),
            ),
            (
                vec![held(other, "atlassian/admin", &[Way::Direct])],
                Some(false),
            ),
            (
                vec![held(
                    resource(),
                    "atlassian/admin",
                    &[Way::Group, Way::Direct],
                )],
                Some(true),
            ),
            (vec![held(resource(), "atlassian/admin", &[])], None),
        ] {
            let missing = missing(std::slice::from_ref(&admin), &held);
            assert_eq!(
                missing.map(|missing| missing.is_empty()),
                expected,
                "{held:?}"
            );
        }
    }
}
