//! The engine's answers to what the reference is asked.

use seatkeeper::evaluate::{Compiled, Context, FieldValues, NamedList, compile};
use seatkeeper::model::{
    AccountId, Activity, DirectoryId, GroupId, ProfileField, Resource, Time, Truth,
};
use seatkeeper::policy::Policy;
use seatkeeper::snapshot::{self, Snapshot, UserRecord};

use super::answer::Answer;
use super::calendar::Moment;
use super::person::{Access, Group, Person, Seen, World};

/// The engine's answer for each person of a world, in order.
///
/// # Errors
/// The policy cannot be compiled, or the engine's ways to an answer differ.
pub fn verdicts(policy: &Policy, world: &World) -> Result<Vec<Answer>, String> {
    ask(policy, world, verdicts_of)?
}

/// Something of the engine's, once a policy has been compiled for a world; rows are people, in order.
///
/// # Errors
/// The policy cannot be compiled, or not everybody has a row.
pub fn ask<T>(
    policy: &Policy,
    world: &World,
    question: impl FnOnce(&Compiled<'_>, &Snapshot) -> T,
) -> Result<T, String> {
    let snapshot = snapshot(world);
    let (people, rows) = (world.people.len(), snapshot.len());
    if people != rows {
        return Err(format!("{people} people became {rows} rows"));
    }
    let sites: Vec<snapshot::Site> = world.sites.iter().map(site).collect();
    let lists: Vec<NamedList> = world.lists.iter().map(list).collect();
    let fields: Vec<FieldValues> = world.fields.iter().map(field).collect();
    let context = Context {
        sites: &sites,
        lists: &lists,
        fields: &fields,
        ..Context::at(time(world.now))
    };
    let compiled = compile(policy, &snapshot, context).map_err(|error| error.to_string())?;
    Ok(question(&compiled, &snapshot))
}

/// Everybody's verdict: asked for one by one, for all at once, and as the list of those who are not out.
fn verdicts_of(compiled: &Compiled<'_>, snapshot: &Snapshot) -> Result<Vec<Answer>, String> {
    let all = compiled.verdicts();
    let mut possible = all.possible();
    let mut answers = Vec::new();
    for row in snapshot.rows() {
        let truth = compiled.verdict(row);
        if all.truth(row) != truth {
            let together = all.truth(row);
            return Err(format!("{row:?} is {truth:?}, among all {together:?}"));
        }
        if truth != Truth::False && possible.next() != Some(row) {
            return Err(format!("{row:?} is {truth:?} and not listed as possible"));
        }
        answers.push(read(truth));
    }
    match possible.next() {
        Some(row) => Err(format!("{row:?} is listed as possible and is not")),
        None => Ok(answers),
    }
}

/// The engine's word for an answer, in the reference's.
pub fn read(truth: Truth) -> Answer {
    match truth {
        Truth::True => Answer::Yes,
        Truth::False => Answer::No,
        Truth::Unknown => Answer::Unknown,
    }
}

fn snapshot(world: &World) -> Snapshot {
    let mut snapshot = Snapshot::new();
    for person in &world.people {
        if let Some(directory) = &person.directory
            && let Some(name) = &directory.name
        {
            snapshot.name_directory(&DirectoryId(directory.id.clone()), name);
        }
        snapshot.push(&record(person));
    }
    snapshot
}

fn record(person: &Person) -> UserRecord {
    let directory = match &person.directory {
        Some(directory) => directory.id.clone(),
        None => String::from("-"),
    };
    UserRecord {
        account: AccountId(person.account.clone()),
        directory: DirectoryId(directory),
        account_type: person.account_type,
        status: person.status,
        claim: person.claim,
        managed_by: person.managed_by,
        mfa: person.mfa,
        name: None,
        email: person.email.clone(),
        added: person.added.map(time),
        profile: ProfileField::ALL.map(|(field, _)| person.profile(field).map(String::from)),
        groups: person
            .groups
            .as_ref()
            .map(|groups| groups.iter().map(group).collect()),
        roles: person.roles.clone(),
        access: person
            .accesses
            .as_ref()
            .map(|accesses| accesses.iter().map(access).collect()),
    }
}

fn time(moment: Moment) -> Time {
    Time(moment.timestamp())
}

fn group(group: &Group) -> snapshot::Group {
    snapshot::Group {
        id: GroupId(group.id.clone()),
        name: group.name.clone(),
    }
}

fn access(access: &Access) -> snapshot::Access {
    let Access {
        product,
        cloud_id,
        seen,
        seat,
    } = access;
    let resource = match cloud_id {
        Some(cloud_id) => format!("ari:cloud:{product}::site/{cloud_id}"),
        None => format!("ari:cloud:{product}::workspace/w-1"),
    };
    snapshot::Access {
        resource: Resource(resource),
        product: product.clone(),
        seat: *seat,
        activity: match seen {
            Seen::At(moment) => Activity::Seen(time(*moment)),
            Seen::Never => Activity::Never,
            Seen::Unknown => Activity::Unknown,
        },
    }
}

fn site(site: &super::person::Site) -> snapshot::Site {
    snapshot::Site {
        cloud_id: site.cloud_id.clone(),
        host: site.host.clone(),
    }
}

fn list(list: &super::person::List) -> NamedList {
    NamedList {
        name: list.name.clone(),
        imported: time(list.imported),
        max_age: list.max_age,
        members: list.members.clone(),
    }
}

fn field(field: &super::person::Field) -> FieldValues {
    FieldValues {
        name: field.name.clone(),
        values: field
            .values
            .iter()
            .map(|(account, value)| (AccountId(account.clone()), value.clone()))
            .collect(),
    }
}
