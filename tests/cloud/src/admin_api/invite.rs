//! Invitations: people come into the directories of the products to which they are invited.

use serde_json::{Map, Value, json};

use super::body::{self, Field, Kind};
use super::errors::{application_error, bad_request, licence_limit};
use crate::cloud::Cloud;
use crate::message::Response;
use crate::organization::{Group, Membership, Product, Role, Standing};
use crate::switches::InvitationLands;

const FIELDS: [Field; 5] = [
    ("emails", Kind::Texts(25)),
    ("permissionRules", Kind::Any),
    ("additionalGroups", Kind::Any),
    ("sendNotification", Kind::Flag),
    ("notificationText", Kind::Text),
];

/// What somebody is invited to.
#[derive(Clone, Debug)]
pub(crate) struct Invitation {
    account_id: String,
    rules: Vec<(usize, Product, Role)>,
    groups: Vec<usize>,
}

impl Cloud {
    /// Whether the organization has a paid subscription: without one nobody can be invited through the API.
    pub fn set_paid(&mut self, paid: bool) {
        self.paid = paid;
    }

    /// A person accepts every invitation that waits for them. Answers how many there were.
    pub fn accept_invitations(&mut self, account_id: &str) -> usize {
        let all = std::mem::take(&mut self.invitations);
        let (theirs, others) = all
            .into_iter()
            .partition(|invitation| invitation.account_id == account_id);
        self.invitations = others;
        let theirs: Vec<Invitation> = theirs;
        for invitation in &theirs {
            self.let_in(invitation);
        }
        theirs.len()
    }

    /// `POST /v2/orgs/{orgId}/users/invite`.
    pub(super) fn invite(&mut self, body: &[u8], key_owner: &str) -> Response {
        let body = match body::parse(body, &FIELDS) {
            Ok(body) => body,
            Err(detail) => return bad_request(&detail),
        };
        if !self.paid {
            let detail = "You have no paid subscription";
            return application_error(402, "ADMIN-UAM-402-1", detail);
        }
        let emails = body::texts(&body, "emails");
        if emails.is_empty() {
            return bad_request("emails is required");
        }
        let wanted = self
            .rules(&body)
            .and_then(|rules| Ok((rules, self.additional_groups(&body)?)));
        let (rules, groups) = match wanted {
            Ok(wanted) => wanted,
            Err(refusal) => return refusal,
        };
        if self.lacks_seats(&emails, &rules) {
            return licence_limit("ADMIN-409-3");
        }
        let mut all_done = true;
        let mut rows = Vec::new();
        for email in &emails {
            let (row, done) = self.invite_one(email, &rules, &groups, key_owner);
            rows.push(row);
            all_done &= done;
        }
        let status = if all_done { 200 } else { 206 };
        Response::json(status, &json!({ "data": rows }))
    }

    fn invite_one(
        &mut self,
        email: &str,
        rules: &[(usize, Product, Role)],
        groups: &[usize],
        key_owner: &str,
    ) -> (Value, bool) {
        let users = self.organization.users.iter();
        let mut found = users.filter(|user| user.email.eq_ignore_ascii_case(email));
        // Nobody is made here who has no account.
        let account_id = found.next().map(|user| user.account_id.clone());
        let synced = |group: &usize| self.organization.groups[*group].external_synced;
        let (closed, joined): (Vec<usize>, Vec<usize>) = groups.iter().partition(|at| synced(at));
        let reason = match &account_id {
            Some(_) => Value::Null,
            None => json!("The account cannot be made"),
        };
        let status = if reason.is_null() { "INVITED" } else { "ERROR" };
        let roles: Vec<Value> = rules
            .iter()
            .map(|(site, product, role)| {
                json!({
                    "resource": self.organization.sites[*site].ari(*product),
                    "role": role.name(),
                    "status": status,
                    "statusReason": reason,
                })
            })
            .collect();
        let assigned: Vec<Value> = groups
            .iter()
            .map(|at| {
                let id = &self.organization.groups[*at].id;
                if closed.contains(at) {
                    let why = "The group is synced from an identity provider";
                    return json!({"group": id, "status": "ERROR", "statusReason": why});
                }
                json!({"group": id, "status": status, "statusReason": reason})
            })
            .collect();
        let done = closed.is_empty() && account_id.is_some();
        let row = json!({
            "id": account_id.clone().unwrap_or_default(),
            "email": email,
            "results": [{"roleAssignmentResult": roles, "groupAssignmentResult": assigned}],
        });
        if let Some(account_id) = account_id {
            let invitation = Invitation {
                account_id,
                rules: rules.to_vec(),
                groups: joined,
            };
            self.send(invitation, key_owner);
        }
        (row, done)
    }

