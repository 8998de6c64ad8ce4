//! Reading who answers for what on this site's Jira, as the app.

use super::holders::Holders;
use crate::app::calls::Calls;
use crate::app::records::Protect;
use crate::app::together::{Piece, together};
use crate::atlassian::{
    ApiError, ApiErrorKind, JiraFilter, JiraPage, JiraProject, components_page, filters_page,
    projects_page, read_components, read_filters, read_projects,
};
use crate::host::{Host, Request};
use crate::model::AccountId;

/// So many calls are made for one reading: the platform allows 1,500 of 900 seconds.
const MAX_CALLS: u32 = 1_000;
/// The components of so many projects are read at once.
const AT_ONCE: usize = 5;

/// Why it is not known who has a duty.
#[derive(Debug)]
pub(super) enum Gap {
    /// A call failed.
    Call(Box<ApiError>),
    /// Jira shows less than there is, or more than can be read.
    Incomplete(&'static str),
}

impl Gap {
    /// The same in words.
    pub(super) fn sentence(&self) -> String {
        match self {
            Gap::Call(error) => error.to_string(),
            Gap::Incomplete(why) => String::from(*why),
        }
    }
}

impl From<ApiError> for Gap {
    fn from(error: ApiError) -> Gap {
        Gap::Call(Box::new(error))
    }
}

/// Reads who has one of these duties.
pub(super) async fn read<H: Host>(calls: &Calls<'_, H>, of: Protect) -> Result<Holders, Gap> {
    let site = Site {
        calls,
        until: calls.made().saturating_add(MAX_CALLS),
    };
    let mut holders = Holders::new();
    if of.project_leads || of.default_assignees {
        let projects = site.projects().await?;
        note_leads(&projects, of, &mut holders);
        if of.default_assignees {
            site.note_components(&projects, &mut holders).await?;
        }
    }
    if of.filter_owners {
        let operation = "reading Jira's filters";
        let filters = site.pages(operation, &filters_page, read_filters).await?;
        note_owners(filters, &mut holders);
    }
    Ok(holders)
}

fn note(holders: &mut Holders, account: AccountId, duty: String) {
    holders.entry(account).or_insert(duty);
}

fn note_leads(projects: &[JiraProject], of: Protect, holders: &mut Holders) {
    for project in projects {
        let Some(lead) = &project.lead else { continue };
        let key = &project.key;
        if of.project_leads {
            note(holders, lead.clone(), format!("leads the project {key}"));
        } else if project.assigns_lead != Some(false) {
            let duty = format!("may be assigned new issues of the project {key}, as its lead");
            note(holders, lead.clone(), duty);
        }
    }
}

fn note_owners(filters: Vec<JiraFilter>, holders: &mut Holders) {
    for JiraFilter {
        id,
        owner,
        has_others,
    } in filters
    {
        let Some(owner) = owner else { continue };
        let duty = match has_others {
            Some(false) => continue,
            Some(true) => format!("owns the filter {id}, to which others are subscribed"),
            None => format!("undecided: who is subscribed to their filter {id} is not known"),
        };
        note(holders, owner, duty);
    }
}

/// This site's Jira, with as many calls as one reading may make.
struct Site<'a, 'h, H> {
    calls: &'a Calls<'h, H>,
    /// No more calls than so many of this invocation.
    until: u32,
}

impl<H: Host> Site<'_, '_, H> {
    /// Every project that the app may browse.
    async fn projects(&self) -> Result<Vec<JiraProject>, Gap> {
        let operation = "reading Jira's projects";
        let projects = self.pages(operation, &projects_page, read_projects).await?;
        if projects.is_empty() {
            return Err(Gap::Incomplete("jira shows the app no project"));
        }
        if projects.iter().all(|project| project.lead.is_none()) {
            return Err(Gap::Incomplete("jira names the lead of no project"));
        }
        Ok(projects)
    }

