//! Who can be moved at all: whoever cannot be is refused at once.

use cloud::organization::Standing;
use cloud::switches::InvitationLands;
use seatkeeper::app::admin::Command;
use seatkeeper::app::records::ExemptionSubject;
use seatkeeper::model::{AccountId, GroupId, Resource};

use super::{begin, directory, jira_on, movable, pass, scene, switch, wish};
use crate::scene::exempt;

#[test]
fn who_cannot_be_moved_is_refused_at_once() {
    let scene = scene(22, InvitationLands::AtOnce);
    let people = movable(&scene);
    let subject = ExemptionSubject::User {
        account: AccountId(people[0].clone()),
    };
    scene.order(exempt(subject, "on leave"));
    let (several, silent, idle) = {
        let mut cloud = scene.world.cloud.borrow_mut();
        for account in &people[1..3] {
            let told = cloud.change_user(account, |user| user.missing.email = true);
            told.expect("a person");
        }
        let here_only = cloud.change_user(&scene.first, |user| {
            user.memberships.truncate(1);
            user.accesses.retain(|access| access.site == 0);
        });
        here_only.expect("a person");
        cloud.set_org_admin(&people[6], true).expect("a person");
        let suspended = cloud.set_standing(&people[3], Standing::Suspended);
        suspended.expect("a person");
        let mut users = cloud.organization().users.iter();
        let several = users.find(|user| {
            user.memberships.len() == 2 && user.is_active_in(0, cloud.now()) && !user.missing.email
        });
        (
            several.expect("somebody").account_id.clone(),
            people[1].clone(),
            people[3].clone(),
        )
    };
    pass(&scene, 60);
    scene.order(Command::StartSync {});
    scene.world.deliver_all();
    let administering = {
        let cloud = scene.world.cloud.borrow();
        let mut groups = cloud.organization().groups.iter();
        let group = groups.find(|group| group.name.starts_with("jira-admins"));
        GroupId(group.expect("a group").id.clone())
    };
    let movable = &people[4];
    type Twist<'t> = &'t dyn Fn(&mut Command);
    let plain: Twist<'_> = &|_| {};
    let (other, own) = (directory(&scene, 1), jira_on(&scene, 0));
    let away: Twist<'_> = &|command| {
        if let Command::BeginMove { from, .. } = command {
            from.clone_from(&other);
        }
    };
    let inside: Twist<'_> = &|command| {
        if let Command::BeginMove { resource, .. } = command {
            resource.clone_from(&own);
        }
    };
    let nowhere: Twist<'_> = &|command| {
        if let Command::BeginMove { resource, .. } = command {
            *resource = Resource("ari:cloud:jira-software::site/none".into());
        }
    };
    let powerful: Twist<'_> = &|command| {
        if let Command::BeginMove { role, .. } = command {
            *role = Some("atlassian/admin".into());
        }
    };
    let ruling: Twist<'_> = &|command| {
        if let Command::BeginMove { groups, .. } = command {
            *groups = Some(vec![administering.clone()]);
        }
    };
    for (account, twist, why) in [
        (&people[0], plain, "exempt by name"),
        (&people[6], plain, "organization administrator"),
        (&scene.first, plain, "protected"),
        (&several, plain, "several directories"),
        (&silent, plain, "e-mail address"),
        (&idle, plain, "not active"),
        (movable, away, "does not list"),
        (movable, inside, "belongs to the directory"),
        (movable, nowhere, "no such product"),
        (movable, powerful, "administers nothing"),
        (movable, ruling, "makes administrators"),
    ] {
        let mut command = wish(&scene, account);
        twist(&mut command);
        let refusal = scene.refused(&scene.first, command);
        assert_eq!(refusal.code, "invalid", "{why}: {refusal:?}");
        assert!(refusal.message.contains(why), "{why}: {refusal:?}");
    }
    begin(&scene, movable);
    let refusal = scene.refused(&scene.first, wish(&scene, movable));
    assert_eq!(refusal.code, "wrong-state");
    switch(&scene, false);
    let refusal = scene.refused(&scene.first, wish(&scene, &people[5]));
    assert!(refusal.message.contains("experiment"), "{refusal:?}");
}
