//! How fast to call: limits are met before they are hit, and what Atlassian says about them is remembered.
//!
//! Nothing here sleeps. Whoever asks during a pause is told how long it lasts and makes no call; a job goes back to its
//! queue for that time.

use serde::{Deserialize, Serialize};

use super::limits::{Budget, DEFAULT_WAIT, Limited, MAX_WAIT, budgets, limited_by, told_wait};
use crate::host::{Response, Service};
use crate::model::{HOUR, Time};

/// What the call is named, in errors and for the pacer: at most 200 a minute and organization are answered.
pub const READING_LAST_ACTIVE: &str = "reading when a person was last active";

/// Calls of `last-active-dates` a minute and organization: 200 are answered (atlassian-apis §1), and others may ask too.
const LAST_ACTIVE_A_MINUTE: u32 = 185;
/// The pauses that other invocations must know of, in seconds: a shorter one is over before it is stored.
const WORTH_KEEPING: i64 = 5;
/// How often a wait that nobody told is doubled: up to 16 minutes.
const MAX_DOUBLINGS: u32 = 4;

/// Why there is a pause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Why {
    /// A call was refused, and how long to wait was said.
    Refused,
    /// A call was refused, and how long to wait is guessed: a person who waits may try.
    Guessed,
    /// So little is left that it is kept for people who wait at the page: their calls may still be made.
    NearlySpent,
}

/// A time in which not to call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pause {
    /// Until when, this second not included.
    pub until: Time,
    /// Whether it is for everything that is asked of the service, or for the one kind of call.
    pub whole_service: bool,
    /// Why.
    pub why: Why,
}

impl Pause {
    /// How long it still is.
    pub fn seconds(&self, now: Time) -> u32 {
        u32::try_from(self.until.since(now)).unwrap_or_default()
    }
}

/// What is remembered of limits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Pacer {
    standing: Vec<Standing>,
    /// Calls of `last-active-dates` in one minute of the clock.
    counted: Counted,
}

/// A pause of a service, or of one kind of call. It stays after its end until a call succeeds, for the refusals in a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Standing {
    service: Service,
    /// `None` for all calls to the service.
    operation: Option<String>,
    until: Time,
    why: Why,
    /// Refusals in a row that did not say how long to wait.
    refusals: u32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Counted {
    minute: i64,
    calls: u32,
}

impl Pacer {
    /// Whether a call may be made now.
    ///
    /// # Errors
    /// The longest pause that forbids it.
    pub fn ask(&self, service: Service, operation: &'static str, now: Time) -> Result<(), Pause> {
        let mut longest: Option<&Standing> = None;
        for standing in &self.standing {
            let is_longer = standing.until > longest.map_or(now, |longest| longest.until);
            if is_longer && standing.is_about(service, operation) {
                longest = Some(standing);
            }
        }
        match longest {
            None => Ok(()),
            Some(standing) => Err(Pause {
                until: standing.until,
                whole_service: standing.operation.is_none(),
                why: standing.why,
            }),
        }
    }

    /// Whether a call may be made now for a person who waits for it: what is kept back is kept for them.
    ///
    /// # Errors
    /// A pause after a refusal that said how long it lasts.
    pub fn ask_for_person(
        &self,
        service: Service,
        operation: &'static str,
        now: Time,
    ) -> Result<(), Pause> {
        match self.ask(service, operation, now) {
            Err(pause) if pause.why == Why::Refused => Err(pause),
            _ => Ok(()),
        }
    }

