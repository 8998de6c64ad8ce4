//! Which accesses a filter means, and when they were used.

use super::{Filter, Roster};
use crate::model::{DAY, Time};
use crate::roster::filter::{ActivityFilter, ActivityKind, Seat};
use crate::snapshot::{Digest, NEVER, UNKNOWN};

/// Some of the accesses.
pub(super) struct Chosen {
    is_everything: bool,
    /// By the number of the access.
    by_access: Vec<bool>,
}

impl Chosen {
    fn has(&self, access: u32) -> bool {
        let access = super::index(access);
        self.by_access.get(access).copied().unwrap_or(false)
    }

    /// Whether a set of accesses has one of them.
    pub(super) fn is_in(&self, set: &[u32]) -> bool {
        set.iter().any(|access| self.has(*access))
    }
}

impl Roster {
    /// The accesses to one of the products on one of the sites of a filter, with or without a seat as it asks.
    pub(super) fn chosen(&self, filter: &Filter) -> Chosen {
        let accesses = self.snapshot.accesses().iter();
        let by_access = accesses.map(|access| {
            let fits = filter.products.is_empty() || filter.products.contains(&access.product);
            let seat = Seat::of(access.seat);
            let fits = fits && (filter.seats.is_empty() || filter.seats.contains(&seat));
            fits && (filter.sites.is_empty() || self.is_on(&filter.sites, access.resource.site()))
        });
        Chosen {
            is_everything: !filter.names_accesses(),
            by_access: by_access.collect(),
        }
    }

    fn is_on(&self, sites: &[String], cloud_id: Option<&str>) -> bool {
        let Some(cloud_id) = cloud_id else {
            return false;
        };
        let host = self.host(cloud_id);
        let mut sites = sites.iter();
        sites.any(|site| site == cloud_id || site.eq_ignore_ascii_case(host))
    }

    /// What some of a row's accesses say together; nothing where its accesses are not known.
    fn digest(&self, row: usize, chosen: &Chosen) -> Option<Digest> {
        if chosen.is_everything {
            return self.snapshot.digest(row);
        }
        let (set, codes) = self.snapshot.access_codes(row)?;
        let accesses = self.snapshot.distinct_access_sets().get(set)?;
        let mut digest = Digest {
            any: false,
            unknown: false,
            latest: NEVER,
        };
        for (access, code) in accesses.iter().zip(codes) {
            if chosen.has(*access) {
                digest = digest.and(*code);
            }
        }
        Some(digest)
    }

    /// Whether the accesses of a row were used as a filter asks.
    pub(super) fn is_used(&self, row: usize, chosen: &Chosen, asked: &ActivityFilter) -> bool {
        let Some(digest) = self.digest(row, chosen) else {
            return asked.kind == ActivityKind::Unknown;
        };
        let is_seen = digest.latest != NEVER;
        let days = asked.days.map(|days| i64::from(days) * DAY);
        let limit = self.now.plus(-days.unwrap_or(0));
        let is_recent = is_seen && Time(i64::from(digest.latest)) >= limit;
        match asked.kind {
            ActivityKind::Idle => is_seen && !is_recent && !digest.unknown,
            ActivityKind::Never => digest.any && !is_seen && !digest.unknown,
            ActivityKind::Active => is_recent,
            ActivityKind::Unknown => digest.unknown && (days.is_none() || !is_recent),
            ActivityKind::None => !digest.any,
        }
    }
}

/// The latest of some activities, in their codes, and whether one of them is not known.
pub(super) fn together(codes: &[u32]) -> Option<(u32, bool)> {
    let known = codes.iter().filter(|code| **code != UNKNOWN);
    let latest = known.fold(NEVER, |latest, code| latest.max(*code));
    (!codes.is_empty()).then(|| (latest, codes.contains(&UNKNOWN)))
}
