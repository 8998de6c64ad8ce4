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
        let names = policy.r#match.own_names();
        Ok(OwnNames {
            lists: match by_hand {
                Some(chosen) => chosen.lists(asked),
                None => load_named(host, &names.lists).await?,
            },
            fields: if names.fields.is_empty() {
                Vec::new()
            } else {
                values_of(host, &names.fields).await?
            },
        })
    }

    /// With the sites and the reference time.
    pub(super) fn context<'a>(&'a self, sites: &'a [Site], now: Time) -> Context<'a> {
        Context {
            now,
            sites,
            lists: &self.lists,
            fields: &self.fields,
        }
    }
}
