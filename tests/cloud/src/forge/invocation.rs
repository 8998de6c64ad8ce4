//! What the platform hands to a function of the app.

use serde::Serialize;
use serde_json::{Value, json};

use super::manifest::{Function, Manifest};
use crate::cloud::Cloud;

/// The time limit of a resolver, which cannot be raised, in seconds.
const RESOLVER_SECONDS: u32 = 25;
/// The time limit of web triggers, in seconds.
const WEB_TRIGGER_SECONDS: u32 = 55;
/// The time limit of consumers and scheduled triggers that declare none, in seconds.
const ASYNC_SECONDS: u32 = 55;

/// One call of one function of the app.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Invocation {
    /// Its id; pushes made within it may name it (see [`Cloud::queue_publish_within`]).
    pub id: u64,
    /// The function's key in the manifest.
    pub function_key: String,
    /// `file.export`.
    pub handler: String,
    /// Such as `consumer`.
    pub module_type: String,
    /// The module's key in the manifest.
    pub module_key: String,
    /// After this time the platform kills it.
    pub timeout_seconds: u32,
    /// The first argument of the handler.
    pub payload: Value,
    /// The second argument of the handler.
    pub context: Value,
}

/// Why a function cannot be called.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvocationError {
    /// The manifest has no such module, or the module has no function.
    #[error("the manifest declares no {0} with a function, install a manifest that does")]
    Undeclared(String),
}

/// The parts of an invocation that its module decides.
pub(crate) struct Module<'a> {
    pub module_type: &'a str,
    pub key: &'a str,
    pub function: &'a str,
}

impl Cloud {
    /// The call that the page makes when a person uses it: the module's resolver, with the person as principal.
    pub fn resolver_invocation(
        &mut self,
        module_key: &str,
        function_key: &str,
        payload: &Value,
        account_id: &str,
    ) -> Result<Invocation, InvocationError> {
        let page = self
            .forge
            .manifest
            .pages
            .iter()
            .find(|page| page.key == module_key)
            .cloned();
        let undeclared = || InvocationError::Undeclared(format!("page {module_key}"));
        let page = page.ok_or_else(undeclared)?;
        let function = page.function.ok_or_else(undeclared)?;
        let site = &self.organization.sites[0];
        let payload = json!({
            "call": {"functionKey": function_key, "payload": payload},
            "context": {
                "cloudId": site.cloud_id,
                "moduleKey": module_key,
                "localId": format!("{}/{module_key}", self.forge.installation),
                "siteUrl": format!("https://{}", site.host()),
                "environmentType": "DEVELOPMENT",
                "extension": {"type": page.module_type, "location": format!("https://{}/jira", site.host())},
            },
        });
        let module = Module {
            module_type: &page.module_type,
            key: &page.key,
            function: &function,
        };
        self.invocation(&module, payload, Some(account_id))
    }

    /// An invocation of a declared module.
    pub(crate) fn invocation(
        &mut self,
        module: &Module<'_>,
        payload: Value,
        account_id: Option<&str>,
    ) -> Result<Invocation, InvocationError> {
        let function = function_of(&self.forge.manifest, module)?;
        let timeout_seconds = match module.module_type {
            "consumer" | "scheduledTrigger" => function.timeout_seconds.unwrap_or(ASYNC_SECONDS),
            "webtrigger" => WEB_TRIGGER_SECONDS,
            _ => RESOLVER_SECONDS,
        };
        self.meter.invocation(&function.key);
        self.forge.invocations += 1;
        Ok(Invocation {
            id: self.forge.invocations,
            function_key: function.key,
            handler: function.handler,
            module_type: module.module_type.to_owned(),
            module_key: module.key.to_owned(),
            timeout_seconds,
            payload,
            context: self.handler_context(account_id),
        })
    }

    fn handler_context(&self, account_id: Option<&str>) -> Value {
        let site = &self.organization.sites[0];
        let mut context = json!({
            "installContext": format!("ari:cloud:jira::site/{}", site.cloud_id),
            "installation": {
                "ari": format!("ari:cloud:ecosystem::installation/{}", self.forge.installation),
                "contexts": [format!("ari:cloud:jira::site/{}", site.cloud_id)],
            },
        });
        // The platform names a principal only where a person is present.
        if let Some(account_id) = account_id {
            context["principal"] = json!({"accountId": account_id});
        }
        context
    }
}

fn function_of(manifest: &Manifest, module: &Module<'_>) -> Result<Function, InvocationError> {
    manifest
        .function(module.function)
        .cloned()
        .ok_or_else(|| InvocationError::Undeclared(format!("function {}", module.function)))
}