    /// An invitation that is accepted at once, later, or never.
    fn send(&mut self, invitation: Invitation, key_owner: &str) {
        for (site, product, role) in &invitation.rules {
            let site = &self.organization.sites[*site];
            let object = format!("{}@{}", role.name(), site.ari(*product));
            let directory = Some(site.directory);
            let account_id = &invitation.account_id;
            self.record(
                "invited",
                account_id,
                directory,
                Some(object),
                Some(key_owner),
            );
        }
        match self.switches.invitation_lands {
            InvitationLands::AtOnce => self.let_in(&invitation),
            InvitationLands::OnceAccepted => self.invitations.push(invitation),
            InvitationLands::Nowhere => {}
        }
    }

    fn let_in(&mut self, invitation: &Invitation) {
        let (now, until) = (self.clock.now(), self.visible_from());
        let Ok(at) = self.organization.position(&invitation.account_id) else {
            return;
        };
        if until > now {
            self.organization.users[at].hold_memberships(now, until);
            self.organization.users[at].hold_groups(now, until);
        }
        let sites = invitation.rules.iter().map(|(site, ..)| *site);
        let sites: Vec<usize> = sites.collect();
        for site in sites {
            let directory = self.organization.sites[site].directory;
            let user = &mut self.organization.users[at];
            if !user.is_in(directory) {
                let membership = Membership::new(directory, Standing::Active);
                user.memberships.push(membership);
            }
        }
        for (site, product, role) in &invitation.rules {
            self.organization.assign(at, *site, *product, *role);
        }
        for group in &invitation.groups {
            let directory = self.organization.groups[*group].directory;
            if self.organization.users[at].is_in(directory) {
                self.organization.join(at, *group);
            }
        }
    }

    fn rules(&self, body: &Map<String, Value>) -> Result<Vec<(usize, Product, Role)>, Response> {
        let given = body.get("permissionRules").and_then(Value::as_array);
        let mut rules = Vec::new();
        for rule in given.into_iter().flatten() {
            let (resource, role) = (rule["resource"].as_str(), rule["role"].as_str());
            let (Some(resource), Some(role)) = (resource, role) else {
                return Err(bad_request("A rule is a resource and a role"));
            };
            let found = self.product_of(resource);
            let (site, product) = found.ok_or_else(|| not_found("The resource was not found"))?;
            let role = Role::ALL.into_iter().find(|known| known.name() == role);
            let role = role.filter(|role| role.fits(product));
            let role = role.ok_or_else(|| not_found("The role was not found"))?;
            rules.push((site, product, role));
        }
        Ok(rules)
    }

    fn additional_groups(&self, body: &Map<String, Value>) -> Result<Vec<usize>, Response> {
        let mut groups = Vec::new();
        for id in body::texts(body, "additionalGroups") {
            let id = id.strip_prefix(Group::ARI_PREFIX).unwrap_or(&id);
            let mut all = self.organization.groups.iter();
            let found = all.position(|group| group.id == id);
            groups.push(found.ok_or_else(|| not_found("The group was not found"))?);
        }
        Ok(groups)
    }

    fn lacks_seats(&self, emails: &[String], rules: &[(usize, Product, Role)]) -> bool {
        let now = self.clock.now();
        let users = self.organization.users.iter();
        let mut invited = users.filter(|user| emails.contains(&user.email));
        invited.any(|user| {
            rules.iter().any(|(site, product, role)| {
                role.takes_seat() && self.organization.lacks_seat(user, *site, *product, now)
            })
        })
    }
}

fn not_found(detail: &str) -> Response {
    application_error(404, "ADMIN-UAM-404-3", detail)
}
