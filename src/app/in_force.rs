//! Which exemptions are in force: until their last day, and for the policies that they name.

use super::documents::{ExemptionBook, StoredExemption};
use super::records::ExemptionSubject;
use crate::model::{GroupId, Time};
use crate::plan::{Census, Exempted};
use crate::policy::Pattern;

impl StoredExemption {
    /// Whether it is over.
    pub(super) fn is_over(&self, now: Time) -> bool {
        self.expires.is_some_and(|last| now > last)
    }

    /// Whether it shelters from a policy.
    pub(super) fn is_for(&self, policy: &str) -> bool {
        self.policies.is_empty() || self.policies.iter().any(|id| id == policy)
    }

    /// How many people of a snapshot it shelters, each once for every directory.
    pub(super) fn sheltered(&self, census: &Census<'_>) -> u32 {
        match &self.subject {
            ExemptionSubject::User { account } => census.account(account),
            ExemptionSubject::Group { group } => census.group(&GroupId(group.clone())),
            ExemptionSubject::GroupName { glob } => census.group_name(&Pattern(glob.clone())),
            ExemptionSubject::Domain { domain } => census.domain(&Pattern(domain.clone())),
            ExemptionSubject::Email { glob } => census.email(&Pattern(glob.clone())),
        }
    }
}

impl ExemptionBook {
    /// The exemptions that shelter now from a policy.
    pub(super) fn exempted(&self, policy: &str, now: Time) -> Exempted {
        self.gather(&|exemption| exemption.is_for(policy) && !exemption.is_over(now))
    }

    /// The exemptions that shelter now from every policy.
    pub(super) fn exempted_everywhere(&self, now: Time) -> Exempted {
        self.gather(&|exemption| exemption.policies.is_empty() && !exemption.is_over(now))
    }

    /// The exemptions that shelter now from any policy.
    pub(super) fn exempted_anywhere(&self, now: Time) -> Exempted {
        self.gather(&|exemption| !exemption.is_over(now))
    }

    fn gather(&self, counts: &dyn Fn(&StoredExemption) -> bool) -> Exempted {
        let mut exempted = Exempted::default();
        for exemption in self.exemptions.iter().filter(|each| counts(each)) {
            match &exemption.subject {
                ExemptionSubject::User { account } => {
                    exempted.users.insert(account.clone());
                }
                ExemptionSubject::Group { group } => {
                    exempted.groups.insert(GroupId(group.clone()));
                }
                ExemptionSubject::GroupName { glob } => {
                    exempted.group_names.push(Pattern(glob.clone()));
                }
                ExemptionSubject::Domain { domain } => {
                    exempted.domains.push(Pattern(domain.clone()));
                }
                ExemptionSubject::Email { glob } => exempted.emails.push(Pattern(glob.clone())),
            }
        }
        exempted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As it was stored before there were owners, ends and scopes, and as it is now.
    const BOOK: &str = r#"{"version":3,"exemptions":[
        {"subject":{"kind":"user","account":"old"},"groupName":null,"reason":"r","added":{"by":"a","at":"2026-01-01T00:00:00Z"}},
        {"subject":{"kind":"domain","domain":"partner.example"},"groupName":null,"reason":"r",
         "added":{"by":"a","at":"2026-01-01T00:00:00Z"},"owner":"b","expires":"2026-11-21T23:59:59Z","policies":["p"]}
        ],"lastRemoval":null}"#;

    #[test]
    fn an_exemption_shelters_through_its_last_day_and_from_its_policies_only() {
        let book: ExemptionBook = crate::json::read(BOOK).unwrap();
        for (policy, now, domains) in [
            ("p", "2026-11-21T23:59:59Z", 1),
            ("p", "2026-11-22T00:00:00Z", 0),
            ("q", "2026-11-21T12:00:00Z", 0),
        ] {
            let exempted = book.exempted(policy, Time::parse(now).unwrap());
            assert_eq!(exempted.domains.len(), domains, "{policy} {now}");
            assert_eq!(exempted.users.len(), 1, "{policy} {now}");
        }
        let during = Time::parse("2026-11-21T12:00:00Z").unwrap();
        let after = during.plus(crate::model::DAY);
        assert_eq!(book.exempted_everywhere(during).domains.len(), 0);
        assert_eq!(book.exempted_anywhere(during).domains.len(), 1);
        assert_eq!(book.exempted_anywhere(after).domains.len(), 0);
    }
}
