//! Where the steps of a move stand: what was just read, who is protected, and what keeps them from calls.

use std::cell::Cell;

use super::book::halted;
use super::sight::Look;
use crate::app::api::Api;
use crate::app::newest_snapshot;
use crate::app::records::Protect;
use crate::app::worker::{WorkError, Worker};
use crate::host::Host;
use crate::plan::{Protections, population};

/// The oldest reading that an action may rest on (RULES R6).
const READING_SECONDS: i64 = 110;

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
    pub(super) halted: Option<&'static str>,
    /// The population, once it was counted.
    pub(super) counted: &'a Cell<Option<u32>>,
}

impl<H: Host> At<'_, '_, H> {
    /// From how many people a suspension can take something, as the newest reading knows it (RULES R8).
    pub(super) async fn population(&self) -> Result<u32, WorkError> {
        if let Some(known) = self.counted.get() {
            return Ok(known);
        }
        let newest = newest_snapshot(self.worker.host).await?;
        let people = newest.map_or(0, |(_, snapshot)| {
            population(&snapshot, |_| true, |_| false)
        });
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
}