    /// Notes whom the components of some projects name.
    async fn note_components(
        &self,
        projects: &[JiraProject],
        holders: &mut Holders,
    ) -> Result<(), Gap> {
        for some in projects.chunks(AT_ONCE) {
            let pieces = some
                .iter()
                .map(|project| Box::pin(self.components(&project.key)) as Piece<'_, _>);
            let named: Vec<Result<Vec<Vec<AccountId>>, Gap>> = together(pieces.collect()).await;
            for (project, named) in some.iter().zip(named) {
                for account in named?.into_iter().flatten() {
                    let duty = format!(
                        "lead or assignee of a component of the project {}",
                        project.key
                    );
                    note(holders, account, duty);
                }
            }
        }
        Ok(())
    }

    async fn components(&self, project: &str) -> Result<Vec<Vec<AccountId>>, Gap> {
        let operation = "reading a project's components";
        let page = |start| components_page(project, start);
        match self.pages(operation, &page, read_components).await {
            // A project that was deleted meanwhile has none.
            Err(Gap::Call(error)) if error.kind == ApiErrorKind::NotFound => Ok(Vec::new()),
            other => other,
        }
    }

    /// Every row of a list.
    async fn pages<T>(
        &self,
        operation: &'static str,
        page: &dyn Fn(u32) -> Request,
        parse: fn(&[u8]) -> Result<JiraPage<T>, ApiError>,
    ) -> Result<Vec<T>, Gap> {
        let mut rows = Vec::new();
        loop {
            if self.calls.made() >= self.until {
                return Err(Gap::Incomplete("there is more than can be read at once"));
            }
            let start = u32::try_from(rows.len()).unwrap_or(u32::MAX);
            let response = self.calls.send(operation, page(start)).await?;
            let mut next = parse(&response.body)?;
            let is_over = next.is_last || next.rows.is_empty();
            rows.append(&mut next.rows);
            if is_over {
                let total = next.total.and_then(|total| usize::try_from(total).ok());
                return if total.is_some_and(|total| total > rows.len()) {
                    Err(Gap::Incomplete("jira's list ended before its own count"))
                } else {
                    Ok(rows)
                };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(account: &str) -> AccountId {
        AccountId(account.into())
    }

    fn listed(holders: &Holders) -> Vec<(&str, &str)> {
        holders
            .iter()
            .map(|(account, duty)| (account.as_str(), duty.as_str()))
            .collect()
    }

    #[test]
    fn leads_have_a_duty_and_get_issues_unless_their_project_says_otherwise() {
        let project = |key: &str, lead: Option<&str>, assigns_lead| JiraProject {
            key: key.into(),
            lead: lead.map(id),
            assigns_lead,
        };
        let projects = [
            project("A", Some("a"), None),
            project("B", Some("b"), Some(true)),
            project("C", Some("c"), Some(false)),
            project("D", Some("a"), Some(false)),
            project("E", None, None),
        ];
        let of = |project_leads, default_assignees| Protect {
            project_leads,
            default_assignees,
            ..Protect::default()
        };
        let mut holders = Holders::new();
        note_leads(&projects, of(true, true), &mut holders);
        let leads = [
            ("a", "leads the project A"),
            ("b", "leads the project B"),
            ("c", "leads the project C"),
        ];
        assert_eq!(listed(&holders), leads);
        let mut holders = Holders::new();
        note_leads(&projects, of(false, true), &mut holders);
        let accounts: Vec<&str> = holders.keys().map(AccountId::as_str).collect();
        assert_eq!(accounts, ["a", "b"]);
    }

    #[test]
    fn owners_have_a_duty_unless_nobody_else_is_subscribed() {
        let filter = |number: &str, owner: Option<&str>, has_others| JiraFilter {
            id: number.into(),
            owner: owner.map(id),
            has_others,
        };
        let filters = vec![
            filter("1", Some("a"), Some(true)),
            filter("2", Some("b"), Some(false)),
            filter("3", Some("c"), None),
            filter("4", None, Some(true)),
        ];
        let mut holders = Holders::new();
        note_owners(filters, &mut holders);
        let expected = [
            ("a", "owns the filter 1, to which others are subscribed"),
            (
                "c",
                "undecided: who is subscribed to their filter 3 is not known",
            ),
        ];
        assert_eq!(listed(&holders), expected);
    }
}
