//! The files that a command is given.

use std::io::{self, Read};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use seatkeeper::app::import::{ImportError, Imported, groups_by_id, import, import_list};
use seatkeeper::atlassian::{read_workspaces, sites_of};
use seatkeeper::csv::Report;
use seatkeeper::evaluate::{Context, NamedList};
use seatkeeper::model::Time;
use seatkeeper::policy::{Policy, PolicyError, read};
use seatkeeper::snapshot::{Origin, Site};

use crate::arguments::Question;
use crate::failure::{Failure, say};

/// How many refused rows are told one by one.
const TOLD_ROWS: usize = 10;

const READ_HINT: &str = "give the path of a file that you may read, or - for the standard input";
const PEOPLE_HINT: &str =
    "--users takes answers of users/search, a CSV export of admin.atlassian.com, or a snapshot";
const SITES_HINT: &str =
    "--sites takes the answer of POST /admin/v2/orgs/{organization}/workspaces as it came";
const LIST_HINT: &str = "--list takes a CSV file with a column of e-mail addresses or account ids";
const GROUPS_HINT: &str =
    "name the group by its name, or export the users again with the ids of their groups";

/// The name of a file for messages.
pub fn name(path: &Path) -> String {
    if path == Path::new("-") {
        String::from("standard input")
    } else {
        path.display().to_string()
    }
}

/// The bytes of a file, or of the standard input for `-`.
pub fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let read = if path == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(path)
    };
    read.map_err(|error| Failure::in_file(&name(path), &said(&error), READ_HINT))
}

/// An error of the system without the number that only programmers know.
pub fn said(error: &io::Error) -> String {
    let text = error.to_string();
    match text.split_once(" (os error") {
        Some((text, _)) => text.to_lowercase(),
        None => text,
    }
}

/// A policy document with its text checked, or every mistake in it.
pub fn policy(path: &Path) -> Result<Result<Policy, Vec<PolicyError>>, Failure> {
    let bytes = bytes(path)?;
    let text = String::from_utf8(bytes).map_err(|_| {
        Failure::in_file(
            &name(path),
            &"the file is not text in UTF-8",
            "save it as UTF-8",
        )
    })?;
    Ok(read(text.trim_start_matches('\u{feff}')))
}

/// A policy without mistakes.
pub fn right_policy(path: &Path) -> Result<Policy, Failure> {
    policy(path)?.map_err(|mistakes| {
        tell_mistakes(&name(path), &mistakes);
        Failure::Told
    })
}

/// Says every mistake of a policy document.
pub fn tell_mistakes(file: &str, mistakes: &[PolicyError]) {
    for mistake in mistakes {
        let PolicyError {
            path,
            code,
            message,
        } = mistake;
        say("error", &format!("{file}: {path}: {message} ({code})"));
    }
}

/// Everything that a question is decided on.
pub struct Material {
    pub policy: Policy,
    pub people: Imported,
    pub now: Time,
    lists: Vec<NamedList>,
    /// Rows of an export that were left out, so that the answer is not about everybody.
    pub refused_rows: usize,
}

impl Material {
    /// Reads the files of a question.
    pub fn of(question: &Question) -> Result<Material, Failure> {
        let files = [
            Some(&question.policy),
            Some(&question.users),
            question.sites.as_ref(),
        ];
        let lists = question.lists.iter().map(|list| &list.path);
        let from_stdin = files.into_iter().flatten().chain(lists);
        if from_stdin.filter(|path| *path == Path::new("-")).count() > 1 {
            return Err(Failure::Wrong {
                what: String::from("the standard input can be only one of the files"),
                hint: "give the others by their paths",
            });
        }
        let now = match question.now {
            Some(now) => now,
            None => clock()?,
        };
        let policy = right_policy(&question.policy)?;
        let sites = sites(question.sites.as_deref())?;
        let mut people = people(&question.users, &sites)?;
        people.snapshot.set_origin(Origin {
            read: changed(&question.users),
            ..people.snapshot.origin().clone()
        });
        let lists = question
            .lists
            .iter()
            .map(|list| {
                import_list(&list.name, &bytes(&list.path)?, now)
                    .map_err(|error| Failure::in_file(&name(&list.path), &error, LIST_HINT))
            })
            .collect::<Result<Vec<NamedList>, Failure>>()?;
        let mut refused_rows = 0;
        if let Some(report) = &people.report {
            check_groups(&policy, report)?;
            refused_rows = report.refused.len();
        }
        Ok(Material {
            policy,
            people,
            now,
            lists,
            refused_rows,
        })
    }

