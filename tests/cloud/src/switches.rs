//! What Atlassian's documents leave open. Each switch is one open question; each simulation seed draws its own answers.

use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

/// The answers that this cloud gives to the open questions of the reference (`atlassian-apis.md` §11 and every `[?]`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Switches {
    /// The status of suspending a suspended person, or restoring an active one.
    pub repeated_write: RepeatedWrite,
    /// What a `users/search` cursor may be sent with.
    pub cursor_with_body: CursorWithBody,
    /// How long a suspension or restore stays invisible to reads, in milliseconds (0–2000).
    pub read_back_lag_ms: u32,
    /// The body of a 429 of the organization API.
    pub too_many_requests_body: TooManyRequestsBody,
    /// Whether that 429 carries `Retry-After`.
    pub retry_after: bool,
    /// How `productAccess` shows a product that was never used.
    pub never_used: NeverUsed,
    /// Whether a key with read scopes may call the searches that document no scope.
    pub scoped_key_searches: bool,
    /// Whether rows of `users/search` carry the undocumented `deactivatedOn` and `forDeletion`.
    pub live_extra_fields: bool,
    /// Whether the groups of a suspended person are still shown.
    pub suspended_groups_shown: bool,
    /// Whether `links.next` of the workspaces is a whole URL instead of a bare cursor.
    pub workspace_next_is_url: bool,
    /// The status of the endpoints that were switched off in June 2026: 404 or 410.
    pub dead_endpoint_status: u16,
    /// The status of a transaction whose condition did not hold: 400 or 409.
    pub condition_failed_status: u16,
    /// How long a write stays invisible to storage queries, in milliseconds.
    pub query_lag_ms: u32,
    /// Whether due events are delivered in the order of their pushing.
    pub queue_in_order: bool,
    /// The body of an answer with status 5xx.
    pub server_error_body: ServerErrorBody,
    /// Whether the app itself may read Jira's application roles and licence counts; 403 otherwise.
    pub seats_as_app: bool,
    /// What the workspaces' `type` says.
    pub workspace_type: WorkspaceType,
    /// Of a hundred accesses with known activity, how many are shown by `users/search` without their timestamp, although
    /// `last-active-dates` knows it.
    pub timestamp_omitted_percent: u8,
    /// How `last-active-dates` shows a product that was never used.
    pub never_used_dates: NeverUsed,
    /// After how many minutes a cursor of the organization API is refused; 0 for never.
    pub cursor_minutes: u32,
    /// Whether the structured headers of Jira's limits carry the prefix `Beta-`.
    pub jira_headers_beta: bool,
    /// Which 429 of Jira the fault of that name gives.
    pub jira_too_many_requests: JiraTooManyRequests,
    /// Whether `-` stands for a directory where something is written.
    pub writes_everywhere: bool,
    /// How long a change of groups stays invisible to reads, in milliseconds (1000–2000 were seen).
    pub group_lag_ms: u32,
    /// How long a change of platform roles stays invisible to reads, in seconds (up to 30 are documented).
    pub platform_role_lag_seconds: u32,
    /// The order of listings without `sortBy`.
    pub listing_order: ListingOrder,
    /// What revoking a role does that the person has by a group only, or not at all.
    pub revoke_without_own_role: RevokeWithoutOwnRole,
    /// Whether a 409 on memberships and life cycles says in words which of its meanings it has.
    pub conflict_told: bool,
    /// Whether a restore is refused with 409 when a product that the person held has no seat left.
    pub restore_refused_when_full: bool,
    /// When and where somebody who is invited comes in.
    pub invitation_lands: InvitationLands,
    /// Whether Jira's mail about an issue reaches active people who may not browse that issue.
    pub mail_without_browse: bool,
    /// What the organization's log of events knows of people who log in.
    pub log_in_events: LogInEvents,
    /// After how many seconds the log shows an event (up to 24 hours were told).
    pub event_delay_seconds: u32,
    /// Of a hundred people, of how many `users/search` leaves the name out: no document says that it is always there.
    pub names_omitted_percent: u8,
}

