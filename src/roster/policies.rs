//! What a policy says of these people: verdicts for a filter, a preview for whoever writes one, and why.

use serde::Serialize;

use super::{Roster, RosterError, RosterRow, count};
use crate::evaluate::{Compiled, Context, Explanation, Rows, Verdicts, compile};
use crate::policy::{Policy, read};
use crate::snapshot::Row;

/// So many policies' verdicts are kept.
const KEPT: usize = 8;

/// What a policy would mean here, by its condition alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PolicyPreview {
    /// For how many it is true.
    pub matched: u32,
    /// For how many it is not decided.
    pub unknown: u32,
    /// Names in it that match nothing.
    pub warnings: Vec<String>,
    /// Some of those for whom it is true, from all over the list.
    pub sample: Vec<PreviewedPerson>,
    /// Some of those for whom it is not decided, with what is not known.
    pub undecided: Vec<PreviewedPerson>,
}

/// A person of a preview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PreviewedPerson {
    /// Who.
    pub person: RosterRow,
    /// Why, in one sentence.
    pub reason: String,
}

impl Roster {
    fn context(&self) -> Context<'_> {
        Context {
            sites: &self.sites,
            lists: &self.lists,
            fields: &self.fields,
            looked_up: Some(&self.looked_up),
            ..Context::at(self.now)
        }
    }

    fn compiled(&self, policy: &Policy) -> Result<Compiled<'_>, RosterError> {
        Ok(compile(policy, &self.snapshot, self.context())?)
    }

    /// Decides a policy for everybody, unless that was done.
    pub(super) fn decide(&mut self, document: &str) -> Result<(), RosterError> {
        if self.decided(document).is_some() {
            return Ok(());
        }
        let policy = read(document).map_err(RosterError::Policy)?;
        let verdicts = self.compiled(&policy)?.verdicts();
        if self.verdicts.len() >= KEPT {
            self.verdicts.remove(0);
        }
        self.verdicts.push((document.to_owned(), verdicts));
        Ok(())
    }

    /// The verdicts of a policy that was decided.
    pub(super) fn decided(&self, document: &str) -> Option<&Verdicts> {
        let mut kept = self.verdicts.iter();
        let found = kept.find(|(known, _)| known == document);
        found.map(|(_, verdicts)| verdicts)
    }

    /// Whom a policy would mean, and at most so many of each kind with the reason.
    ///
    /// # Errors
    /// A document with mistakes, or one that names sites that there are not.
    pub fn preview(&self, document: &str, most: u32) -> Result<PolicyPreview, RosterError> {
        let policy = read(document).map_err(RosterError::Policy)?;
        let compiled = self.compiled(&policy)?;
        let verdicts = compiled.verdicts();
        let sample = self.sample(&verdicts.matched, most, &|row| compiled.reason(row));
        let undecided = self.sample(&verdicts.unknown, most, &|row| compiled.unknown_reason(row));
        Ok(PolicyPreview {
            matched: verdicts.matched.count(),
            unknown: verdicts.unknown.count(),
            warnings: compiled.warnings,
            sample,
            undecided,
        })
    }

    /// Some of a set, evenly from its beginning to its end.
    fn sample(
        &self,
        rows: &Rows,
        most: u32,
        reason: &dyn Fn(Row) -> String,
    ) -> Vec<PreviewedPerson> {
        let all = rows.count();
        let every = all.checked_div(most).unwrap_or(0).max(1);
        let mut sample = Vec::new();
        for (place, row) in (0..).zip(rows.rows()) {
            if place % every != 0 {
                continue;
            }
            if count(sample.len()) >= most {
                break;
            }
            let row = Row(row);
            if let Some(person) = self.row(row) {
                let reason = reason(row);
                sample.push(PreviewedPerson { person, reason });
            }
        }
        sample
    }

    /// Why a policy's verdict on an account is what it is: once for each directory that lists it.
    ///
    /// # Errors
    /// A document with mistakes, or one that names sites that there are not.
    pub fn explain(&self, document: &str, account: &str) -> Result<Vec<Explanation>, RosterError> {
        let policy = read(document).map_err(RosterError::Policy)?;
        let compiled = self.compiled(&policy)?;
        let rows = self.snapshot.find_all(account);
        Ok(rows.filter_map(|row| compiled.explain(row)).collect())
    }
}
