//! Exemptions on a snapshot: whom they shelter, decided once for each distinct mail domain and set of groups.

use std::collections::BTreeSet;

use crate::model::{AccountId, GroupId};
use crate::policy::{Pattern, Prepared};
use crate::snapshot::{Group, Row, Snapshot};

/// The exemptions in force for one policy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exempted {
    /// People.
    pub users: BTreeSet<AccountId>,
    /// Groups.
    pub groups: BTreeSet<GroupId>,
    /// Names of groups, capitals told apart (RULES R11).
    pub group_names: Vec<Pattern>,
    /// Domains of e-mail addresses, capitals not told apart.
    pub domains: Vec<Pattern>,
    /// Whole e-mail addresses, capitals not told apart.
    pub emails: Vec<Pattern>,
}

/// What exemptions say of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exemption {
    /// None holds.
    No,
    /// One may hold: what would tell is not known, which shelters too (RULES R4).
    Undecided(&'static str),
    /// One holds.
    Yes(&'static str),
}

impl Exemption {
    /// One that holds is enough, and one that may hold is more than none.
    fn or(self, other: Exemption) -> Exemption {
        match (self, other) {
            (Exemption::Yes(_), _) | (Exemption::Undecided(_), Exemption::No) => self,
            _ => other,
        }
    }
}

/// What the exemptions say of a mail domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OfDomain {
    /// Nobody in it is exempt.
    None,
    /// Its addresses must be looked at one by one.
    Look,
    /// Everybody in it is exempt.
    All,
}

const NO_EMAIL: &str = "undecided: the e-mail address is not known, and addresses are exempt";
const NO_GROUPS: &str = "undecided: the groups are not known, and groups are exempt";
const NO_GROUP_NAME: &str =
    "undecided: the name of a group is not known, and groups are exempt by name";

/// The exemptions in force, made ready for the people of one snapshot.
#[derive(Clone, Debug)]
pub struct Exempting<'e> {
    exempted: &'e Exempted,
    emails: Vec<Prepared<'e>>,
    by_group_set: Vec<Exemption>,
    by_domain: Vec<OfDomain>,
}

impl Exempted {
    /// Makes the exemptions ready for a snapshot.
    pub fn on<'e>(&'e self, snapshot: &Snapshot) -> Exempting<'e> {
        let mut by_group_set = Vec::new();
        if self.has_groups() {
            let mut by_group = Vec::new();
            for group in snapshot.all_groups() {
                by_group.push(self.of_group(group));
            }
            for set in snapshot.distinct_group_sets() {
                by_group_set.push(of_set(set, &by_group));
            }
        }
        let mut by_domain = Vec::new();
        if self.has_emails() {
            for domain in snapshot.distinct_domains() {
                by_domain.push(self.of_domain(domain));
            }
        }
        Exempting {
            exempted: self,
            emails: self.emails.iter().map(Pattern::prepared).collect(),
            by_group_set,
            by_domain,
        }
    }

    fn has_groups(&self) -> bool {
        !self.groups.is_empty() || !self.group_names.is_empty()
    }

    fn has_emails(&self) -> bool {
        !self.domains.is_empty() || !self.emails.is_empty()
    }

    fn of_group(&self, group: &Group) -> Exemption {
        if self.groups.contains(&group.id) {
            return Exemption::Yes("member of an exempt group");
        }
        if self.group_names.is_empty() {
            return Exemption::No;
        }
        match &group.name {
            None => Exemption::Undecided(NO_GROUP_NAME),
            Some(name) if self.group_names.iter().any(|glob| glob.fits(name)) => {
                Exemption::Yes("member of a group whose name is exempt")
            }
            Some(_) => Exemption::No,
        }
    }

    fn of_domain(&self, domain: &str) -> OfDomain {
        if self
            .domains
            .iter()
            .any(|known| known.fits_ignoring_case(domain))
        {
            OfDomain::All
        } else if self.emails.iter().any(|glob| may_fit(glob, domain)) {
            OfDomain::Look
        } else {
            OfDomain::None
        }
    }
}

