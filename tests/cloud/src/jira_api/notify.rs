//! Mail about an issue to whomever the caller names: `POST /rest/api/3/issue/{issue}/notify`.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::issues::{Issue, ShownTo};
use super::{Caller, error};
use crate::cloud::Cloud;
use crate::inbox::Mail;
use crate::message::{Request, Response};
use crate::organization::{Product, User};

/// What every recipient needs, whatever the caller asks for besides.
const BROWSE: [&str; 2] = ["BROWSE", "BROWSE_PROJECTS"];
const MOST_ID_BYTES: usize = 128;

/// The body of the request. What the document allows besides is let be.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Notification {
    subject: Option<String>,
    text_body: Option<String>,
    html_body: Option<String>,
    to: Recipients,
    restrict: Restrictions,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Recipients {
    users: Vec<Account>,
    groups: Vec<GroupName>,
    group_ids: Vec<String>,
    reporter: bool,
    assignee: bool,
    // Nobody watches issues here, or votes for them.
    watchers: bool,
    voters: bool,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Restrictions {
    permissions: Vec<Permission>,
    groups: Vec<GroupName>,
    group_ids: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Account {
    account_id: Option<String>,
}

#[derive(Deserialize)]
struct GroupName {
    name: Option<String>,
}

#[derive(Deserialize)]
struct Permission {
    key: Option<String>,
}

impl Cloud {
    /// Takes the mail for delivery: 204, whoever gets it. Inactive and unknown people get nothing, and nobody is told.
    pub(super) fn notify(
        &mut self,
        id: &str,
        caller: &Caller,
        request: &Request,
    ) -> Result<Response, Response> {
        let issue = self.issues.find(id)?;
        if !request.is_json() {
            return Err(Response::empty(415));
        }
        let unread = |_| error(400, "The notification cannot be read.");
        // Read as an object first: a list of values in the order of the fields is none.
        let body: Map<String, Value> = serde_json::from_slice(&request.body).map_err(unread)?;
        let notification: Notification =
            serde_json::from_value(Value::Object(body)).map_err(unread)?;
        if self.inbox.is_off() {
            return Err(error(403, "Outgoing emails are disabled."));
        }
        let mut recipients = self.recipients(issue, &notification.to)?;
        let own = match caller {
            Caller::App => self.app_account(),
            Caller::User(account_id) => account_id.clone(),
        };
        recipients.remove(&own);
        if recipients.is_empty() {
            let message = "No recipients were defined for the notification.";
            return Err(error(400, message));
        }
        let restrict = self.restriction(&notification.restrict)?;
        let subject = notification.subject.clone().unwrap_or_else(|| {
            let summary = issue.fields["summary"].as_str().unwrap_or_default();
            format!("{} {summary}", issue.key)
        });
        let site = self.jira_host();
        let sent: Vec<Mail> = self
            .jira_users_of_site()
            .filter(|user| recipients.contains(&user.account_id))
            .filter(|user| self.is_active_in_jira(user))
            .filter(|user| self.gets_mail(user, issue, &restrict))
            .map(|user| Mail {
                number: 0,
                at: self.clock.now(),
                account_id: user.account_id.clone(),
                name: user.name.clone(),
                address: user.email.clone(),
                site: site.clone(),
                subject: subject.clone(),
                text: notification.text_body.clone(),
                html: notification.html_body.clone(),
                issue: issue.key.clone(),
                answer_lost: false,
            })
            .collect();
        for mail in sent {
            self.inbox.deliver(mail);
        }
        Ok(Response::empty(204))
    }

    /// Who is meant, by account id: each once.
    fn recipients(&self, issue: &Issue, to: &Recipients) -> Result<BTreeSet<String>, Response> {
        let mut all = BTreeSet::new();
        for user in &to.users {
            let id = user.account_id.as_deref().unwrap_or_default();
            if id.is_empty() || id.len() > MOST_ID_BYTES {
                return Err(error(400, "A user is named without an accountId."));
            }
            all.insert(id.to_owned());
        }
        let groups = self.groups_of(&to.groups, &to.group_ids)?;
        let members = self.jira_users_of_site();
        let members = members.filter(|user| groups.iter().any(|group| user.groups.contains(group)));
        all.extend(members.map(|user| user.account_id.clone()));
        for (wanted, field) in [(to.reporter, "reporter"), (to.assignee, "assignee")] {
            let id = issue.fields[field]["accountId"].as_str();
            match (wanted, id) {
                (false, _) => {}
                (true, Some(id)) => drop(all.insert(id.to_owned())),
                // The app made the issue.
                (true, None) if field == "reporter" => drop(all.insert(self.app_account())),
                (true, None) => return Err(error(400, "The issue is unassigned.")),
            }
        }
        Ok(all)
    }

    fn restriction(&self, restrict: &Restrictions) -> Result<Restriction, Response> {
        let mut browse = false;
        for permission in &restrict.permissions {
            let key = permission.key.as_deref();
            if !key.is_some_and(|key| BROWSE.contains(&key)) {
                return Err(error(400, "Only the permission to browse is simulated."));
            }
            browse = true;
        }
        Ok(Restriction {
            browse,
            groups: self.groups_of(&restrict.groups, &restrict.group_ids)?,
        })
    }

    /// Groups by names and ids, as positions in the organization's list.
    fn groups_of(&self, names: &[GroupName], ids: &[String]) -> Result<Vec<usize>, Response> {
        let names = names
            .iter()
            .map(|group| (false, group.name.as_deref().unwrap_or_default()));
        let ids = ids.iter().map(|id| (true, id.as_str()));
        let mut found = Vec::new();
        for (by_id, wanted) in names.chain(ids) {
            let group = self
                .jira_site_groups()
                .find(|group| wanted == if by_id { &group.id } else { &group.name })
                .and_then(|group| self.organization.group_position(&group.id))
                .ok_or_else(|| error(400, "A group that is named does not exist."))?;
            found.push(group);
        }
        Ok(found)
    }

    fn gets_mail(&self, user: &User, issue: &Issue, restrict: &Restriction) -> bool {
        let browses = self.may_browse(user, issue);
        let in_group = |group: &usize| user.groups.contains(group);
        (browses || self.switches.mail_without_browse && !restrict.browse)
            && (restrict.groups.is_empty() || restrict.groups.iter().any(in_group))
    }

    /// Whether a person may browse an issue: they have one of Jira's products on the site, and the issue is shown to them.
    fn may_browse(&self, user: &User, issue: &Issue) -> bool {
        let jira = [Product::JiraSoftware, Product::ServiceManagement];
        let mut accesses = user.accesses.iter();
        let has_jira = accesses.any(|access| access.site == 0 && jira.contains(&access.product));
        let is_shown = match &issue.shown_to {
            ShownTo::Everybody | ShownTo::PeopleOnly => true,
            ShownTo::Group(name) => {
                let group = self.organization.group_position(name);
                group.is_some_and(|group| user.groups.contains(&group))
            }
        };
        has_jira && is_shown
    }
}

/// What a recipient must be able to do, or be in one of.
struct Restriction {
    browse: bool,
    groups: Vec<usize>,
}
