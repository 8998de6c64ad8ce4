//! Whom a filter lets through, but for its text: each question is decided once for what many people share.

use super::filter::{Filter, UNKNOWN, asks_for};
use super::{Roster, RosterError, RowTruth, index};
use crate::evaluate::Rows;
use crate::snapshot::Class;

impl Roster {
    /// The rows that a filter lets through by everything but its text.
    pub(super) fn select(&mut self, filter: &Filter) -> Result<Rows, RosterError> {
        if let Some(policy) = &filter.policy {
            self.decide(&policy.document)?;
        }
        let mut rows = self.everybody();
        if let Some(policy) = &filter.policy
            && let Some(verdicts) = self.decided(&policy.document)
        {
            match policy.is {
                RowTruth::True => rows.keep(&verdicts.matched),
                RowTruth::Unknown => rows.keep(&verdicts.unknown),
                RowTruth::False => {
                    rows.leave_out(&verdicts.matched);
                    rows.leave_out(&verdicts.unknown);
                }
            }
        }
        for name in &filter.within {
            rows.keep(self.marked(name)?);
        }
        for name in &filter.without {
            rows.leave_out(self.marked(name)?);
        }
        self.select_shared(filter, &mut rows);
        self.select_accesses(filter, &mut rows);
        Ok(rows)
    }

    fn everybody(&self) -> Rows {
        let mut rows = Rows::with_room(self.snapshot.len());
        for row in self.snapshot.rows() {
            rows.insert(row.0);
        }
        rows
    }

    fn select_shared(&self, filter: &Filter, rows: &mut Rows) {
        let snapshot = &self.snapshot;
        let classes = snapshot.distinct_classes().iter();
        let fits: Vec<bool> = classes
            .map(|class| self.class_fits(filter, class))
            .collect();
        keep(rows, snapshot.class_numbers(), &fits, false);
        let asks_unknown = |list: &[String]| asks_for(list, None);
        if !filter.domains.is_empty() {
            let domains = snapshot.distinct_domains().iter();
            let wanted = |domain: &str| {
                let mut wanted = filter.domains.iter();
                wanted.any(|wanted| wanted.eq_ignore_ascii_case(domain))
            };
            let fits: Vec<bool> = domains.map(|domain| wanted(domain)).collect();
            keep(
                rows,
                snapshot.domain_numbers(),
                &fits,
                asks_unknown(&filter.domains),
            );
        }
        if !filter.groups.is_empty() {
            let groups = snapshot.all_groups().iter();
            let wanted: Vec<bool> = groups
                .map(|group| asks_for(&filter.groups, Some(group.id.as_str())))
                .collect();
            let is_wanted = |group: &u32| wanted.get(index(*group)) == Some(&true);
            let sets = snapshot.distinct_group_sets().iter();
            let fits: Vec<bool> = sets.map(|set| set.iter().any(is_wanted)).collect();
            keep(
                rows,
                snapshot.group_set_numbers(),
                &fits,
                asks_unknown(&filter.groups),
            );
        }
    }

    fn class_fits(&self, filter: &Filter, class: &Class) -> bool {
        let directory = self.snapshot.directory_of(class);
        let directory = directory.filter(|id| id.is_known()).map(|id| id.as_str());
        asks_for(&filter.status, class.status.map(|status| status.name()))
            && asks_for(&filter.claim, class.claim.map(|claim| claim.name()))
            && asks_for(
                &filter.account_type,
                class.account_type.map(|kind| kind.name()),
            )
            && asks_for(&filter.directories, directory)
            && self.roles_fit(filter, class)
    }

    fn roles_fit(&self, filter: &Filter, class: &Class) -> bool {
        match self.snapshot.roles_of(class) {
            _ if filter.roles.is_empty() => true,
            None => asks_for(&filter.roles, None),
            Some(mut roles) => {
                roles.any(|role| role != UNKNOWN && asks_for(&filter.roles, Some(role)))
            }
        }
    }

    fn select_accesses(&self, filter: &Filter, rows: &mut Rows) {
        let chosen = self.chosen(filter);
        if let Some(asked) = &filter.activity {
            let mut used = Rows::with_room(self.snapshot.len());
            for row in rows.rows() {
                if self.is_used(row, &chosen, asked) {
                    used.insert(row);
                }
            }
            *rows = used;
        } else if filter.names_accesses() {
            let sets = self.snapshot.distinct_access_sets().iter();
            let fits: Vec<bool> = sets.map(|set| chosen.is_in(set)).collect();
            keep(rows, self.snapshot.access_set_numbers(), &fits, false);
        }
    }
}

/// Takes out the rows whose number in a column does not fit, or who have none.
fn keep(rows: &mut Rows, column: &[u32], fits: &[bool], without: bool) {
    for (word, numbers) in column.chunks(64).enumerate() {
        let mut bits = 0;
        for (bit, number) in numbers.iter().enumerate() {
            let fits = fits.get(index(*number)).copied().unwrap_or(without);
            bits |= u64::from(fits) << bit;
        }
        rows.set_word(word, rows.word(word) & bits);
    }
}
