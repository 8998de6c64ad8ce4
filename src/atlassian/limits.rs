//! What the headers of an answer say about limits: whose, how much is left, and until when.

use crate::host::{Response, Service};
use crate::model::Time;

/// How long to wait after a 429 that does not say how long, in seconds.
pub(super) const DEFAULT_WAIT: i64 = 60;
/// The longest wait that is believed: quotas are given anew every hour.
pub(super) const MAX_WAIT: i64 = 3_660;
/// Jira's quota by the hour where the answer does not say it: that of an app without a tier of its own.
const JIRA_QUOTA: u32 = 65_000;
/// A limit of Jira this large is a quota by the hour, not one of the bursts, which are some hundreds a second at most.
const SMALLEST_QUOTA: u32 = 10_000;

/// What a limit is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Limited {
    /// Everything that the app asks of the service.
    Service,
    /// One endpoint.
    Endpoint,
    /// Writes to one issue.
    Issue,
}

impl Limited {
    /// What is limited, in words.
    pub(super) fn words(self) -> &'static str {
        match self {
            Limited::Service => "the app's quota is used up",
            Limited::Endpoint => "too many requests of this kind",
            Limited::Issue => "too many changes of one issue",
        }
    }
}

/// What a 429 is about. The organization API limits endpoints; Jira gives a reason, and one that is not known is taken
/// for a burst.
pub(super) fn limited_by(service: Service, response: &Response) -> Limited {
    if service == Service::Atlassian {
        return Limited::Endpoint;
    }
    match response.header("ratelimit-reason") {
        Some(reason) if reason.starts_with("jira-quota") => Limited::Service,
        Some(reason) if reason.starts_with("jira-per-issue") => Limited::Issue,
        Some(_) => Limited::Endpoint,
        None if spent_quota(response) => Limited::Service,
        None => Limited::Endpoint,
    }
}

fn spent_quota(response: &Response) -> bool {
    structured(response, "ratelimit").any(|item| item.is_quota() && item.number("r") == Some(0))
}

/// How long the answer says to wait, in seconds: `Retry-After`, else until a limit that is spent is given anew.
pub fn told_wait(response: &Response, now: Time) -> Option<i64> {
    retry_after(response, now)
        .or_else(|| Some(reset(response)?.since(now)))
        .or_else(|| {
            let spent = structured(response, "ratelimit");
            let mut spent = spent.filter(|item| item.number("r") == Some(0));
            spent.find_map(|item| item.number("t")).map(i64::from)
        })
        .map(|seconds| seconds.clamp(1, MAX_WAIT))
}

/// `Retry-After` in seconds or as an HTTP date. Part of a second is a second.
fn retry_after(response: &Response, now: Time) -> Option<i64> {
    let text = response.header("retry-after")?.trim();
    let whole = |text: &str| text.parse::<u32>().ok().map(i64::from);
    let seconds = match text.split_once('.') {
        Some((seconds, _)) => whole(seconds).map(|seconds| seconds + 1),
        None => whole(text),
    };
    seconds.or_else(|| Some(http_date(text)?.since(now)))
}

const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";

/// `Sun, 06 Nov 1994 08:49:37 GMT`.
fn http_date(text: &str) -> Option<Time> {
    let mut words = text.split(' ').filter(|word| !word.is_empty());
    let (_, day, month) = (words.next()?, words.next()?, words.next()?);
    let (year, clock, zone) = (words.next()?, words.next()?, words.next()?);
    let place = MONTHS.find(month).filter(|_| month.len() == 3)?;
    let month = place / 3 + 1;
    (zone == "GMT" && place % 3 == 0)
        .then(|| Time::parse(&format!("{year}-{month:02}-{day}T{clock}Z")))?
}

/// `X-RateLimit-Reset`: a time, seen without seconds too (`2024-05-01T10:01Z`).
fn reset(response: &Response) -> Option<Time> {
    let text = response.header("x-ratelimit-reset")?.trim();
    Time::parse(text).or_else(|| {
        let (minute, rest) = text.split_at_checked("2024-05-01T10:01".len())?;
        Time::parse(&format!("{minute}:00{rest}"))
    })
}

/// What is left of a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Budget {
    /// What it is on: the service or an endpoint.
    pub(super) on: Limited,
    /// How much it is in all; 0 where that is not said.
    pub(super) size: u32,
    /// How much is left.
    pub(super) left: u32,
    /// When it is given anew, if that is said.
    pub(super) renewed: Option<Time>,
}

