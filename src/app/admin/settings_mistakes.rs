//! What is wrong with settings that somebody wants to save.

use std::collections::{BTreeMap, BTreeSet};

use crate::app::records::{
    LinkRules, Notices, PolicyLinks, Price, Reports, Requests, RoleGroup, SeatThreshold, Settings,
};
use crate::atlassian::USERS_A_CALL;
use crate::model::AccountId;
use crate::notice::unknown_in_restored;
use crate::policy::{DEFAULT, MAX_TEXT, MOST_LANGUAGES, is_language};

/// The fewest days for which the log is kept: as long as a link to get access back may be used, and twice that.
const LEAST_RETENTION: u32 = 180;
/// The most days, ten years.
const MOST_RETENTION: u32 = 3_650;
/// The most people whom a run may warn without a release.
const MOST_WARNED: u32 = 100_000;
/// The most days for which a link keeps an access, two years, and the most times.
const MOST_KEPT: u32 = 730;
/// The most days for which such a link can be used.
const MOST_LINK_DAYS: u32 = 90;
/// The most groups that are told what is new.
const MOST_TOLD: usize = 10;
/// The most policies that have links of their own, and the longest id of one.
const MOST_WITH_LINKS: usize = 100;
const MOST_ID_BYTES: usize = 60;
/// The most products on sites whose seats are told from a number of their own on, and the highest number.
const MOST_THRESHOLDS: usize = 50;
const MOST_SEATS: u32 = 1_000_000;
/// The most prices.
const MOST_PRICES: usize = 100;
/// The most tiers of one product.
const MOST_EDGES: usize = 50;
/// The most days for which the use of an API token protects, a year.
const MOST_TOKEN_DAYS: u32 = 366;

/// What is wrong with settings, if anything.
pub(super) fn mistake(settings: &Settings) -> Option<String> {
    if !(1..=100).contains(&settings.percent_per_day) {
        return Some(String::from(
            "the share must be a whole number from 1 to 100",
        ));
    }
    if settings
        .protect
        .tokens_used_within_days
        .is_some_and(|days| !(1..=MOST_TOKEN_DAYS).contains(&days))
    {
        let why =
            format!("API tokens protect for 1 to {MOST_TOKEN_DAYS} days after their last use");
        return Some(why);
    }
    if settings
        .retention_days
        .is_some_and(|days| !(LEAST_RETENTION..=MOST_RETENTION).contains(&days))
    {
        return Some(format!(
            "the log is kept for {LEAST_RETENTION} to {MOST_RETENTION} days, or for ever: links and undo need it"
        ));
    }
    mistake_in_names(settings).map(String::from)
}

fn mistake_in_names(settings: &Settings) -> Option<&'static str> {
    let limits = &settings.coverage;
    let shares = [limits.users_percent, limits.activity_percent];
    if shares.iter().any(|share| !(50..=100).contains(share)) || limits.jump_points > 100 {
        return Some("the shares must be whole numbers from 50 to 100, the jump one from 0 to 100");
    }
    let roles = &settings.roles;
    let mut groups = roles.operator.iter().chain(&roles.approver);
    if !groups.all(is_plausible) {
        return Some("a role is given to a group by its id and name");
    }
    if let Some(place) = &settings.approval_issues {
        let words = [&place.project, &place.issue_type, &place.approved_status];
        let is_given = |word: &&String| !word.trim().is_empty() && word.chars().count() <= 255;
        if !words.iter().all(is_given) {
            return Some(
                "say the project's key, the id of the issue type and the status that approves",
            );
        }
    }
    if let Some(why) = settings.requests.as_ref().and_then(mistake_in_requests) {
        return Some(why);
    }
    let issue = &settings.anchor_issue;
    if issue.as_ref().is_some_and(|issue| !is_issue_key(issue)) {
        return Some("an issue is named by its key, such as AUDIT-7");
    }
    if let Some(why) = settings.notices.as_ref().and_then(mistake_in_notices) {
        return Some(why);
    }
    mistake_in_prices(&settings.prices).or_else(|| super::person_fields::mistake(&settings.fields))
}