fn of_set(set: &[u32], by_group: &[Exemption]) -> Exemption {
    let mut found = Exemption::No;
    for group in set {
        let index = usize::try_from(*group).unwrap_or(usize::MAX);
        let of_group = by_group.get(index).copied();
        found = found.or(of_group.unwrap_or(Exemption::Undecided(NO_GROUPS)));
    }
    found
}

/// Whether an address of a domain may fit a pattern: what stands behind the pattern's last `@` must fit the domain, unless
/// a star may stand for an `@` as well.
fn may_fit(glob: &Pattern, domain: &str) -> bool {
    match glob.0.rsplit_once('@') {
        Some((_, literal)) if !literal.contains('*') => literal.eq_ignore_ascii_case(domain),
        _ => true,
    }
}

impl Exempting<'_> {
    /// What the exemptions say of a person.
    pub(super) fn of(&self, snapshot: &Snapshot, row: Row) -> Exemption {
        let account = snapshot.account(row).unwrap_or_default();
        if self.exempted.users.contains(account) {
            return Exemption::Yes("exempt by name");
        }
        self.by_groups(snapshot, row)
            .or(self.by_email(snapshot, row))
    }

    fn by_groups(&self, snapshot: &Snapshot, row: Row) -> Exemption {
        if !self.exempted.has_groups() {
            return Exemption::No;
        }
        let set = snapshot.group_set_numbers().get(row.0);
        let index = set.and_then(|set| usize::try_from(*set).ok());
        // Of groups that are not known there is no set.
        let known = index.and_then(|index| self.by_group_set.get(index));
        known.copied().unwrap_or(Exemption::Undecided(NO_GROUPS))
    }

    fn by_email(&self, snapshot: &Snapshot, row: Row) -> Exemption {
        if !self.exempted.has_emails() {
            return Exemption::No;
        }
        let Some(email) = snapshot.email(row) else {
            return Exemption::Undecided(NO_EMAIL);
        };
        let domain = snapshot.domain_numbers().get(row.0);
        let index = domain.and_then(|domain| usize::try_from(*domain).ok());
        match index.and_then(|index| self.by_domain.get(index)) {
            Some(OfDomain::All) => Exemption::Yes("e-mail address of an exempt domain"),
            Some(OfDomain::None) => Exemption::No,
            // What has no domain is no address, and is looked at as it stands.
            Some(OfDomain::Look) | None => {
                if self.emails.iter().any(|glob| glob.fits(email)) {
                    Exemption::Yes("the e-mail address is exempt")
                } else {
                    Exemption::No
                }
            }
        }
    }
}

/// How many people of a snapshot are in each set of groups and mail domain, each once for every directory: counted once for
/// as many exemptions as there are.
#[derive(Debug)]
pub struct Census<'s> {
    snapshot: &'s Snapshot,
    group_sets: Vec<u32>,
    domains: Vec<u32>,
}