    /// Learns from an answer; one without status and headers stands for none. `jitter` is a random byte, which makes a
    /// pause longer, never shorter, so that not all invocations call at once after it. Answers whether other invocations
    /// must know what was learnt.
    pub fn learn(
        &mut self,
        service: Service,
        operation: &'static str,
        response: &Response,
        now: Time,
        jitter: u8,
    ) -> bool {
        let before = self.worth_keeping(service, operation, now);
        self.standing
            .retain(|standing| now.since(standing.until) < HOUR);
        match response.status {
            429 => self.refused(service, operation, response, now, jitter),
            503 if response.header("retry-after").is_some() => {
                self.refused(service, operation, response, now, jitter);
            }
            200..=299 => {
                self.standing
                    .retain(|standing| !standing.is_over(service, operation, now));
                // Where one limit has room another may not: first what is over, then what begins.
                let (spent, rest): (Vec<_>, Vec<_>) = budgets(service, response, now)
                    .into_iter()
                    .partition(is_nearly_spent);
                for budget in rest {
                    self.lift(service, operation, &budget);
                }
                for budget in spent {
                    self.spend(service, operation, &budget, now, jitter);
                }
            }
            _ => {}
        }
        if operation == READING_LAST_ACTIVE {
            self.count(service, operation, now, jitter);
        }
        before != self.worth_keeping(service, operation, now)
    }

    /// The pause of a call, if it is long enough for other invocations to meet it.
    fn worth_keeping(&self, service: Service, operation: &'static str, now: Time) -> Option<Pause> {
        let pause = self.ask(service, operation, now).err()?;
        (pause.until.since(now) >= WORTH_KEEPING).then_some(pause)
    }

    fn refused(
        &mut self,
        service: Service,
        operation: &'static str,
        response: &Response,
        now: Time,
        jitter: u8,
    ) {
        let whole_service = match limited_by(service, response) {
            Limited::Service => true,
            Limited::Endpoint => false,
            // Other issues may still be written to; the error says how long this one may not.
            Limited::Issue => return,
        };
        let standing = self.standing(service, operation, whole_service);
        let (wait, why) = match told_wait(response, now) {
            Some(wait) => (wait, Why::Refused),
            None => {
                let wait = DEFAULT_WAIT << standing.refusals.min(MAX_DOUBLINGS);
                standing.refusals = standing.refusals.saturating_add(1);
                (wait, Why::Guessed)
            }
        };
        standing.until = end(now, wait, jitter);
        standing.why = why;
    }

    /// Ends a pause before the wall where there is room again.
    fn lift(&mut self, service: Service, operation: &'static str, budget: &Budget) {
        let named = (budget.on != Limited::Service).then_some(operation);
        self.standing.retain(|standing| {
            standing.service != service
                || standing.operation.as_deref() != named
                || standing.why != Why::NearlySpent
        });
    }

    /// Pauses before the wall.
    fn spend(
        &mut self,
        service: Service,
        operation: &'static str,
        budget: &Budget,
        now: Time,
        jitter: u8,
    ) {
        let told = budget.renewed.map(|renewed| renewed.since(now));
        let wait = told.unwrap_or(DEFAULT_WAIT).clamp(0, MAX_WAIT);
        let standing = self.standing(service, operation, budget.on == Limited::Service);
        if standing.until < now.plus(wait) {
            standing.until = end(now, wait, jitter);
            standing.why = Why::NearlySpent;
        }
    }

    /// Counts a call whose limit no header tells.
    fn count(&mut self, service: Service, operation: &'static str, now: Time, jitter: u8) {
        let minute = now.0.div_euclid(60);
        if self.counted.minute != minute {
            self.counted = Counted { minute, calls: 0 };
        }
        self.counted.calls += 1;
        if self.counted.calls >= LAST_ACTIVE_A_MINUTE {
            let next = Time(minute.saturating_add(1).saturating_mul(60));
            let standing = self.standing(service, operation, false);
            if standing.until < next {
                standing.until = end(now, next.since(now), jitter);
                standing.why = Why::NearlySpent;
            }
        }
    }

    /// The pause of a service or of a kind of call; one that is over, if there was none.
    fn standing(
        &mut self,
        service: Service,
        operation: &'static str,
        whole_service: bool,
    ) -> &mut Standing {
        let named = (!whole_service).then_some(operation);
        let place = self.standing.iter().position(|standing| {
            standing.service == service && standing.operation.as_deref() == named
        });
        let standing = match place {
            Some(place) => self.standing.swap_remove(place),
            None => Standing {
                service,
                operation: named.map(String::from),
                until: Time(0),
                why: Why::NearlySpent,
                refusals: 0,
            },
        };
        self.standing.push_mut(standing)
    }
}