/// Every limit of which the answer says what is left.
pub(super) fn budgets(service: Service, response: &Response, now: Time) -> Vec<Budget> {
    let mut budgets = Vec::new();
    let number = |name| response.header(name)?.trim().parse::<u32>().ok();
    let size = number("x-ratelimit-limit");
    // "Near the limit" without a number is as good as spent: less than a fifth is left, and nobody says of how much.
    let near = response.header("x-ratelimit-nearlimit") == Some("true");
    let left = number("x-ratelimit-remaining").or(near.then_some(0));
    if let Some(left) = left {
        let is_jira = service != Service::Atlassian;
        let is_quota = is_jira && size >= Some(SMALLEST_QUOTA);
        let is_burst = is_jira && !is_quota;
        budgets.push(Budget {
            on: if is_quota {
                Limited::Service
            } else {
                Limited::Endpoint
            },
            size: size.unwrap_or_default(),
            left,
            // Bursts of Jira are by the second.
            renewed: reset(response).or(is_burst.then(|| now.plus(1))),
        });
    }
    for item in structured(response, "ratelimit") {
        let Some(left) = item.number("r") else {
            continue;
        };
        let policy =
            structured(response, "ratelimit-policy").find(|policy| policy.name == item.name);
        let size = policy.and_then(|policy| policy.number("q"));
        let is_quota = item.is_quota();
        budgets.push(Budget {
            on: if is_quota {
                Limited::Service
            } else {
                Limited::Endpoint
            },
            size: size.unwrap_or(if is_quota { JIRA_QUOTA } else { 0 }),
            left,
            renewed: item.number("t").map(|seconds| now.plus(i64::from(seconds))),
        });
    }
    budgets
}

/// One item of a structured header: `"global-app-quota";r=1200;t=600`.
struct Item<'r> {
    name: &'r str,
    parameters: &'r str,
}

impl Item<'_> {
    fn number(&self, parameter: &str) -> Option<u32> {
        self.parameters.split(';').find_map(|pair| {
            let (name, value) = pair.split_once('=')?;
            (name.trim() == parameter).then(|| value.trim().parse().ok())?
        })
    }

    fn is_quota(&self) -> bool {
        self.name.contains("quota")
    }
}

