//! What settings become when exported ones are taken over.

use crate::app::records::{ApprovalIssues, Notices, Settings};

/// Settings as they are once others are taken over. What is stopped stays stopped, and the reverse; and whose project was
/// confirmed elsewhere is confirmed here by nobody.
pub(super) fn merged(present: &Settings, exported: &Settings, named: &[String]) -> Settings {
    let mut settings = present.clone();
    for name in named {
        match name.as_str() {
            "percentPerDay" => settings.percent_per_day = exported.percent_per_day,
            "coverage" => settings.coverage = exported.coverage,
            "roles" => settings.roles.clone_from(&exported.roles),
            "approvalIssues" => {
                settings.approval_issues =
                    exported
                        .approval_issues
                        .as_ref()
                        .map(|issues| ApprovalIssues {
                            confirmed_browsers: present.approval_issues.as_ref() == Some(issues)
                                && issues.confirmed_browsers,
                            ..issues.clone()
                        });
            }
            "requests" => settings.requests.clone_from(&exported.requests),
            "retentionDays" => settings.retention_days = exported.retention_days,
            "anchorIssue" => settings.anchor_issue.clone_from(&exported.anchor_issue),
            "notices" => {
                settings.notices = exported.notices.clone().map(|notices| Notices {
                    everybody_browses: match notices.everybody_browses {
                        Some(false) => Some(false),
                        _ => present.everybody_browses(&notices.issue),
                    },
                    ..notices
                });
            }
            "onLogIn" => settings.on_log_in = exported.on_log_in,
            "experiments" => settings.experiments = exported.experiments,
            "protect" => settings.protect = exported.protect,
            "prices" => settings.prices.clone_from(&exported.prices),
            "fields" => settings.fields.clone_from(&exported.fields),
            "blackOuts" => settings.black_outs.clone_from(&exported.black_outs),
            _ => {}
        }
    }
    settings
}
