//! Reads that are tried again at once, a few times: a connection that was cut or a server in trouble is mostly well a
//! moment later, and putting the job back on the queue would read the whole snapshot again.

use std::pin::Pin;

use crate::app::api::Api;
use crate::atlassian::{ApiError, ApiErrorKind};
use crate::host::{Host, Request};

/// How often a read is tried.
const ATTEMPTS: u32 = 4;

/// The organization's API, read with patience.
pub(super) struct Insistent<'a, 'h, H> {
    pub(super) api: &'a Api<'h, H>,
}

impl<'a, 'h, H: Host> Insistent<'a, 'h, H> {
    pub(super) fn new(api: &'a Api<'h, H>) -> Insistent<'a, 'h, H> {
        Insistent { api }
    }

    pub(super) fn host(&self) -> &'h H {
        self.api.host
    }

    /// Sends a request and reads the answer. A limit of requests is not waited for here.
    pub(super) async fn read<T>(
        &self,
        operation: &'static str,
        request: Request,
        parse: impl Fn(&[u8]) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        let mut read = None;
        self.insist(operation, request, &mut |body| {
            read = Some(parse(body)?);
            Ok(())
        })
        .await?;
        read.ok_or_else(|| ApiError::not_understood(operation))
    }

    /// Boxed, and not generic in what is read, so that its code is there once.
    fn insist<'f>(
        &'f self,
        operation: &'static str,
        request: Request,
        take: &'f mut dyn FnMut(&[u8]) -> Result<(), ApiError>,
    ) -> Pin<Box<dyn Future<Output = Result<(), ApiError>> + 'f>> {
        Box::pin(async move {
            let mut attempt = 1;
            loop {
                let answer = self.api.call(operation, request.clone()).await;
                let error = match answer.and_then(|response| take(&response.body)) {
                    Ok(()) => return Ok(()),
                    Err(error) => error,
                };
                let may_have_passed = matches!(
                    error.kind,
                    ApiErrorKind::Server | ApiErrorKind::NoAnswer | ApiErrorKind::NotUnderstood
                );
                if !may_have_passed || attempt >= ATTEMPTS {
                    return Err(error);
                }
                attempt += 1;
            }
        })
    }
}
