//! How those who are shown spread over what one can filter by.

use serde::Serialize;

use super::filter::UNKNOWN;
use super::{Roster, count, index};
use crate::model::{Claim, DirectoryId};
use crate::snapshot::{AccessKind, Row};

/// Counts over those who are shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Facets {
    /// How many are shown.
    pub people: u32,
    /// By status.
    pub status: Vec<NamedCount>,
    /// Managed, external, or not known.
    pub claim: Vec<NamedCount>,
    /// By directory, under its id.
    pub directories: Vec<NamedCount>,
    /// By domain of the e-mail address, the most frequent first; a limited number.
    pub domains: Vec<NamedCount>,
    /// External people by domain, the most frequent first; a limited number.
    pub external_domains: Vec<NamedCount>,
    /// By group, the largest first; a limited number.
    pub groups: Vec<NamedCount>,
    /// By product.
    pub products: Vec<NamedCount>,
    /// By site, under its host or cloud id.
    pub sites: Vec<NamedCount>,
    /// By product and site.
    pub accesses: Vec<AccessCount>,
}

/// How many have a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct NamedCount {
    /// The value as a filter asks for it; `unknown` for those of whom it is not known.
    pub value: String,
    /// How the directory or group is called, if it is known.
    pub name: Option<String>,
    /// How many have it.
    pub people: u32,
}

/// How many hold an access.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct AccessCount {
    /// The product's key.
    pub product: String,
    /// The site by its host, or by its cloud id; nothing for an access without a site.
    pub site: Option<String>,
    /// How many hold it.
    pub people: u32,
}

/// How often each number stands in some rows of a column, and how many rows have none.
struct Tally {
    counts: Vec<u32>,
    without: u32,
}

impl Tally {
    fn new(numbers: usize) -> Tally {
        Tally {
            counts: vec![0; numbers],
            without: 0,
        }
    }

    fn add(&mut self, number: Option<&u32>, people: u32) {
        let place = number.and_then(|number| self.counts.get_mut(index(*number)));
        *place.unwrap_or(&mut self.without) += people;
    }

    fn of(rows: &[u32], column: &[u32], numbers: usize) -> Tally {
        let mut tally = Tally::new(numbers);
        for row in rows {
            tally.add(column.get(index(*row)), 1);
        }
        tally
    }

    /// Over what sets have in them, from how often each set is there.
    fn over(&self, sets: &[Vec<u32>], numbers: usize) -> Tally {
        let mut tally = Tally::new(numbers);
        for (set, people) in sets.iter().zip(&self.counts) {
            for number in set {
                tally.add(Some(number), *people);
            }
        }
        tally
    }

    /// The numbers that are there, the most frequent first, at most so many.
    fn largest(&self, most: usize) -> Vec<(usize, u32)> {
        let mut largest: Vec<(usize, u32)> = Vec::new();
        for (number, people) in self.counts.iter().enumerate() {
            let is_in = largest.len() < most || largest.last().is_some_and(|last| last.1 < *people);
            if *people == 0 || !is_in {
                continue;
            }
            let place = largest.partition_point(|(_, known)| known >= people);
            largest.insert(place, (number, *people));
            largest.truncate(most);
        }
        largest
    }
}

