//! Well-known people of a generated organization, for scripts and tests.

use serde::Serialize;

/// Account ids with a known part to play.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct People {
    /// Organization administrators in daily use; the first usually owns the API key.
    pub org_admins: Vec<String>,
    /// Organization and site administrators who match the demonstration's policy and must be spared.
    pub idle_admins: Vec<String>,
    /// People who may administer Jira on the first site and are no organization administrators.
    pub jira_admins: Vec<String>,
    /// Ordinary, active people in daily use.
    pub ordinary: Vec<String>,
    /// Idle contractors who match the demonstration's policy, beyond any boundary.
    pub idle_contractors: Vec<String>,
    /// Contractors last active around 90 days and 90 days + 24 hours before the reference time.
    pub boundary: Vec<String>,
}

impl People {
    /// Whether somebody has a part to play.
    pub fn has(&self, account_id: &str) -> bool {
        [
            &self.org_admins,
            &self.idle_admins,
            &self.jira_admins,
            &self.ordinary,
            &self.idle_contractors,
            &self.boundary,
        ]
        .into_iter()
        .any(|part| part.iter().any(|id| id == account_id))
    }
}