/// The items of every header of a name, with or without `Beta-` before it: several limits may be told at once.
fn structured<'r>(response: &'r Response, name: &'static str) -> impl Iterator<Item = Item<'r>> {
    let headers = response.headers.iter();
    let ours = headers.filter(move |(key, _)| key.strip_prefix("beta-").unwrap_or(key) == name);
    ours.flat_map(|(_, value)| value.split(',')).map(|item| {
        let (name, parameters) = item.split_once(';').unwrap_or((item, ""));
        Item {
            name: name.trim().trim_matches('"'),
            parameters,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(headers: &[(&str, &str)]) -> Response {
        let headers = headers.iter();
        Response {
            status: 429,
            headers: headers
                .map(|(key, value)| (key.to_string(), value.to_string()))
                .collect(),
            body: Vec::new(),
        }
    }

    fn now() -> Time {
        Time::parse("2024-05-01T10:00:30Z").unwrap()
    }

    #[test]
    fn how_long_to_wait_is_told_in_many_ways() {
        for (headers, seconds) in [
            (&[("retry-after", "7")][..], Some(7)),
            (&[("retry-after", " 0 ")], Some(1)),
            (&[("retry-after", "1.2")], Some(2)),
            (&[("retry-after", "1800")], Some(1800)),
            (&[("retry-after", "999999")], Some(MAX_WAIT)),
            (
                &[("retry-after", "Wed, 01 May 2024 10:02:00 GMT")],
                Some(90),
            ),
            (&[("retry-after", "Wed, 01 May 2024 09:02:00 GMT")], Some(1)),
            (&[("retry-after", "Wed, 01 aMa 2024 10:02:00 GMT")], None),
            (&[("retry-after", "soon")], None),
            (&[("retry-after", "-3")], None),
            (&[("x-ratelimit-reset", "2024-05-01T10:01Z")], Some(30)),
            (&[("x-ratelimit-reset", "2024-05-01T10:01:00Z")], Some(30)),
            (&[("x-ratelimit-reset", "2024-05-01T10:01:00.5Z")], Some(30)),
            (&[("x-ratelimit-reset", "2024-05-01T12:01+02:00")], Some(30)),
            (&[("x-ratelimit-reset", "2024-05-01T09:00Z")], Some(1)),
            (&[("x-ratelimit-reset", "later")], None),
            (
                &[
                    ("retry-after", "7"),
                    ("x-ratelimit-reset", "2024-05-01T10:01Z"),
                ],
                Some(7),
            ),
            (&[("ratelimit", "\"a\";r=5;t=9, \"b\";r=0;t=12")], Some(12)),
            (&[("ratelimit", "\"a\";t=9")], None),
            (&[], None),
        ] {
            assert_eq!(told_wait(&answer(headers), now()), seconds, "{headers:?}");
        }
    }

    #[test]
    fn what_is_limited_is_told_by_the_reason() {
        for (service, headers, limited) in [
            (Service::Atlassian, &[][..], Limited::Endpoint),
            (Service::JiraAsApp, &[], Limited::Endpoint),
            (
                Service::JiraAsApp,
                &[("ratelimit-reason", "jira-quota-global-based")],
                Limited::Service,
            ),
            (
                Service::JiraAsApp,
                &[("ratelimit-reason", "jira-quota-tenant-based")],
                Limited::Service,
            ),
            (
                Service::JiraAsCaller,
                &[("ratelimit-reason", "jira-burst-based")],
                Limited::Endpoint,
            ),
            (
                Service::JiraAsApp,
                &[("ratelimit-reason", "jira-per-issue-on-write")],
                Limited::Issue,
            ),
            (
                Service::JiraAsApp,
                &[
                    ("ratelimit-reason", "jira-cost-based"),
                    ("ratelimit", "\"global-app-quota\";r=0;t=9"),
                ],
                Limited::Endpoint,
            ),
            (
                Service::JiraAsApp,
                &[(
                    "beta-ratelimit",
                    "\"jira-burst-based\";r=0;t=1, \"global-app-quota\";r=0;t=600",
                )],
                Limited::Service,
            ),
        ] {
            assert_eq!(
                limited_by(service, &answer(headers)),
                limited,
                "{headers:?}"
            );
        }
    }

    #[test]
    fn what_is_left_is_told_by_any_of_the_headers() {
        let budget = |on, size, left, seconds: Option<i64>| Budget {
            on,
            size,
            left,
            renewed: seconds.map(|seconds| now().plus(seconds)),
        };
        for (service, headers, expected) in [
            (Service::Atlassian, &[][..], vec![]),
            (
                Service::Atlassian,
                &[
                    ("x-ratelimit-limit", "600"),
                    ("x-ratelimit-remaining", "12"),
                    ("x-ratelimit-reset", "2024-05-01T10:01Z"),
                ],
                vec![budget(Limited::Endpoint, 600, 12, Some(30))],
            ),
            (
                Service::JiraAsApp,
                &[
                    ("x-ratelimit-limit", "65000"),
                    ("x-ratelimit-remaining", "900"),
                ],
                vec![budget(Limited::Service, 65_000, 900, None)],
            ),
            (
                Service::JiraAsApp,
                &[
                    ("x-ratelimit-limit", "100"),
                    ("x-ratelimit-nearlimit", "true"),
                ],
                vec![budget(Limited::Endpoint, 100, 0, Some(1))],
            ),
            (
                Service::JiraAsApp,
                &[("x-ratelimit-nearlimit", "false")],
                vec![],
            ),
            (
                Service::JiraAsApp,
                &[
                    (
                        "beta-ratelimit-policy",
                        "\"global-app-quota\";q=100000;w=3600",
                    ),
                    (
                        "beta-ratelimit",
                        "\"global-app-quota\";r=1200;t=600, \"jira-burst-based\";t=1",
                    ),
                ],
                vec![budget(Limited::Service, 100_000, 1_200, Some(600))],
            ),
            (
                Service::JiraAsApp,
                &[
                    ("ratelimit", "\"tenant-app-quota\"; r=7 ;t=60"),
                    ("ratelimit", "\"jira-burst-based\";r=3;t=1"),
                ],
                vec![
                    budget(Limited::Service, JIRA_QUOTA, 7, Some(60)),
                    budget(Limited::Endpoint, 0, 3, Some(1)),
                ],
            ),
        ] {
            assert_eq!(
                budgets(service, &answer(headers), now()),
                expected,
                "{headers:?}"
            );
        }
    }
}