impl Roster {
    /// Counts over those who are shown; at most so many groups and domains.
    pub fn facets(&self, most: u32) -> Facets {
        let most = index(most);
        let snapshot = &self.snapshot;
        let classes = snapshot.distinct_classes();
        let by_class = Tally::of(&self.shown, snapshot.class_numbers(), classes.len());
        let (mut status, mut claim, mut directories) = (Vec::new(), Vec::new(), Vec::new());
        for (class, people) in classes.iter().zip(&by_class.counts) {
            let directory = snapshot.directory_of(class).filter(|id| id.is_known());
            add(&mut status, class.status.map(|known| known.name()), *people);
            add(&mut claim, class.claim.map(|known| known.name()), *people);
            add(&mut directories, directory.map(|id| id.as_str()), *people);
        }
        for directory in &mut directories {
            let id = DirectoryId(directory.value.clone());
            let name = snapshot.name_of_directory(&id);
            directory.name = name.map(String::from);
        }
        let numbers = snapshot.all_groups().len();
        let sets = snapshot.distinct_group_sets();
        let by_set = Tally::of(&self.shown, snapshot.group_set_numbers(), sets.len());
        let groups = by_set.over(sets, numbers).largest(most);
        let access_sets = snapshot.distinct_access_sets().len();
        let by_access_set = Tally::of(&self.shown, snapshot.access_set_numbers(), access_sets);
        let groups = groups.into_iter().filter_map(|(number, people)| {
            let group = snapshot.all_groups().get(number)?;
            Some(NamedCount {
                value: group.id.0.clone(),
                name: group.name.clone(),
                people,
            })
        });
        Facets {
            people: count(self.shown.len()),
            status,
            claim,
            directories,
            domains: self.domains(&self.shown, most),
            external_domains: self.domains(&self.externals(), most),
            groups: groups.collect(),
            products: self.over_accesses(&by_access_set, &|access| Some(access.product.as_str())),
            sites: self.over_accesses(&by_access_set, &|access| {
                Some(self.host(access.resource.site()?))
            }),
            accesses: self.access_counts(&by_access_set),
        }
    }

    /// How many hold an access of each kind, each person once for each kind.
    fn over_accesses<'a>(
        &'a self,
        by_set: &Tally,
        kind: &dyn Fn(&'a AccessKind) -> Option<&'a str>,
    ) -> Vec<NamedCount> {
        let mut counts = Vec::new();
        let sets = self.snapshot.distinct_access_sets();
        for (set, people) in sets.iter().zip(&by_set.counts) {
            let mut kinds = Vec::new();
            for access in set {
                let access = self.snapshot.accesses().get(index(*access));
                let found = access.and_then(kind);
                if let Some(found) = found.filter(|found| !kinds.contains(found)) {
                    kinds.push(found);
                    add(&mut counts, Some(found), *people);
                }
            }
        }
        counts
    }

    /// Those of the rows that are shown who are external.
    fn externals(&self) -> Vec<u32> {
        let snapshot = &self.snapshot;
        let is_external = |row: &&u32| {
            let class = snapshot.class(Row(index(**row)));
            class.and_then(|class| class.claim) == Some(Claim::External)
        };
        self.shown.iter().filter(is_external).copied().collect()
    }

    fn domains(&self, rows: &[u32], most: usize) -> Vec<NamedCount> {
        let domains = self.snapshot.distinct_domains();
        let tally = Tally::of(rows, self.snapshot.domain_numbers(), domains.len());
        let mut counts = Vec::new();
        for (number, people) in tally.largest(most) {
            add(
                &mut counts,
                domains.get(number).map(|domain| &**domain),
                people,
            );
        }
        add(&mut counts, None, tally.without);
        counts
    }

    fn access_counts(&self, by_set: &Tally) -> Vec<AccessCount> {
        let snapshot = &self.snapshot;
        let sets = snapshot.distinct_access_sets();
        let mut counts: Vec<AccessCount> = Vec::new();
        let accesses = snapshot.accesses();
        let tally = by_set.over(sets, accesses.len());
        for (access, people) in accesses.iter().zip(tally.counts) {
            if people == 0 {
                continue;
            }
            let site = access
                .resource
                .site()
                .map(|site| self.host(site).to_owned());
            let mut known = counts.iter_mut();
            // The same product with and without a seat. Nobody holds both.
            match known.find(|known| known.product == access.product && known.site == site) {
                Some(known) => known.people += people,
                None => counts.push(AccessCount {
                    product: access.product.clone(),
                    site,
                    people,
                }),
            }
        }
        counts
    }
}

/// Adds people to the count of a value.
fn add(counts: &mut Vec<NamedCount>, value: Option<&str>, people: u32) {
    if people == 0 {
        return;
    }
    let value = value.unwrap_or(UNKNOWN);
    match counts.iter_mut().find(|known| known.value == value) {
        Some(known) => known.people += people,
        None => counts.push(NamedCount {
            value: value.to_owned(),
            name: None,
            people,
        }),
    }
}
