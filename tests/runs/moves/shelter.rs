//! What keeps a person of a move from being invited or suspended: protections, exemptions, the cap of the day, a suspect
//! reading.

use cloud::organization::{Group, Project};
use cloud::switches::InvitationLands;
use seatkeeper::app::admin::Command;
use seatkeeper::app::records::{ExemptionSubject, MoveState, Protect};
use seatkeeper::model::{AccountId, HOUR};

use super::{approved, effects, found, movable, pass, scene, suspensions, tick_after, wish};
use crate::scene::{Scene, exempt};

#[test]
fn suspensions_of_moves_count_against_the_days_cap() {
    let scene = scene(20, InvitationLands::AtOnce);
    // The least there is: one person a day.
    scene.order(Command::SetLimits { percent_per_day: 1 });
    pass(&scene, 60);
    let people = movable(&scene);
    let ids: Vec<String> = people[..2]
        .iter()
        .map(|account| approved(&scene, account))
        .collect();
    scene.world.deliver_all();
    let states =
        |scene: &Scene| -> Vec<MoveState> { ids.iter().map(|id| found(scene, id).state).collect() };
    assert_eq!(states(&scene), [MoveState::Done, MoveState::Invited]);
    let waits = found(&scene, &ids[1]).message.expect("a message");
    assert!(
        waits.starts_with("waits for another day: 1 people and 1 of other runs"),
        "{waits}"
    );
    tick_after(&scene, 23 * HOUR);
    assert_eq!(states(&scene), [MoveState::Done, MoveState::Invited]);
    tick_after(&scene, HOUR);
    tick_after(&scene, HOUR);
    assert_eq!(states(&scene), [MoveState::Done, MoveState::Done]);
}

#[test]
fn whoever_is_sheltered_meanwhile_is_not_suspended() {
    let scene = scene(31, InvitationLands::OnceAccepted);
    let people = movable(&scene);
    let ids: Vec<String> = people[..3]
        .iter()
        .map(|account| approved(&scene, account))
        .collect();
    scene.world.deliver_all();
    for account in &people[..3] {
        scene.world.cloud.borrow_mut().accept_invitations(account);
    }
    let subject = ExemptionSubject::User {
        account: AccountId(people[0].clone()),
    };
    scene.order(exempt(subject, "on leave"));
    let promoted = scene
        .world
        .cloud
        .borrow_mut()
        .set_org_admin(&people[1], true);
    promoted.expect("a person");
    tick_after(&scene, 2 * HOUR);
    for (id, why) in [
        (&ids[0], "exempt by name"),
        (&ids[1], "organization administrator"),
    ] {
        let failed = found(&scene, id);
        assert_eq!(failed.state, MoveState::Failed, "{failed:?}");
        let message = failed.message.expect("a message");
        assert!(message.contains(why), "{message}");
    }
    for account in &people[..2] {
        assert_eq!(suspensions(&scene, account), 0);
    }
    assert_eq!(found(&scene, &ids[2]).state, MoveState::Done);
}

fn protect(scene: &Scene, protect: Protect) {
    scene.order(Command::SetProtections { protect });
}

/// Makes somebody lead a project.
fn give_project(scene: &Scene, lead: &str) {
    let project = Project {
        key: String::from("OPS"),
        lead: lead.to_owned(),
        open: true,
        components: vec![],
    };
    let mut cloud = scene.world.cloud.borrow_mut();
    cloud.jira_content().projects.push(project);
}

/// Makes somebody the only active member of a group of administrators of the first directory.
fn leave_alone_in_admins(scene: &Scene, account: &str) {
    let mut cloud = scene.world.cloud.borrow_mut();
    let group = {
        let mut groups = cloud.organization().groups.iter();
        let is_it = |group: &Group| group.directory == 0 && group.name.starts_with("jira-admins");
        groups.position(is_it).expect("a group")
    };
    let users = cloud.organization().users.iter();
    let all: Vec<String> = users.map(|user| user.account_id.clone()).collect();
    for other in all {
        let changed = cloud.change_user(&other, |user| {
            user.groups.retain(|held| *held != group);
            if other == account {
                user.groups.push(group);
            }
        });
        changed.expect("a person");
    }
}