fn is_plausible(RoleGroup { id, name }: &RoleGroup) -> bool {
    !id.0.is_empty() && id.0.len() <= 64 && name.chars().count() <= 255
}

/// What is wrong with how people are written to, if anything.
pub(super) fn mistake_in_notices(notices: &Notices) -> Option<&'static str> {
    let is_plain = |contact: &String| {
        let length = contact.chars().count();
        (1..=200).contains(&length) && !contact.chars().any(char::is_control)
    };
    if !is_issue_key(&notices.issue) {
        return Some("an issue is named by its key, such as LIFE-1");
    }
    if !notices.contact.as_ref().is_none_or(is_plain) {
        return Some("whom people can ask is said in one line of at most 200 characters");
    }
    if let Some(why) = notices.reports.as_ref().and_then(mistake_in_reports) {
        return Some(why);
    }
    let own = || notices.policies.iter().map(|own| own.links);
    if !own().chain([notices.links()]).all(are_some_days) {
        return Some(
            "the link of a warning keeps the access for 1 to 730 days, 1 to 730 times, and can be used for 1 to 90 days",
        );
    }
    if let Some(why) = mistake_in_words(&notices.restored_words) {
        return Some(why);
    }
    if notices.policies.len() > MOST_WITH_LINKS || !are_different(&notices.policies) {
        return Some("at most 100 policies have links of their own, each named once by its id");
    }
    (!(1..=MOST_WARNED).contains(&notices.most_warned))
        .then_some("a run warns 1 to 100,000 people without a release")
}

/// What is wrong with an organization's own words of a message, if anything.
fn mistake_in_words(words: &BTreeMap<String, String>) -> Option<&'static str> {
    if words.is_empty() {
        return None;
    }
    if words.len() > MOST_LANGUAGES
        || !words.contains_key(DEFAULT)
        || !words.keys().all(|language| is_language(language))
    {
        return Some(
            "own words are for `default` and for languages such as `de` or `pt-BR`, at most 40",
        );
    }
    let texts = || words.values();
    if texts().any(|text| text.len() > MAX_TEXT) {
        return Some("own words of a message have at most 2,000 bytes");
    }
    let has_both = |text: &String| {
        let (subject, rest) = text.split_once('\n').unwrap_or((text, ""));
        !subject.trim().is_empty() && !rest.trim().is_empty()
    };
    if !texts().all(has_both) {
        return Some(
            "the first line of own words is the subject: say something in the lines after it",
        );
    }
    texts()
        .any(|text| unknown_in_restored(text).is_some())
        .then_some(
            "of variables the message that an access is back knows {name}, {contact} and {policy}",
        )
}

fn are_some_days(links: LinkRules) -> bool {
    let is_some_number =
        |number: Option<u32>| number.is_none_or(|number| (1..=MOST_KEPT).contains(&number));
    let lives = links
        .link_days
        .is_none_or(|days| (1..=MOST_LINK_DAYS).contains(&days));
    lives && is_some_number(links.keep_days) && is_some_number(links.keep_times)
}

/// Whether each policy is named once, by what can be the id of one.
fn are_different(policies: &[PolicyLinks]) -> bool {
    let ids: BTreeSet<&str> = policies.iter().map(|own| own.policy.as_str()).collect();
    let is_id = |id: &&str| !id.is_empty() && id.len() <= MOST_ID_BYTES;
    ids.len() == policies.len() && ids.iter().all(is_id)
}

fn mistake_in_reports(reports: &Reports) -> Option<&'static str> {
    if let Some(why) = mistake_in_recipients(&reports.groups, &reports.people) {
        return Some(why);
    }
    let thresholds = &reports.seat_thresholds;
    let own = thresholds.iter().map(|own| (own.percent, own.used));
    let mut all = own.chain([(reports.seats_percent, reports.seats_used)]);
    let is_fit = |(percent, used): (Option<u32>, Option<u32>)| {
        percent.is_none_or(|percent| (50..=100).contains(&percent))
            && used.is_none_or(|used| (1..=MOST_SEATS).contains(&used))
    };
    if !all.all(is_fit) {
        return Some(
            "seats are told of from 50 to 100 percent on, or from 1 to 1,000,000 taken ones",
        );
    }
    (thresholds.len() > MOST_THRESHOLDS || !are_different_places(thresholds))
        .then_some("at most 50 products on sites have a threshold of their own, each named once")
}

