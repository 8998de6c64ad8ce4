//! Warnings of a run: whom they reach, who was told something already, and their words (RULES R3).

use std::collections::{BTreeMap, BTreeSet};

use super::acts::{acted_in_steps, runs_since};
use crate::app::calls::Calls;
use crate::app::documents::load;
use crate::app::lease::Lease;
use crate::app::links::{Purpose, Token, signing_key_or_new};
use crate::app::notify::reach;
use crate::app::records::{LINK_DAYS, LinkRules, Notices, Run, Settings};
use crate::app::worker::WorkError;
use crate::atlassian::{ApiError, PersonOfSite};
use crate::host::{Host, Secret, StorageError};
use crate::model::{AccountId, Action, DAY, Time};
use crate::notice::{Language, Mail, Telling, last_warning, taken_next, warning};
use crate::plan::{Act, Person};
use crate::policy::Policy;

/// Whoever was told something gets no other message for so long.
const QUIET_SECONDS: i64 = DAY;
/// For so long it is remembered that a message may have been sent whose answer was lost.
const UNCLEAR_SECONDS: i64 = 30 * DAY;

/// One that gives an access back is worth something for so long after the earliest time at which it can be taken. When it
/// was taken is looked at when the link is used: it may have waited for a release, and 90 days count from there (RULES R3).
const BACK_SECONDS: i64 = 180 * DAY;

/// Why nobody can be warned where no issue is chosen.
const NO_ISSUE: &str = "no issue is chosen that messages are sent from: choose one in the settings, then start the policy's run again";

/// Why nobody is warned from an issue of which nobody confirmed that people may browse it.
const UNCONFIRMED: &str = "nobody confirmed that everybody who is written to may browse the issue that messages are sent from: look who may, confirm it in the settings, then start the policy's run again";

/// What the warnings of a run rest on.
#[derive(Debug, Default)]
pub(super) struct Warnings {
    /// How people are written to, if that is said.
    notices: Option<Notices>,
    /// What links of the run's policy do.
    rules: LinkRules,
    /// Where links lead, and what signs them; nothing where there are none.
    links: Option<(String, Secret)>,
    /// Who was told something within a day, each with the reason to tell them nothing else now.
    told: BTreeMap<AccountId, String>,
    /// To whom an earlier run may have sent the warning of a stage, and nobody knows.
    unclear: BTreeSet<(AccountId, u32)>,
}

