//! What the organization's own names in a policy stand for: imported lists, and fields on people.

use super::by_hand::ByHand;
use super::lists::load_named;
use super::own_fields::values_of;
use crate::evaluate::{Context, FieldValues, NamedList};
use crate::host::{Host, StorageError};
use crate::model::Time;
use crate::policy::Policy;
use crate::snapshot::Site;

/// They, for one policy.
#[derive(Clone, Debug, Default)]
pub(super) struct OwnNames {
    lists: Vec<NamedList>,
    fields: Vec<FieldValues>,
}

impl OwnNames {
    /// Reads what a policy names, and nothing where it names nothing.
    pub(super) async fn load(
        host: &impl Host,
        policy: &Policy,
        by_hand: Option<&ByHand>,
        asked: Time,
    ) -> Result<OwnNames, StorageError> {
        match by_hand {
            Some(chosen) => Ok(OwnNames {
                lists: chosen.lists(asked),
                fields: Vec::new(),
            }),
            None => OwnNames::of_all(host, &[policy]).await,
        }
    }

    /// Reads what some policies name together.
    pub(super) async fn of_all(
        host: &impl Host,
        policies: &[&Policy],
    ) -> Result<OwnNames, StorageError> {
        let (mut lists, mut fields) = (Vec::new(), Vec::new());
        for policy in policies {
            let mut names = policy.r#match.own_names();
            lists.append(&mut names.lists);
            fields.append(&mut names.fields);
        }
        Ok(OwnNames {
            lists: load_named(host, &lists).await?,
            fields: values_of(host, &fields).await?,
        })
    }

    /// With the sites and the reference time.
    pub(super) fn context<'a>(&'a self, sites: &'a [Site], now: Time) -> Context<'a> {
        Context {
            sites,
            lists: &self.lists,
            fields: &self.fields,
            ..Context::at(now)
        }
    }
}