/// Whether each place is named once, by what can be the names of one.
fn are_different_places(thresholds: &[SeatThreshold]) -> bool {
    let is_name =
        |name: &String| (1..=255).contains(&name.len()) && !name.chars().any(char::is_control);
    let mut places = BTreeSet::new();
    thresholds
        .iter()
        .all(|SeatThreshold { product, site, .. }| {
            is_name(product) && is_name(site) && places.insert((product, site))
        })
}

/// What is wrong with whom administrators chose to be written to, if anything.
pub(super) fn mistake_in_recipients(
    groups: &[RoleGroup],
    people: &[AccountId],
) -> Option<&'static str> {
    if groups.len() > MOST_TOLD || !groups.iter().all(is_plausible) {
        return Some("at most 10 groups are told what is new, each by its id and name");
    }
    let are_people = people.len() <= USERS_A_CALL && people.iter().all(AccountId::is_plausible);
    (!are_people).then_some("at most 50 people are told what is new, each by the account id")
}

/// What is said there goes into a search and into an address, so it holds nothing that means something there.
pub(super) fn mistake_in_requests(requests: &Requests) -> Option<&'static str> {
    let is_field = |field: &String| {
        let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        (1..=60).contains(&field.len()) && field.bytes().all(is_sign)
    };
    let status = requests.approved_status.trim();
    if !is_project_key(&requests.project)
        || !(1..=255).contains(&status.chars().count())
        || status.contains(|sign: char| sign.is_control() || "\"\\".contains(sign))
    {
        return Some("say the key of one project, such as HELP, and the status that approves");
    }
    (!requests.field.as_ref().is_none_or(is_field))
        .then_some("the field is named by its id, such as customfield_10050")
}

/// What is wrong with prices, if anything.
fn mistake_in_prices(prices: &[Price]) -> Option<&'static str> {
    if prices.len() > MOST_PRICES {
        return Some("at most 100 prices can be given");
    }
    for (place, price) in prices.iter().enumerate() {
        let names = [Some(&price.product), price.site.as_ref()];
        let are_plain = names
            .into_iter()
            .flatten()
            .all(|name| (1..=255).contains(&name.len()) && !name.chars().any(char::is_control));
        if !are_plain {
            return Some("a price is given for a product by its key, and a site by its host");
        }
        let code = price.currency.as_bytes();
        if code.len() != 3 || !code.iter().all(u8::is_ascii_uppercase) {
            return Some("a currency is given by its code, such as USD");
        }
        if price.tier_edges.len() > MOST_EDGES || !price.tier_edges.is_sorted_by(|a, b| a < b) {
            return Some(
                "the tiers of a product end at ascending numbers of seats, at most 50 of them",
            );
        }
        let is_same =
            |other: &Price| (&other.product, &other.site) == (&price.product, &price.site);
        if prices.iter().take(place).any(is_same) {
            return Some("a product has one price, and one more for each of its sites");
        }
    }
    None
}

/// Whether a text can be the key of a project.
pub(super) fn is_project_key(text: &str) -> bool {
    is_issue_key(&format!("{text}-1"))
}

/// Whether a text can be the key of an issue.
pub(super) fn is_issue_key(text: &str) -> bool {
    let is_sign = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    text.len() <= 60
        && text.split_once('-').is_some_and(|(project, number)| {
            project.starts_with(|sign: char| sign.is_ascii_uppercase())
                && project.bytes().all(is_sign)
                && !number.is_empty()
                && number.bytes().all(|byte| byte.is_ascii_digit())
        })
}
