//! The job that takes moves on: it looks where their people are, and makes for each the steps that are due.

use std::cell::Cell;

use super::at::At;
use super::book::{MovesBook, halted, is_lapsed};
use super::sight::look;
use super::step::Next;
use super::{inviting, leaving};
use crate::app::api::connected;
use crate::app::documents::load;
use crate::app::protect::duties;
use crate::app::records::{Move, MoveState, Settings};
use crate::app::sync::newest_head;
use crate::app::worker::{Flow, Job, WorkError, Worker};
use crate::atlassian::IDS_A_CALL;
use crate::host::Host;
use crate::model::{AccountId, DirectoryId};
use crate::plan::Protections;

/// Some people are looked at only if so much is left of the invocation.
const LOOK_MILLISECONDS: u32 = 120_000;
/// No move takes more steps in a row: from the invitation to the suspension that is seen.
const STEPS: u32 = 8;
/// The pause before a move that took so many goes on.
const PAUSE_SECONDS: u32 = 5;

impl<H: Host> At<'_, '_, H> {
    fn is_due(&self, found: &Move) -> bool {
        is_due(self.worker.host, found, self.halted.is_some())
    }

    /// Takes a move on as far as it goes; answers after how many seconds it goes on, if it does so soon.
    async fn take_on(&self, id: &str) -> Result<Option<u32>, WorkError> {
        for _ in 0..STEPS {
            let book: MovesBook = load(self.worker.host).await?;
            let Some(found) = book.get(id).filter(|found| self.is_due(found)) else {
                return Ok(None);
            };
            let next = match found.state {
                MoveState::Inviting => Box::pin(inviting::step(self, found)).await?,
                _ => Box::pin(leaving::step(self, found)).await?,
            };
            match next {
                Next::On => {}
                Next::Rest => return Ok(None),
                Next::Wait(seconds) => return Ok(Some(seconds)),
            }
        }
        Ok(Some(PAUSE_SECONDS))
    }
}

/// Whether there is something to do about a move. While nothing may be done, what is out is settled all the same.
fn is_due(host: &impl Host, found: &Move, is_halted: bool) -> bool {
    let is_meant = !is_halted || found.call.is_some();
    is_meant && found.state.wants_a_job() && !is_lapsed(found, host.now())
}

/// Takes on all moves that are approved and not over.
pub(in crate::app) async fn take_on<H: Host>(
    worker: &Worker<'_, H>,
    job: &Job,
    after: Option<&str>,
) -> Result<Flow, WorkError> {
    let host = worker.host;
    let book: MovesBook = load(host).await?;
    let pushed_for = after.and_then(|id| book.get(id));
    let is_early = pushed_for.is_some_and(|found| found.state == MoveState::AwaitingApproval);
    if is_early && worker.is_young(job) {
        return Ok(Flow::Again {
            seconds: PAUSE_SECONDS,
        });
    }
    let halted = halted(host).await?;
    let due: Vec<&Move> = book
        .moves
        .iter()
        .filter(|found| is_due(host, found, halted.is_some()))
        .collect();
    if due.is_empty() {
        return Ok(Flow::Over);
    }
    let (Some(api), Some(head)) = (connected(host).await?, newest_head(host).await?) else {
        return Ok(Flow::Over);
    };
    let mut directories: Vec<DirectoryId> = Vec::new();
    for directory in head.coverage.directories {
        directories.push(directory.id);
    }
    let settings: Settings = load(host).await?;
    let protect = settings.protect;
    let duties = match halted {
        // Nobody is acted on.
        Some(_) => Protections::default(),
        None => duties(worker, &api, protect).await?,
    };
    let counted = Cell::default();
    let mut soon: Option<u32> = None;
    for some in due.chunks(IDS_A_CALL) {
        if host.time_left() < LOOK_MILLISECONDS {
            return Ok(Flow::Next);
        }
        let accounts: Vec<AccountId> = some.iter().map(|found| found.account.clone()).collect();
        let mut look = look(&api, &directories, &accounts).await?;
        for found in some {
            look.ask_for_roles(&api, found).await?;
        }
        let at = At {
            worker,
            api: &api,
            look: &look,
            protect,
            duties: &duties,
            halted,
            counted: &counted,
        };
        for found in some {
            if let Some(seconds) = at.take_on(&found.id).await? {
                soon = Some(soon.map_or(seconds, |other| other.min(seconds)));
            }
        }
    }
    Ok(match soon {
        Some(seconds) => Flow::Again { seconds },
        None => Flow::Over,
    })
}
