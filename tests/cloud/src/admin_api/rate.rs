//! The limits of the organization API and the headers that tell them.

use chrono::TimeDelta;

use super::errors::{application_error, proxy_error};
use super::route::Route;
use crate::clock::Time;
use crate::cloud::Cloud;
use crate::limits::{Span, Window};
use crate::message::Response;
use crate::switches::TooManyRequestsBody;

/// The window of all requests together.
const ALL: &str = "admin";

impl Cloud {
    /// Counts a request; false when a limit that it falls under is reached.
    pub(super) fn admits(&mut self, route: &Route) -> bool {
        let now = self.clock.now();
        let all = self.limits.admin_per_minute;
        let admitted = match self.limits.admin_window {
            Window::FixedMinute => self.windows.admit(ALL, now, 1, all),
            Window::Bucket => self.windows.take(ALL, now, all),
        };
        let own = self.own_limit(route);
        admitted && own.is_none_or(|(name, limit)| self.windows.admit(name, now, 1, limit))
    }

    /// The 429 of the organization API, in one of its two bodies.
    pub(super) fn admin_too_many_requests(&self, route: &Route) -> Response {
        let response = match self.switches.too_many_requests_body {
            TooManyRequestsBody::Proxy => proxy_error(429, "Too many requests"),
            TooManyRequestsBody::Errors => {
                application_error(429, "ADMIN-429-1", "The rate limit was exceeded")
            }
        };
        let (limit, _, reset) = self.rate_of(route);
        let response = headers(response, limit, 0, reset);
        if !self.switches.retry_after {
            return response;
        }
        let wait = (reset - self.clock.now()).num_seconds() + 1;
        response.with_header("retry-after", &wait.to_string())
    }

    /// An answer with the state of the limit that its request fell under.
    pub(super) fn with_rate(&self, route: &Route, response: Response) -> Response {
        let (limit, remaining, reset) = self.rate_of(route);
        if limit == u32::MAX {
            return response;
        }
        headers(response, limit, remaining, reset)
    }

    /// The limit, what remains of it, and when it is whole again: of operations with a limit of their own that one.
    fn rate_of(&self, route: &Route) -> (u32, u32, Time) {
        let now = self.clock.now();
        let end = Span::Minute.end(now);
        let counted = |name: &str, limit: u32| {
            limit.saturating_sub(self.windows.used(Span::Minute, name, now))
        };
        let all = self.limits.admin_per_minute;
        let (all_left, all_end) = match self.limits.admin_window {
            Window::FixedMinute => (counted(ALL, all), end),
            // Full again within a minute from now, wherever in the minute that is.
            Window::Bucket => {
                let held = self.windows.held(ALL, now, all) as u32;
                (held, Span::Minute.end(now + TimeDelta::minutes(1)))
            }
        };
        match self.own_limit(route) {
            Some((name, own)) if counted(name, own) <= all_left => (own, counted(name, own), end),
            _ => (all, all_left, all_end),
        }
    }

    /// The limit that an operation has besides, with the name of its window. Those of events are per path; the wider ones
    /// per user cannot be reached where all of an organization's calls come to one path.
    fn own_limit(&self, route: &Route) -> Option<(&'static str, u32)> {
        match route {
            Route::LastActiveDates(_) => {
                Some(("last-active-dates", self.limits.last_active_per_minute))
            }
            Route::EventsStream => Some(("events-stream", self.limits.events_stream_per_minute)),
            Route::EventActions => Some(("event-actions", self.limits.event_actions_per_minute)),
            _ => None,
        }
    }
}

/// The reset is written without seconds.
fn headers(response: Response, limit: u32, remaining: u32, reset: Time) -> Response {
    response
        .with_header("x-ratelimit-limit", &limit.to_string())
        .with_header("x-ratelimit-remaining", &remaining.to_string())
        .with_header(
            "x-ratelimit-reset",
            &reset.format("%Y-%m-%dT%H:%MZ").to_string(),
        )
}
