//! Every call of a service goes through here: at the service's own pace, with one answer or one error in words.

use std::cell::{Cell, RefCell};
use std::pin::Pin;

use super::documents::{Document, load_value, set};
use crate::atlassian::{ApiError, ApiErrorKind, Pacer, Pause, check};
use crate::host::{Host, Request, Response, Service, StorageError};
use crate::model::Time;

/// The paces that invocations tell one another.
impl Document for Pacer {
    const KEY: &'static str = "pace";
}

/// For whom calls are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asker {
    /// A job, which can wait.
    Job,
    /// A person at the page: for them some calls are kept back.
    Person,
}

/// The calls of one invocation.
#[derive(Debug)]
pub(super) struct Calls<'h, H> {
    pub(super) host: &'h H,
    asker: Asker,
    pacer: RefCell<Pacer>,
    /// How many calls were made.
    made: Cell<u32>,
}

impl<'h, H: Host> Calls<'h, H> {
    /// With what earlier invocations learnt.
    pub(super) async fn load(host: &'h H, asker: Asker) -> Result<Self, StorageError> {
        let pacer = match load_value(host, Pacer::KEY).await {
            // What cannot be read any more is learnt again.
            Err(StorageError::Failed(_)) => None,
            other => other?,
        };
        Ok(Calls {
            host,
            asker,
            pacer: RefCell::new(pacer.unwrap_or_default()),
            made: Cell::default(),
        })
    }

    /// For a person whose calls are theirs, not the app's: nothing that the app learnt is about them.
    pub(super) fn of_person(host: &'h H) -> Self {
        Calls {
            host,
            asker: Asker::Person,
            pacer: RefCell::default(),
            made: Cell::default(),
        }
    }

    /// How many calls this invocation has made: the platform allows so many for each of its minutes (forge-platform §1.3).
    pub(super) fn made(&self) -> u32 {
        self.made.get()
    }

    /// Sends a request, unless it would be refused for its pace. Boxed, so that its code is not copied into every caller.
    pub(super) fn send(
        &self,
        operation: &'static str,
        request: Request,
    ) -> Pin<Box<dyn Future<Output = Result<Response, ApiError>> + '_>> {
        Box::pin(async move {
            let service = request.service;
            let now = self.host.now();
            if let Err(pause) = self.ask(service, operation, now) {
                return Err(ApiError::too_early(operation, pause, now));
            }
            self.made.set(self.made.get().saturating_add(1));
            let answer = self.host.send(request).await;
            let now = self.host.now();
            let nothing = Response::default();
            let response = answer.as_ref().unwrap_or(&nothing);
            let jitter = self.host.random().first().copied().unwrap_or_default();
            let others_must_know = self
                .pacer
                .borrow_mut()
                .learn(service, operation, response, now, jitter);
            if others_must_know {
                self.keep().await;
            }
            let mut checked = check(operation, service, now, answer);
            if let Err(error) = &mut checked
                && let ApiErrorKind::RateLimited { wait_seconds } = &mut error.kind
                && let Err(pause) = self.ask(service, operation, now)
            {
                *wait_seconds = pause.seconds(now).max(*wait_seconds);
            }
            checked
        })
    }

    fn ask(&self, service: Service, operation: &'static str, now: Time) -> Result<(), Pause> {
        let pacer = self.pacer.borrow();
        match self.asker {
            Asker::Job => pacer.ask(service, operation, now),
            Asker::Person => pacer.ask_for_person(service, operation, now),
        }
    }

    /// Tells other invocations. Where that fails they learn it themselves.
    async fn keep(&self) {
        let write = set(&*self.pacer.borrow());
        if let Ok(write) = write {
            let _ = self.host.transact(vec![write]).await;
        }
    }
}
