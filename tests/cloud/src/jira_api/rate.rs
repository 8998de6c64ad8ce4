//! Jira's limits: points per hour of the clock over the whole app, requests per second and operation, and the headers that
//! tell both.

use chrono::SecondsFormat;

use super::error;
use crate::clock::Time;
use crate::cloud::Cloud;
use crate::limits::Span;
use crate::message::Response;
use crate::switches::JiraTooManyRequests;

/// The window of the points.
const POINTS: &str = "jira-points";
/// The name of the quota in the structured headers.
const QUOTA: &str = "global-app-quota";
/// What an identity object (a user, a group, a role, a permission) costs to read.
const POINTS_PER_IDENTITY: u32 = 2;

impl Cloud {
    /// The refusal of a request that comes over a limit.
    pub(super) fn jira_limit(&mut self, operation: &'static str) -> Option<Response> {
        let now = self.clock.now();
        if self.points_left(now) == 0 {
            return Some(self.jira_too_many_requests(JiraTooManyRequests::Quota));
        }
        let burst = self.limits.jira_burst_per_second;
        let admitted = self
            .windows
            .admit_in(Span::Second, operation, now, 1, burst);
        (!admitted).then(|| self.jira_too_many_requests(JiraTooManyRequests::Burst))
    }

    /// Charges an answered request: a point for it, and two for each object read.
    pub(super) fn charge(&mut self, operation: &str, response: &Response) {
        let objects = if response.status == 200 {
            objects_in(operation, response)
        } else {
            0
        };
        let points = 1 + POINTS_PER_IDENTITY * objects;
        let now = self.clock.now();
        self.windows.spend(Span::Hour, POINTS, now, points);
        self.meter.jira_points(operation, points);
    }

    /// An answer with the state of the quota.
    pub(super) fn with_quota(&self, response: Response) -> Response {
        let now = self.clock.now();
        let quota = self.limits.jira_points_per_hour;
        if quota == u32::MAX {
            return response;
        }
        let left = self.points_left(now);
        let reset = Span::Hour.end(now);
        let seconds = (reset - now).num_seconds();
        let near = u64::from(left) * 5 < u64::from(quota);
        let (policy, state) = if self.switches.jira_headers_beta {
            ("beta-ratelimit-policy", "beta-ratelimit")
        } else {
            ("ratelimit-policy", "ratelimit")
        };
        let response = response
            .with_header("x-ratelimit-limit", &quota.to_string())
            .with_header("x-ratelimit-remaining", &left.to_string())
            .with_header(
                "x-ratelimit-reset",
                &reset.to_rfc3339_opts(SecondsFormat::Secs, true),
            )
            .with_header("x-ratelimit-nearlimit", &near.to_string())
            .with_header(policy, &format!("\"{QUOTA}\";q={quota};w=3600"));
        if !near {
            return response;
        }
        response.with_header(state, &format!("\"{QUOTA}\";r={left};t={seconds}"))
    }

    /// The 429 of Jira, in one of its three shapes.
    pub(super) fn jira_too_many_requests(&self, shape: JiraTooManyRequests) -> Response {
        let now = self.clock.now();
        let (wait, reason) = match shape {
            JiraTooManyRequests::Burst => (1, Some("jira-burst-based")),
            JiraTooManyRequests::Quota => {
                let rest = (Span::Hour.end(now) - now).num_seconds() + 1;
                (rest, Some("jira-quota-global-based"))
            }
            // The search for users has a limit of the whole tenant, and gives no reason.
            JiraTooManyRequests::UserSearch => (5, None),
        };
        let response =
            error(429, "Rate limit exceeded.").with_header("retry-after", &wait.to_string());
        let response = match reason {
            Some(reason) => response.with_header("ratelimit-reason", reason),
            None => response,
        };
        self.with_quota(response)
    }

    fn points_left(&self, now: Time) -> u32 {
        let used = self.windows.used(Span::Hour, POINTS, now);
        self.limits.jira_points_per_hour.saturating_sub(used)
    }
}

/// How many identity objects an answer holds.
fn objects_in(operation: &str, response: &Response) -> u32 {
    let body = response.value();
    let count = match operation {
        "jira.myself" => 1,
        "jira.mypermissions" => body["permissions"]
            .as_object()
            .map_or(0, |found| found.len()),
        "jira.user.bulk" | "jira.group.bulk" | "jira.group.member" => {
            body["values"].as_array().map_or(0, Vec::len)
        }
        "jira.users.search" | "jira.user.groups" => body.as_array().map_or(0, Vec::len),
        "jira.applicationrole" => body.as_array().map_or(1, Vec::len),
        _ => 0,
    };
    u32::try_from(count).unwrap_or(u32::MAX / POINTS_PER_IDENTITY - 1)
}