/// Whether a policy warns anybody.
pub(super) fn warns(policy: &Policy) -> bool {
    let mut stages = policy.stages.iter();
    stages.any(|stage| stage.r#do.contains(&Action::Warn))
}

impl Warnings {
    /// Of a run; nothing where it warns nobody.
    pub(super) async fn load<H: Host>(
        host: &H,
        run: &Run,
        does_warn: bool,
    ) -> Result<Warnings, StorageError> {
        if !does_warn {
            return Ok(Warnings::default());
        }
        let settings: Settings = load(host).await?;
        let rules = |notices: &Notices| notices.links_of(&run.policy.id);
        let mut warnings = Warnings {
            rules: settings.notices.as_ref().map(rules).unwrap_or_default(),
            notices: settings.notices,
            ..Warnings::default()
        };
        let now = host.now();
        for (other, ended) in runs_since(host, now.plus(-UNCLEAR_SECONDS)).await? {
            if other.id != run.id && tells(&other) {
                let is_recent = ended.is_none_or(|at| now.since(at) < QUIET_SECONDS);
                warnings.note(host, run, &other, is_recent).await?;
            }
        }
        Ok(warnings)
    }

    /// Notes whom another run told something, or may have.
    async fn note<H: Host>(
        &mut self,
        host: &H,
        run: &Run,
        other: &Run,
        is_recent: bool,
    ) -> Result<(), StorageError> {
        for (person, is_clear) in acted_in_steps(host, other).await? {
            if !person.acts.iter().any(Act::is_message) {
                continue;
            }
            if is_recent {
                let why = format!(
                    "the policy {} told them something within 24 hours: one message a day",
                    other.policy.name
                );
                self.told.insert(person.account.clone(), why);
            }
            if !is_clear && other.policy.id == run.policy.id {
                self.unclear.insert((person.account, person.stage));
            }
        }
        Ok(())
    }

    /// How people are written to.
    pub(super) fn notices(&self) -> Option<&Notices> {
        self.notices.as_ref()
    }

    /// Why nobody can be warned, if so.
    pub(super) fn hindrance(&self) -> Option<&'static str> {
        match self.notices() {
            None => Some(NO_ISSUE),
            Some(notices) if notices.everybody_browses == Some(false) => Some(UNCONFIRMED),
            Some(_) => None,
        }
    }

    /// Makes links ready, if warnings are to hold one.
    pub(super) async fn with_links<H: Host>(
        mut self,
        host: &H,
        lease: &Lease,
    ) -> Result<Warnings, WorkError> {
        let wants_links = self.rules.keep_days.is_some() || self.rules.give_back.is_some();
        if wants_links && let Some(url) = host.link_url().await {
            self.links = Some((url, signing_key_or_new(host, lease).await?));
        }
        Ok(self)
    }

    /// A person's link.
    fn link(
        &self,
        (purpose, made, expires): (Purpose, Time, Time),
        person: &Person,
        policy: &Policy,
        german: bool,
    ) -> Option<String> {
        let (url, key) = self.links.as_ref()?;
        let token = Token {
            purpose,
            account: person.account.clone(),
            policy: policy.id.clone(),
            stage: person.stage,
            made,
            expires,
            german,
        };
        Some(format!("{url}?t={}", token.signed(key)))
    }

    /// Adds whom runs tell something that are planned at the same time.
    pub(super) fn add(&mut self, told: &BTreeMap<AccountId, String>) {
        for (account, why) in told {
            self.told.insert(account.clone(), why.clone());
        }
    }

    /// Why somebody is told nothing now.
    pub(super) fn quiet(&self, account: &AccountId) -> Option<&str> {
        self.told.get(account).map(String::as_str)
    }

    /// The warnings of some people, or why one of them gets none. Asks Jira whom they reach.
    pub(super) async fn word<H: Host>(
        &self,
        calls: &Calls<'_, H>,
        (policy, now): (&Policy, Time),
        people: &[(u32, &Person)],
    ) -> Result<Vec<(u32, Result<Mail, String>)>, ApiError> {
        let hindrance = self.hindrance();
        let Some(notices) = self.notices().filter(|_| hindrance.is_none()) else {
            let why = hindrance.unwrap_or_default();
            let none = people.iter();
            return Ok(none.map(|(step, _)| (*step, Err(why.to_owned()))).collect());
        };
        let accounts: Vec<AccountId> = people
            .iter()
            .map(|(_, person)| person.account.clone())
            .collect();
        let reach = reach(calls, &accounts).await?;
        let mut worded = Vec::new();
        for (step, person) in people {
            let mail = reach
                .of(&person.account)
                .map(|one| self.mail(notices, (policy, now), person, one))
                .ok_or_else(|| UNREACHABLE.to_owned());
            worded.push((*step, mail));
        }
        Ok(worded)
    }

    fn mail(
        &self,
        notices: &Notices,
        (policy, now): (&Policy, Time),
        person: &Person,
        of_site: &PersonOfSite,
    ) -> Mail {
        let is_again = self
            .unclear
            .contains(&(person.account.clone(), person.stage));
        let german = Language::of_locale(of_site.locale.as_deref()) == Language::German;
        let link = |purpose, expires| self.link((purpose, now, expires), person, policy, german);
        let days = i64::from(self.rules.link_days.unwrap_or(LINK_DAYS));
        // A link that ends before anything can be taken would be worth nothing when the person looks at last.
        let taken = taken_next(policy, person.stage, now);
        let keeps = self.rules.keep_days.map(|_| now.plus(days * DAY));
        let keeps = keeps.map(|expires| expires.max(taken.unwrap_or(expires)));
        let keep_link = keeps.and_then(|expires| link(Purpose::Keep, expires));
        // While access exists: whoever has lost it may be reached by nothing.
        let gives = self
            .rules
            .give_back
            .and_then(|_| last_warning(policy, person.stage, now));
        let back_link = gives.and_then(|until| link(Purpose::Back, until.plus(BACK_SECONDS)));
        warning(&Telling {
            policy,
            stage: person.stage,
            now,
            locale: of_site.locale.as_deref(),
            name: of_site.display_name.as_deref(),
            seen: person.before.last_seen,
            reason: &person.reason,
            contact: notices.contact.as_deref(),
            keep_link: keep_link.as_deref(),
            back_link: back_link.as_deref(),
            is_again,
        })
    }
}

/// Why somebody gets no warning whom it would not reach.
pub(super) const UNREACHABLE: &str =
    "unreachable: not an active user of this site's Jira, so that no warning can reach them";

/// Why a message is not sent again whose answer was lost.
pub(super) const UNCLEAR_MESSAGE: &str = "no clear answer: whether the message was sent is not known, so it counts for nothing, and is repeated after a day at the earliest";

/// Whether a run's plan tells anybody something.
pub(super) fn tells(run: &Run) -> bool {
    let plan = run.plan.as_ref();
    let mut acts = plan.iter().flat_map(|plan| &plan.acts);
    acts.any(|count| count.act == Act::Warn.name())
}