impl Standing {
    fn is_about(&self, service: Service, operation: &'static str) -> bool {
        let named = self.operation.as_deref();
        self.service == service && named.is_none_or(|named| named == operation)
    }

    fn is_over(&self, service: Service, operation: &'static str, now: Time) -> bool {
        self.until <= now && self.is_about(service, operation)
    }
}

/// Of what may be asked by the hour a tenth is kept for people at the page, of what may be asked by the minute a hundredth.
fn is_nearly_spent(budget: &Budget) -> bool {
    let part = if budget.on == Limited::Service {
        10
    } else {
        100
    };
    budget.left <= budget.size / part
}

/// When a pause ends that must last so many seconds at least. The clock's seconds are cut off and so may be the times
/// that are told, so one second is added; then at most a tenth, or two seconds if that is less.
fn end(now: Time, wait: i64, jitter: u8) -> Time {
    let most = (wait / 10).min(2);
    let more = (most * (i64::from(jitter) + 1)) >> 8;
    now.plus(wait + 1 + more)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Service::{Atlassian, JiraAsApp, JiraAsCaller};
    use rand::{RngExt, SeedableRng};

    const READING: &str = "reading users";
    const OTHER: &str = "reading the sites";
    const NOW: Time = Time(1_800_000_030);

    fn answer(status: u16, headers: &[(&str, &str)]) -> Response {
        let headers = headers.iter();
        Response {
            status,
            headers: headers
                .map(|(key, value)| (key.to_string(), value.to_string()))
                .collect(),
            body: Vec::new(),
        }
    }

    /// How long each of some calls is paused after an answer to the first of them.
    fn pauses<const N: usize>(
        asked: [(Service, &'static str); N],
        status: u16,
        headers: &[(&str, &str)],
    ) -> [Option<u32>; N] {
        let mut pacer = Pacer::default();
        let (service, operation) = asked[0];
        pacer.learn(service, operation, &answer(status, headers), NOW, 0);
        asked.map(|(service, operation)| {
            let pause = pacer.ask(service, operation, NOW).err();
            pause.map(|pause| pause.seconds(NOW))
        })
    }

    #[test]
    fn a_burst_pauses_the_endpoint_and_a_quota_the_service() {
        let asked = [
            (JiraAsApp, READING),
            (JiraAsApp, OTHER),
            (JiraAsCaller, READING),
            (Atlassian, READING),
        ];
        let retry = ("retry-after", "40");
        for (reason, expected) in [
            ("jira-quota-global-based", [Some(41), Some(41), None, None]),
            ("jira-quota-tenant-based", [Some(41), Some(41), None, None]),
            ("jira-burst-based", [Some(41), None, None, None]),
            ("jira-cost-based", [Some(41), None, None, None]),
            ("jira-per-issue-on-write", [None; 4]),
        ] {
            let headers = [retry, ("ratelimit-reason", reason)];
            assert_eq!(pauses(asked, 429, &headers), expected, "{reason}");
        }
        let asked = [(Atlassian, READING), (Atlassian, OTHER)];
        assert_eq!(pauses(asked, 429, &[]), [Some(61), None]);
        assert_eq!(pauses(asked, 503, &[retry]), [Some(41), None]);
        assert_eq!(pauses(asked, 503, &[]), [None, None]);
    }

    #[test]
    fn a_pause_begins_before_the_wall() {
        let asked = [
            (JiraAsApp, READING),
            (JiraAsApp, OTHER),
            (JiraAsCaller, READING),
        ];
        for (left, expected) in [(6_501, [None; 3]), (6_500, [Some(601), Some(601), None])] {
            let left = format!("\"global-app-quota\";r={left};t=600");
            assert_eq!(pauses(asked, 200, &[("ratelimit", &left)]), expected);
        }
        let asked = [(Atlassian, READING), (Atlassian, OTHER)];
        let reset = NOW.plus(30).to_string();
        for (left, expected) in [
            ("7", [None; 2]),
            ("6", [Some(31), None]),
            ("0", [Some(31), None]),
        ] {
            let headers = [
                ("x-ratelimit-limit", "600"),
                ("x-ratelimit-remaining", left),
                ("x-ratelimit-reset", &reset),
            ];
            assert_eq!(pauses(asked, 200, &headers), expected);
        }
    }

    #[test]
    fn what_is_kept_back_is_for_people() {
        let mut pacer = Pacer::default();
        let spent = answer(200, &[("x-ratelimit-remaining", "0")]);
        pacer.learn(Atlassian, READING, &spent, NOW, 0);
        assert!(pacer.ask(Atlassian, READING, NOW).is_err());
        assert!(pacer.ask_for_person(Atlassian, READING, NOW).is_ok());
        for (headers, may_try) in [(&[][..], true), (&[("retry-after", "9")], false)] {
            pacer.learn(Atlassian, READING, &answer(429, headers), NOW, 0);
            assert!(pacer.ask(Atlassian, READING, NOW).is_err());
            let asked = pacer.ask_for_person(Atlassian, READING, NOW);
            assert_eq!(asked.is_ok(), may_try);
        }
    }

    #[test]
    fn a_wait_that_nobody_tells_doubles_until_a_call_succeeds() {
        let mut pacer = Pacer::default();
        let mut now = NOW;
        let mut wait = |pacer: &mut Pacer, status| {
            pacer.learn(Atlassian, READING, &answer(status, &[]), now, 0);
            let pause = pacer.ask(Atlassian, READING, now).err()?;
            now = pause.until;
            Some(pause.until.since(NOW))
        };
        let ends: Vec<_> = (0..6).filter_map(|_| wait(&mut pacer, 429)).collect();
        let waits: Vec<_> = ends.windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert_eq!((ends[0], waits), (61, vec![121, 241, 481, 961, 961]));
        assert_eq!(wait(&mut pacer, 200), None);
        assert_eq!(wait(&mut pacer, 429).map(|end| end - ends[5]), Some(61));
    }

    #[test]
    fn last_active_dates_are_counted_without_any_header() {
        let mut pacer = Pacer::default();
        // Half a minute is left: the count is of the clock's minute.
        for _ in 0..184 {
            pacer.learn(Atlassian, READING_LAST_ACTIVE, &answer(500, &[]), NOW, 0);
        }
        assert!(pacer.ask(Atlassian, READING_LAST_ACTIVE, NOW).is_ok());
        pacer.learn(Atlassian, READING_LAST_ACTIVE, &Response::default(), NOW, 0);
        let pause = pacer.ask(Atlassian, READING_LAST_ACTIVE, NOW).unwrap_err();
        assert_eq!(
            (pause.until, pause.whole_service),
            (Time(1_800_000_061), false)
        );
        assert!(pacer.ask(Atlassian, READING, NOW).is_ok());
        let next = pause.until;
        pacer.learn(Atlassian, READING_LAST_ACTIVE, &answer(200, &[]), next, 0);
        assert!(pacer.ask(Atlassian, READING_LAST_ACTIVE, next).is_ok());
    }

    #[test]
    fn jitter_only_lengthens_and_not_by_much() {
        for wait in 0..MAX_WAIT {
            let ends = [0, 127, 255].map(|jitter| end(NOW, wait, jitter).since(NOW) - 1);
            assert!(ends.is_sorted() && ends[0] == wait);
            assert!(ends[2] - wait <= (wait / 10).min(2));
            assert!(wait < 20 || ends[2] - wait == 2);
        }
    }

    #[test]
    fn only_what_others_meet_is_worth_keeping() {
        let mut pacer = Pacer::default();
        let spent = |seconds: i64| {
            let reset = NOW.plus(seconds).to_string();
            answer(
                200,
                &[
                    ("x-ratelimit-remaining", "0"),
                    ("x-ratelimit-reset", &reset),
                ],
            )
        };
        assert!(!pacer.learn(Atlassian, READING, &answer(200, &[]), NOW, 0));
        assert!(!pacer.learn(Atlassian, READING, &spent(3), NOW, 0));
        assert!(pacer.learn(Atlassian, READING, &spent(30), NOW, 0));
        assert!(
            !pacer.learn(Atlassian, READING, &spent(30), NOW, 255),
            "nothing new"
        );
        let room = answer(200, &[("x-ratelimit-remaining", "9")]);
        assert!(pacer.learn(Atlassian, READING, &room, NOW, 0), "lifted");
        assert!(!pacer.learn(Atlassian, READING, &room, NOW, 0));
    }

    #[test]
    fn what_is_remembered_is_small_and_passes() {
        let mut pacer = Pacer::default();
        let quota = [
            ("ratelimit-reason", "jira-quota-global-based"),
            ("retry-after", "1800"),
        ];
        pacer.learn(JiraAsApp, READING, &answer(429, &quota), NOW, 0);
        pacer.learn(Atlassian, OTHER, &answer(429, &[]), NOW, 0);
        let text = serde_json::to_string(&pacer).unwrap();
        assert!(text.len() < 400, "{text}");
        let stored: Pacer = serde_json::from_str(&text).unwrap();
        assert_eq!(stored, pacer);
        assert_eq!(
            stored.ask(JiraAsApp, OTHER, NOW).unwrap_err().seconds(NOW),
            1_801
        );
        let later = NOW.plus(2 * HOUR);
        pacer.learn(Atlassian, READING, &answer(200, &[]), later, 0);
        assert_eq!(pacer.standing, []);
    }

    /// A service with so many calls in each minute from some moment on; with or without headers on every answer.
    struct Wall {
        allowed: u32,
        begun: u64,
        told: bool,
        window: u64,
        used: u32,
        refused: u32,
    }

    const MINUTE: u64 = 60_000;

    impl Wall {
        fn call(&mut self, now: u64) -> Response {
            let window = (now - self.begun) / MINUTE;
            if window != self.window {
                (self.window, self.used, self.refused) = (window, 0, 0);
            }
            let status = if self.used < self.allowed { 200 } else { 429 };
            self.used = (self.used + 1).min(self.allowed);
            self.refused += u32::from(status == 429);
            assert!(self.refused <= 1, "refused twice in one window");
            if !self.told && status == 200 {
                return answer(200, &[]);
            }
            let reset = Time(i64::try_from((self.begun + (window + 1) * MINUTE) / 1_000).unwrap());
            let (limit, left) = (self.allowed.to_string(), self.allowed - self.used);
            let reset = reset.to_string();
            let headers = [
                ("x-ratelimit-limit", limit.as_str()),
                ("x-ratelimit-remaining", &left.to_string()),
                ("x-ratelimit-reset", &reset),
            ];
            answer(status, &headers)
        }
    }

    #[test]
    fn the_pacer_is_hardly_ever_refused_and_loses_little_time() {
        for seed in 0..60 {
            let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(seed);
            let start = 1_800_000_000_000 + random.random_range(0..MINUTE);
            let allowed = random.random_range(30..1_000);
            let mut wall = Wall {
                allowed,
                begun: start - random.random_range(0..MINUTE),
                told: random.random(),
                window: u64::MAX,
                used: 0,
                refused: 0,
            };
            let calls = allowed * random.random_range(3..12);
            // So fast that the wall, not the latency, decides.
            let fastest = MINUTE / u64::from(allowed) / 3;
            let mut pacer = Pacer::default();
            let (mut now, mut done, mut refusals) = (start, 0, 0);
            let clock = |now: u64| Time(i64::try_from(now / 1_000).unwrap());
            while done < calls {
                if let Err(pause) = pacer.ask(Atlassian, READING, clock(now)) {
                    now += u64::from(pause.seconds(clock(now))) * 1_000;
                    continue;
                }
                now += random.random_range(fastest / 4..=fastest);
                let response = wall.call(now);
                let succeeded = response.status == 200;
                done += u32::from(succeeded);
                refusals += u32::from(!succeeded);
                now += random.random_range(fastest / 4..=fastest);
                pacer.learn(Atlassian, READING, &response, clock(now), random.random());
            }
            let ideal = u64::from(calls) * MINUTE / u64::from(allowed);
            assert!(
                now - start <= ideal * 11 / 10 + MINUTE,
                "seed {seed}: {} for {ideal}",
                now - start
            );
            assert!(
                !wall.told || refusals == 0,
                "seed {seed}: {refusals} refusals"
            );
        }
    }
}