/// What the log of events knows of people who log in: that needs Atlassian Guard, and whether the actions are listed without
/// it is documented nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum LogInEvents {
    /// Nothing, and `event-actions` lists no such action.
    NotListed,
    /// Nothing, although `event-actions` lists the action.
    ListedOnly,
    /// Each time.
    Logged,
}

/// When and where somebody who is invited to a product comes in: no document says whether an account that is there already
/// must agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum InvitationLands {
    /// At once, in the directory of the product's site.
    AtOnce,
    /// There too, once they accepted.
    OnceAccepted,
    /// Nowhere: it is answered as if, and nothing follows.
    Nowhere,
}

/// The answer to revoking a role that is not the person's own: nothing changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RevokeWithoutOwnRole {
    /// 204, as if it had done something.
    NoContent,
    /// 404 `ADMIN-UAM-404-3`.
    NotFound,
    /// 400 `ADMIN-UAM-400-3`.
    BadRequest,
}

/// The words in the workspaces' `type`; `typeKey` is always the product's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum WorkspaceType {
    /// A name for people, such as `Jira`.
    Title,
    /// The key once more, such as `jira-software`.
    Key,
}

/// A 429 of Jira.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum JiraTooManyRequests {
    /// Too many requests of one operation in a second.
    Burst,
    /// The points of the hour are spent.
    Quota,
    /// The tenant's limit on searches for users.
    UserSearch,
}

/// The order of listings of users without `sortBy`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ListingOrder {
    /// By account id.
    ById,
    /// Another order every day, which a listing that began keeps.
    ShuffledDaily,
}

/// The status of a write that finds nothing to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RepeatedWrite {
    /// 204, as if it had done something.
    NoContent,
    /// 409 `ADMIN-409-28`.
    Conflict,
}

/// What a `users/search` cursor may be sent with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CursorWithBody {
    /// Anything; the body's filters and expansions count, the cursor only says where to go on.
    Used,
    /// Anything; all but the cursor is ignored, as the `GET` version documents it.
    Discarded,
    /// `limit` and `expand` alone; anything else is 400.
    Refused,
}

/// The body of a 429 of the organization API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TooManyRequestsBody {
    /// `{"code":429,"message":"Too many requests"}`.
    Proxy,
    /// `{"errors":[{…}]}`.
    Errors,
}

/// How a list of products shows one that was never used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum NeverUsed {
    /// An entry without its timestamp.
    WithoutTimestamp,
    /// No entry.
    NoEntry,
}

/// The body of an answer with status 5xx.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ServerErrorBody {
    /// A proxy's HTML page.
    Html,
    /// Nothing.
    Empty,
    /// The documented JSON.
    Json,
}

impl Default for Switches {
    /// The answers the documents make most likely.
    fn default() -> Self {
        Switches {
            repeated_write: RepeatedWrite::NoContent,
            cursor_with_body: CursorWithBody::Used,
            read_back_lag_ms: 0,
            too_many_requests_body: TooManyRequestsBody::Errors,
            retry_after: false,
            never_used: NeverUsed::WithoutTimestamp,
            scoped_key_searches: false,
            live_extra_fields: true,
            suspended_groups_shown: true,
            workspace_next_is_url: false,
            dead_endpoint_status: 410,
            condition_failed_status: 400,
            query_lag_ms: 2000,
            queue_in_order: true,
            server_error_body: ServerErrorBody::Html,
            seats_as_app: true,
            workspace_type: WorkspaceType::Title,
            timestamp_omitted_percent: 0,
            never_used_dates: NeverUsed::NoEntry,
            cursor_minutes: 0,
            jira_headers_beta: false,
            jira_too_many_requests: JiraTooManyRequests::Burst,
            writes_everywhere: false,
            group_lag_ms: 0,
            platform_role_lag_seconds: 0,
            listing_order: ListingOrder::ById,
            revoke_without_own_role: RevokeWithoutOwnRole::NoContent,
            conflict_told: true,
            restore_refused_when_full: false,
            invitation_lands: InvitationLands::AtOnce,
            mail_without_browse: false,
            log_in_events: LogInEvents::NotListed,
            event_delay_seconds: 60,
            names_omitted_percent: 0,
        }
    }
}