#[test]
fn what_protects_from_runs_protects_from_moves() {
    let leads = Protect {
        project_leads: true,
        ..Protect::default()
    };
    let tokens = Protect {
        tokens_used_within_days: Some(30),
        ..Protect::default()
    };
    type Change<'c> = &'c dyn Fn(&Scene, &str);
    let leading: Change<'_> = &|scene, account| {
        give_project(scene, account);
        protect(scene, leads);
    };
    let scripting: Change<'_> = &|scene, account| {
        let mut cloud = scene.world.cloud.borrow_mut();
        cloud.use_token(account).expect("a person");
        drop(cloud);
        protect(scene, tokens);
    };
    let administering: Change<'_> = &|scene, account| {
        leave_alone_in_admins(scene, account);
        pass(scene, 60);
        scene.order(Command::StartSync {});
        scene.world.deliver_all();
    };
    let start = scene(23, InvitationLands::OnceAccepted);
    let people = movable(&start);
    let managed = {
        let cloud = start.world.cloud.borrow();
        let is_managed = |account: &&String| {
            cloud
                .organization()
                .user(account)
                .expect("a person")
                .managed
        };
        people
            .iter()
            .find(is_managed)
            .expect("a managed account")
            .clone()
    };
    for (change, why) in [
        (leading, "leads the project OPS"),
        (scripting, "an API token was used on 2026-11-2"),
        (
            administering,
            "last active member of the administrators' group jira-admins",
        ),
    ] {
        // Before the invitation.
        let scene = start.copy();
        change(&scene, &managed);
        let id = approved(&scene, &managed);
        scene.world.deliver_all();
        let failed = found(&scene, &id);
        let message = failed.message.clone().unwrap_or_default();
        assert!(message.contains(why), "{why}: {failed:?}");
        assert_eq!(failed.state, MoveState::Failed);
        assert_eq!(effects(&scene, &managed), [], "{why}");

        // Before the suspension.
        let scene = start.copy();
        let id = approved(&scene, &managed);
        scene.world.deliver_all();
        scene.world.cloud.borrow_mut().accept_invitations(&managed);
        pass(&scene, 60);
        change(&scene, &managed);
        tick_after(&scene, 2 * HOUR);
        let failed = found(&scene, &id);
        let message = failed.message.clone().unwrap_or_default();
        assert!(message.contains(why), "{why}: {failed:?}");
        assert_eq!(failed.state, MoveState::Failed);
        assert_eq!(suspensions(&scene, &managed), 0, "{why}");
    }
}

#[test]
fn nobody_is_moved_while_the_newest_reading_is_suspect() {
    let scene = scene(24, InvitationLands::OnceAccepted);
    let account = movable(&scene).remove(0);
    let id = approved(&scene, &account);
    scene.world.deliver_all();
    scene.world.cloud.borrow_mut().accept_invitations(&account);
    pass(&scene, 60);
    let many = cloud::Response::json(200, &serde_json::json!({ "count": 1_000 }));
    let staged = &scene.world.staged;
    staged
        .borrow_mut()
        .push((String::from("/users/count"), many));
    scene.order(Command::StartSync {});
    scene.world.deliver_all();
    tick_after(&scene, 2 * HOUR);
    assert_eq!(suspensions(&scene, &account), 0);
    assert_eq!(found(&scene, &id).state, MoveState::Invited);
    let refusal = scene.refused(&scene.first, wish(&scene, &movable(&scene)[1]));
    assert!(refusal.message.contains("suspect"), "{refusal:?}");

    staged.borrow_mut().clear();
    pass(&scene, HOUR);
    scene.order(Command::StartSync {});
    scene.world.deliver_all();
    tick_after(&scene, 2 * HOUR);
    assert_eq!(found(&scene, &id).state, MoveState::Done);
}
