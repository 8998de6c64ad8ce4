//! Looking for news.

use super::book::{NewsBook, Piece};
use super::digest::{anchor, week};
use super::runs::ended;
use super::standing::holding;
use super::wishes::not_back;
use crate::app::anchors::AnchorBook;
use crate::app::commit::{Change, commit};
use crate::app::documents::{ActiveRuns, load, load_run, load_value, policy_revision_key, set};
use crate::app::random_suffix;
use crate::app::records::{HookDelivery, HookState, NewsMessage, NewsTold, Reports, Settings};
use crate::app::sync::newest_head;
use crate::app::webhook::WebhookBook;
use crate::app::worker::WorkError;
use crate::host::Host;
use crate::policy::Policy;

/// Who is told, and of what: as was said. Where nothing was said, whoever may approve is told by mail, if there is any; see
/// [`is_told`].
pub(super) fn reports_of(settings: &Settings) -> Reports {
    let notices = settings.notices.as_ref();
    if let Some(said) = notices.and_then(|notices| notices.reports.clone()) {
        return said;
    }
    let approvers = settings.roles.approver.iter();
    Reports {
        groups: approvers.filter(|_| notices.is_some()).cloned().collect(),
        ..Reports::default()
    }
}

/// Whether a piece is told besides on the page. Where nobody said what is told, it is what waits for a decision.
fn is_told(settings: &Settings, reports: &Reports, piece: &Piece) -> bool {
    let notices = settings.notices.as_ref();
    let is_said = notices.is_some_and(|notices| notices.reports.is_some());
    reports.tells_somebody() && (is_said || piece.is_decision)
}

/// The way to the webhook of what one look finds.
fn new_delivery<H: Host>(host: &H) -> HookDelivery {
    HookDelivery {
        state: HookState::Waiting,
        id: format!("{}-{}", host.now().compact(), random_suffix(host)),
        attempts: 0,
        next: host.now(),
        why: None,
    }
}

/// Notes what is new since the last look.
pub(in crate::app) async fn look<H: Host>(host: &H) -> Result<(), WorkError> {
    let settings: Settings = load(host).await?;
    let reports = reports_of(&settings);
    let now = host.now();
    let head = newest_head(host).await?;
    let standing = holding(host, &reports, head.as_ref()).await?;
    let figures = head.map(|head| head.products).unwrap_or_default();
    let anchors: AnchorBook = load(host).await?;
    let webhook: WebhookBook = load(host).await?;
    let hook = webhook.webhook.map(|_| new_delivery(host));
    commit(host, async || {
        let mut book: NewsBook = load(host).await?;
        let mut active: ActiveRuns = load(host).await?;
        let before = book.clone();
        let mut pieces = book.enter(now, standing.clone());
        let over = std::mem::take(&mut active.ended);
        for id in &over {
            if let Some(run) = load_run(host, id).await? {
                let key = policy_revision_key(&run.policy.id, run.policy.revision);
                let policy: Option<Policy> = load_value(host, &key).await?;
                let own = policy.and_then(|policy| policy.report);
                if let Some(piece) = not_back(host, &run).await? {
                    pieces.push(piece);
                    if own.is_none() {
                        continue;
                    }
                }
                if let Some(mut piece) = ended(&run, own.as_ref(), reports.runs) {
                    piece.report = own.map(|_| key);
                    pieces.push(piece);
                }
            }
        }
        pieces.extend(week(&mut book, &reports, &figures, now));
        // Of each way there is an entry in the log that it was told.
        let is_both = reports.as_comment && reports.mails();
        let by_hook = hook.is_some() && reports.tells_somebody();
        let entries = 1 + u32::from(by_hook) + u32::from(is_both);
        pieces.extend(anchor(&mut book, &reports, &anchors, entries));
        let has_issue = settings.notices.is_some();
        let told = |piece: &Piece| {
            let is_told = match piece.report {
                Some(_) => has_issue,
                None => is_told(&settings, &reports, piece),
            };
            let message = if is_told {
                NewsMessage::Waiting
            } else {
                NewsMessage::Nobody
            };
            let is_both = is_both && is_told && piece.report.is_none();
            let comment = is_both.then_some(NewsTold {
                message,
                why: None,
                again: None,
            });
            (message, comment)
        };
        book.note(now, pieces, &told, hook.as_ref());
        let mut change = Change::default();
        if !over.is_empty() {
            change.writes.push(set(&active)?);
        }
        if book != before {
            change.writes.push(set(&book)?);
        }
        Ok((change, ()))
    })
    .await
}