impl Switches {
    /// Draws an answer to each question. The same seed gives the same answers.
    pub fn from_seed(seed: u64) -> Self {
        let draw = &mut ChaCha8Rng::seed_from_u64(seed ^ 0x5317_C4E5);
        Switches {
            repeated_write: one_of(draw, &[RepeatedWrite::NoContent, RepeatedWrite::Conflict]),
            cursor_with_body: one_of(
                draw,
                &[
                    CursorWithBody::Used,
                    CursorWithBody::Discarded,
                    CursorWithBody::Refused,
                ],
            ),
            read_back_lag_ms: one_of(draw, &[0, 0, 400, 2000]),
            too_many_requests_body: one_of(
                draw,
                &[TooManyRequestsBody::Proxy, TooManyRequestsBody::Errors],
            ),
            retry_after: draw.random(),
            never_used: one_of(draw, &[NeverUsed::WithoutTimestamp, NeverUsed::NoEntry]),
            scoped_key_searches: draw.random(),
            live_extra_fields: draw.random(),
            suspended_groups_shown: draw.random(),
            workspace_next_is_url: draw.random(),
            dead_endpoint_status: one_of(draw, &[404, 410]),
            condition_failed_status: one_of(draw, &[400, 409]),
            query_lag_ms: one_of(draw, &[0, 500, 2000]),
            queue_in_order: draw.random(),
            server_error_body: one_of(
                draw,
                &[
                    ServerErrorBody::Html,
                    ServerErrorBody::Empty,
                    ServerErrorBody::Json,
                ],
            ),
            seats_as_app: draw.random(),
            workspace_type: one_of(draw, &[WorkspaceType::Title, WorkspaceType::Key]),
            timestamp_omitted_percent: one_of(draw, &[0, 0, 1, 2]),
            never_used_dates: one_of(draw, &[NeverUsed::WithoutTimestamp, NeverUsed::NoEntry]),
            cursor_minutes: one_of(draw, &[0, 0, 30, 60]),
            jira_headers_beta: draw.random(),
            jira_too_many_requests: one_of(
                draw,
                &[
                    JiraTooManyRequests::Burst,
                    JiraTooManyRequests::Quota,
                    JiraTooManyRequests::UserSearch,
                ],
            ),
            writes_everywhere: draw.random(),
            group_lag_ms: one_of(draw, &[0, 1000, 2000]),
            platform_role_lag_seconds: one_of(draw, &[0, 5, 30]),
            listing_order: one_of(draw, &[ListingOrder::ById, ListingOrder::ShuffledDaily]),
            revoke_without_own_role: one_of(
                draw,
                &[
                    RevokeWithoutOwnRole::NoContent,
                    RevokeWithoutOwnRole::NotFound,
                    RevokeWithoutOwnRole::BadRequest,
                ],
            ),
            conflict_told: draw.random(),
            restore_refused_when_full: draw.random(),
            invitation_lands: one_of(
                draw,
                &[
                    InvitationLands::AtOnce,
                    InvitationLands::OnceAccepted,
                    InvitationLands::Nowhere,
                ],
            ),
            mail_without_browse: draw.random(),
            log_in_events: one_of(
                draw,
                &[
                    LogInEvents::NotListed,
                    LogInEvents::ListedOnly,
                    LogInEvents::Logged,
                ],
            ),
            event_delay_seconds: one_of(draw, &[0, 60, 3_600, 86_400]),
            names_omitted_percent: one_of(draw, &[0, 0, 0, 5]),
        }
    }
}

fn one_of<T: Copy>(draw: &mut impl Rng, answers: &[T]) -> T {
    answers[draw.random_range(0..answers.len())]
}
