//! The Forge platform around one installation of one app: manifest, storage, queues, schedule, invocations.

mod egress;
mod invocation;
mod manifest;
mod privacy;
mod publish;
mod queue;
mod schedule;
mod storage;
mod web_trigger;

pub use egress::{Answering, REFUSED, Received};
pub use invocation::{Invocation, InvocationError};
pub use manifest::{Manifest, ManifestError};
pub use queue::{Delivery, JobStats, Outcome, QueueState, RetryContext};
pub use storage::Storage;
pub use web_trigger::{Output, WebTrigger};

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde_json::Value;

use crate::cloud::Cloud;
use crate::organization::{Organization, uuid};
use queue::Queues;
use schedule::Schedule;

/// The platform's state for the installation.
#[derive(Clone, Debug)]
pub struct Forge {
    /// The installation's UUID.
    pub(crate) installation: String,
    pub(crate) manifest: Manifest,
    pub(crate) storage: Storage,
    pub(crate) queues: Queues,
    pub(crate) schedule: Schedule,
    pub(crate) privacy: privacy::Privacy,
    pub(crate) outside: egress::Outside,
    pub(crate) web_trigger_urls: web_trigger::WebTriggerUrls,
    /// Invocations so far; the last one's id.
    pub(crate) invocations: u64,
}

impl Forge {
    pub(crate) fn new(seed: u64, organization: &Organization) -> Self {
        let draw = &mut ChaCha8Rng::seed_from_u64(seed ^ organization.users.len() as u64);
        let installation = uuid(draw);
        Forge {
            web_trigger_urls: web_trigger::WebTriggerUrls::new(seed, &installation),
            installation,
            manifest: Manifest::default(),
            storage: Storage::default(),
            queues: Queues::default(),
            schedule: Schedule::default(),
            privacy: privacy::Privacy::default(),
            outside: egress::Outside::default(),
            invocations: 0,
        }
    }
}

impl Cloud {
    /// Installs the app on the first site, or upgrades it: the storage and the queues stay, the triggers start anew.
    pub fn install(&mut self, manifest: &Value) -> Result<(), ManifestError> {
        self.forge.manifest = Manifest::read(manifest)?;
        let now = self.clock.now();
        self.forge
            .schedule
            .restart(&self.forge.manifest.scheduled, now);
        Ok(())
    }

    /// What the installed app declared.
    pub fn manifest(&self) -> &Manifest {
        &self.forge.manifest
    }
}
