//! The job that takes moves on: it looks where their people are, and makes for each the steps that are due.

use std::cell::Cell;

use super::book::{MovesBook, halted, is_lapsed};
use super::sight::{Look, look};
use super::step::Next;
use super::{inviting, leaving};
use crate::app::api::{Api, connected};
use crate::app::documents::load;
use crate::app::newest_snapshot;
use crate::app::protect::duties;
use crate::app::records::{Move, MoveState, Protect, Settings};
use crate::app::sync::newest_head;
use crate::app::worker::{Flow, Job, WorkError, Worker};
use crate::atlassian::IDS_A_CALL;
use crate::host::Host;
use crate::model::{AccountId, DirectoryId};
use crate::plan::{Protections, population};

/// Some people are looked at only if so much is left of the invocation.
const LOOK_MILLISECONDS: u32 = 120_000;
/// The oldest reading that an action may rest on (RULES R6).
const READING_SECONDS: i64 = 110;
/// No move takes more steps in a row: from the invitation to the suspension that is seen.
const STEPS: u32 = 8;
/// The pause before a move that took so many goes on.
const PAUSE_SECONDS: u32 = 5;

/// What the steps of moves rest on.
#[derive(Debug)]
pub(super) struct At<'a, 'h, H> {
    pub(super) worker: &'a Worker<'h, H>,
    pub(super) api: &'a Api<'h, H>,
    pub(super) look: &'a Look,
    /// Who is protected besides those who always are.
    pub(super) protect: Protect,
    /// Whom the duties among these protect.
    pub(super) duties: &'a Protections,
    /// Why nothing but the calls that are out was looked after from the beginning, if so.
    halted: Option<&'static str>,
    counted: &'a Cell<Option<u32>>,
}

impl<H: Host> At<'_, '_, H> {
    /// From how many people a suspension can take something, as the newest reading knows it (RULES R8).
    pub(super) async fn population(&self) -> Result<u32, WorkError> {
        if let Some(known) = self.counted.get() {
            return Ok(known);
        }
        let newest = newest_snapshot(self.worker.host).await?;
        let people = newest.map_or(0, |(_, snapshot)| population(&snapshot, |_| true));
        self.counted.set(Some(people));
        Ok(people)
    }

    /// Why no call may be made now, if so.
    pub(super) async fn halted(&self) -> Result<Option<&'static str>, WorkError> {
        Ok(match self.halted {
            Some(why) => Some(why),
            None => halted(self.worker.host).await?,
        })
    }

    /// Whether the look is too old to act on.
    pub(super) fn is_late(&self) -> bool {
        self.worker.host.now().since(self.look.at) > READING_SECONDS
    }

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