impl<'s> Census<'s> {
    /// Counts the people of a snapshot.
    pub fn of(snapshot: &'s Snapshot) -> Census<'s> {
        let group_sets = snapshot.distinct_group_sets().len();
        let domains = snapshot.distinct_domains().len();
        Census {
            snapshot,
            group_sets: histogram(snapshot.group_set_numbers(), group_sets),
            domains: histogram(snapshot.domain_numbers(), domains),
        }
    }

    /// People with an account id.
    pub fn account(&self, account: &AccountId) -> u32 {
        let rows = self.snapshot.find_all(account.as_str());
        u32::try_from(rows.count()).unwrap_or(u32::MAX)
    }

    /// Members of a group.
    pub fn group(&self, id: &GroupId) -> u32 {
        self.members(&|group| group.id == *id)
    }

    /// Members of groups whose name fits.
    pub fn group_name(&self, glob: &Pattern) -> u32 {
        self.members(&|group| group.name.as_deref().is_some_and(|name| glob.fits(name)))
    }

    fn members(&self, is_meant: &dyn Fn(&Group) -> bool) -> u32 {
        let groups = self.snapshot.all_groups();
        let meant: Vec<bool> = groups.iter().map(is_meant).collect();
        let mut people: u32 = 0;
        for (set, count) in self
            .snapshot
            .distinct_group_sets()
            .iter()
            .zip(&self.group_sets)
        {
            let is_in = set.iter().any(|group| {
                let index = usize::try_from(*group).unwrap_or(usize::MAX);
                meant.get(index).copied().unwrap_or(false)
            });
            if is_in {
                people = people.saturating_add(*count);
            }
        }
        people
    }

    /// People whose mail domain fits.
    pub fn domain(&self, glob: &Pattern) -> u32 {
        let mut people: u32 = 0;
        for (domain, count) in self.snapshot.distinct_domains().iter().zip(&self.domains) {
            if glob.fits_ignoring_case(domain) {
                people = people.saturating_add(*count);
            }
        }
        people
    }

    /// People whose e-mail address fits.
    pub fn email(&self, glob: &Pattern) -> u32 {
        let domains = self.snapshot.distinct_domains().iter();
        let may: Vec<bool> = domains.map(|domain| may_fit(glob, domain)).collect();
        let prepared = glob.prepared();
        let mut people: u32 = 0;
        for (row, domain) in self.snapshot.rows().zip(self.snapshot.domain_numbers()) {
            let index = usize::try_from(*domain).unwrap_or(usize::MAX);
            let is_looked_at = may.get(index).copied().unwrap_or(true);
            let fits = |email: &str| prepared.fits(email);
            if is_looked_at && self.snapshot.email(row).is_some_and(fits) {
                people = people.saturating_add(1);
            }
        }
        people
    }
}

/// How often each number stands in a column; numbers beyond those that there are stand for nothing.
fn histogram(column: &[u32], numbers: usize) -> Vec<u32> {
    let mut counts: Vec<u32> = vec![0; numbers];
    for number in column {
        let index = usize::try_from(*number).unwrap_or(usize::MAX);
        if let Some(count) = counts.get_mut(index) {
            *count = count.saturating_add(1);
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::DirectoryId;
    use crate::snapshot::UserRecord;

    fn person(
        account: &str,
        email: Option<&str>,
        groups: Option<&[(&str, Option<&str>)]>,
    ) -> UserRecord {
        let group = |(id, name): &(&str, Option<&str>)| Group {
            id: GroupId((*id).into()),
            name: name.map(String::from),
        };
        UserRecord {
            email: email.map(String::from),
            groups: groups.map(|groups| groups.iter().map(group).collect()),
            ..UserRecord::unknown(AccountId(account.into()), DirectoryId("d".into()))
        }
    }

    fn patterns(texts: &[&str]) -> Vec<Pattern> {
        texts.iter().map(|text| Pattern((*text).into())).collect()
    }

    fn found(exempted: &Exempted, record: &UserRecord) -> Exemption {
        let mut snapshot = Snapshot::new();
        snapshot.push(record);
        let row = snapshot.rows().next().unwrap();
        exempted.on(&snapshot).of(&snapshot, row)
    }

    fn yes(exemption: Exemption) -> Option<bool> {
        match exemption {
            Exemption::No => Some(false),
            Exemption::Undecided(_) => None,
            Exemption::Yes(_) => Some(true),
        }
    }

    #[test]
    fn domains_and_addresses_are_exempt_whatever_their_capitals() {
        let domain = Exempted {
            domains: patterns(&["Partner.example", "*.vendor.example"]),
            ..Exempted::default()
        };
        let emails = Exempted {
            emails: patterns(&["svc-*@acme.example", "*+keep@*", "*@All.example"]),
            ..Exempted::default()
        };
        let both = Exempted {
            domains: domain.domains.clone(),
            ..emails.clone()
        };
        for (exempted, email, expected) in [
            (&domain, Some("a@partner.EXAMPLE"), Some(true)),
            (&domain, Some("a@eu.Vendor.example"), Some(true)),
            (&domain, Some("a@vendor.example"), Some(false)),
            (&domain, Some("a@notpartner.example"), Some(false)),
            (&domain, Some("partner.example"), Some(false)),
            (&domain, None, None),
            (&emails, Some("SVC-1@Acme.example"), Some(true)),
            (&emails, Some("a@acme.example"), Some(false)),
            (&emails, Some("svc-1@acme.example.org"), Some(false)),
            (&emails, Some("a+keep@anywhere.example"), Some(true)),
            (&emails, Some("anybody@all.example"), Some(true)),
            (&emails, Some("not-an-address"), Some(false)),
            (&emails, None, None),
            (&both, Some("svc-9@acme.example"), Some(true)),
            (&both, Some("a@partner.example"), Some(true)),
            (&both, Some("a@else.example"), Some(false)),
            (&Exempted::default(), None, Some(false)),
        ] {
            let found = found(exempted, &person("a", email, Some(&[])));
            assert_eq!(yes(found), expected, "{email:?} {exempted:?}");
        }
    }

    #[test]
    fn groups_are_exempt_by_id_and_by_a_name_whose_capitals_count() {
        let by_id = Exempted {
            groups: BTreeSet::from([GroupId("g".into())]),
            ..Exempted::default()
        };
        let by_name = Exempted {
            group_names: patterns(&["vip-*"]),
            ..Exempted::default()
        };
        type Groups<'a> = Option<&'a [(&'a str, Option<&'a str>)]>;
        let cases: [(&Exempted, Groups<'_>, Option<bool>); 11] = [
            (&by_id, Some(&[("g", None)]), Some(true)),
            (&by_id, Some(&[("h", None), ("g", Some("G"))]), Some(true)),
            (&by_id, Some(&[("h", None)]), Some(false)),
            (&by_id, Some(&[]), Some(false)),
            (&by_id, None, None),
            (&by_name, Some(&[("g", Some("vip-1"))]), Some(true)),
            (&by_name, Some(&[("g", Some("VIP-1"))]), Some(false)),
            (&by_name, Some(&[("g", None)]), None),
            (
                &by_name,
                Some(&[("g", None), ("h", Some("vip-"))]),
                Some(true),
            ),
            (&by_name, None, None),
            (&Exempted::default(), None, Some(false)),
        ];
        for (exempted, groups, expected) in cases {
            let found = found(exempted, &person("a", None, groups));
            assert_eq!(yes(found), expected, "{groups:?} {exempted:?}");
        }
    }

    #[test]
    fn what_is_decided_by_domain_is_what_each_address_would_decide() {
        let globs = [
            "*", "a*", "*a", "a@b", "*@b", "a@*", "*@*b", "*b", "@b", "*@b@b", "a*@B",
        ];
        let emails = [
            "a@b", "A@B", "b@a", "a@ab", "a@b@b", "b", "@b", "a@", "aa@b",
        ];
        for glob in globs {
            let exempted = Exempted {
                emails: patterns(&[glob]),
                ..Exempted::default()
            };
            for email in emails {
                let expected = Pattern(glob.into()).fits_ignoring_case(email);
                let found = found(&exempted, &person("a", Some(email), None));
                assert_eq!(yes(found), Some(expected), "{glob} {email}");
            }
        }
    }

    #[test]
    fn the_census_counts_whom_each_exemption_shelters() {
        let mut snapshot = Snapshot::new();
        for record in [
            person("a", Some("a@One.example"), Some(&[("g", Some("vip-1"))])),
            person(
                "b",
                Some("b@one.example"),
                Some(&[("g", Some("vip-1")), ("h", Some("vip-2"))]),
            ),
            person(
                "c",
                Some("svc-c@two.example"),
                Some(&[("h", Some("vip-2"))]),
            ),
            person("d", Some("svc-d"), Some(&[])),
            person("e", None, None),
        ] {
            snapshot.push(&record);
        }
        let census = Census::of(&snapshot);
        let pattern = |text: &str| Pattern(text.into());
        assert_eq!(census.account(&AccountId("e".into())), 1);
        assert_eq!(census.account(&AccountId("f".into())), 0);
        assert_eq!(census.group(&GroupId("g".into())), 2);
        assert_eq!(census.group(&GroupId("i".into())), 0);
        assert_eq!(census.group_name(&pattern("vip-*")), 3);
        assert_eq!(census.group_name(&pattern("Vip-*")), 0);
        assert_eq!(census.domain(&pattern("ONE.example")), 2);
        assert_eq!(census.domain(&pattern("*.example")), 3);
        assert_eq!(census.email(&pattern("svc-*")), 2);
        assert_eq!(census.email(&pattern("*@one.example")), 2);
        assert_eq!(census.email(&pattern("*@three.example")), 0);
    }
}