    /// What the policy's names and ages refer to.
    pub fn context(&self) -> Context<'_> {
        Context {
            sites: &self.people.sites,
            lists: &self.lists,
            ..Context::at(self.now)
        }
    }
}

/// The machine's clock.
pub fn clock() -> Result<Time, Failure> {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|since| i64::try_from(since.as_secs()).ok())
        .map(Time)
        .ok_or_else(|| Failure::Wrong {
            what: String::from("the machine's clock is not set"),
            hint: "say the time with --now",
        })
}

/// When a file was changed last: what stands in it was read no later. Nothing for the standard input.
fn changed(path: &Path) -> Option<Time> {
    let changed = std::fs::metadata(path).ok()?.modified().ok()?;
    let since = changed.duration_since(UNIX_EPOCH).ok()?;
    i64::try_from(since.as_secs()).ok().map(Time)
}

/// The people of a file. What its reader should know of it is said.
pub fn people(path: &Path, sites: &[Site]) -> Result<Imported, Failure> {
    let (file, bytes) = (name(path), bytes(path)?);
    let people = import(&bytes, sites).map_err(|error| {
        let hint = match error {
            ImportError::Export(_) | ImportError::Snapshot { .. } => "",
            _ => PEOPLE_HINT,
        };
        Failure::in_file(&file, &error, hint)
    })?;
    if let Some(report) = &people.report {
        tell_report(&file, report, !sites.is_empty());
    }
    if people.is_cut_off {
        let what = "the last page says that another one follows, so people are missing";
        say("warning", &format!("{file}: {what}"));
    }
    if people.repeated > 0 {
        let what = "people stand there again, and only the first time counts: give each directory a file of its own";
        say("warning", &format!("{file}: {} {what}", people.repeated));
    }
    Ok(people)
}

/// The sites of an answer of the organization API; none without it.
pub fn sites(path: Option<&Path>) -> Result<Vec<Site>, Failure> {
    let Some(path) = path else {
        return Ok(Vec::new());
    };
    let bytes = bytes(path)?;
    let wrong = |what: &str| Failure::in_file(&name(path), &what, SITES_HINT);
    let (workspaces, next) =
        read_workspaces(&bytes).map_err(|_| wrong("it is not a list of workspaces"))?;
    let sites = sites_of(&workspaces);
    if sites.is_empty() {
        return Err(wrong("there is no site with a host in it"));
    }
    if next.is_some() {
        let file = name(path);
        say(
            "warning",
            &format!("{file}: it says that another page follows, so sites are missing"),
        );
    }
    Ok(sites)
}

/// A group that is named by its id cannot be told from others where an export names groups only by name: nobody would
/// seem to be in it.
fn check_groups(policy: &Policy, report: &Report) -> Result<(), Failure> {
    let by_id = groups_by_id(&policy.r#match);
    match by_id.first() {
        Some(group) if report.lacks_group_ids => Err(Failure::Wrong {
            what: format!(
                "the policy names the group {} by its id, and the export holds no ids of groups",
                group.0
            ),
            hint: GROUPS_HINT,
        }),
        _ => Ok(()),
    }
}

/// Says what was found in an export.
fn tell_report(file: &str, report: &Report, sites_given: bool) {
    for unread in &report.unread {
        say(
            "warning",
            &format!(
                "{file}: row {}: `{}` in the column `{}` is not understood and counts as not known ({} such values)",
                unread.row, unread.value, unread.column, unread.count
            ),
        );
    }
    if sites_given {
        for site in &report.sites {
            let name = &site.cloud_id;
            say(
                "warning",
                &format!("{file}: the site `{name}` is none of those in --sites"),
            );
        }
    }
    for refused in report.refused.iter().take(TOLD_ROWS) {
        say(
            "error",
            &format!(
                "{file}: row {} is left out: it {}",
                refused.row, refused.why
            ),
        );
    }
    let more = report.refused.len().saturating_sub(TOLD_ROWS);
    if more > 0 {
        say("error", &format!("{file}: {more} more rows are left out"));
    }
}
