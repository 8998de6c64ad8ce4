//! The upload of an export of admin.atlassian.com, part by part.
//!
//! Whoever may not act may not feed what is acted on either: see [`super::authorise::require_importer`].

use super::error::AdminError;
use super::{Answer, Caller, Command, ImportAnswer};
use crate::app::commit::{Change, commit};
use crate::app::documents::{ConnectionBook, encode, load, set, set_value};
use crate::app::imports::{Found, ImportBook, Upload, hash_with, part_key, sweep};
use crate::app::random_suffix;
use crate::app::records::{ImportReport, ImportState};
use crate::app::stored_people::read_part;
use crate::app::sync::ask_for_reading;
use crate::audit::{Actor, Entry, LogAction, Outcome};
use crate::host::Host;
use crate::model::{AccountId, DAY, DirectoryId, Time};
use crate::snapshot::Snapshot;

/// The most parts: people of five organizations of the largest size.
const MAX_PARTS: u32 = 500;
/// The longest name of a file, in signs.
const MAX_NAME: usize = 200;
/// The most bytes of a report, beside which the book must fit into a value (RULES R16).
const MAX_REPORT: usize = 64 * 1024;

/// What is there.
pub(super) async fn show<H: Host>(host: &H) -> Result<Answer, AdminError> {
    let book: ImportBook = load(host).await?;
    Ok(answer(book.shown().cloned()))
}

/// A command that changes something about the import.
pub(super) async fn carry_out<H: Host>(
    host: &H,
    caller: &Caller,
    command: Command,
) -> Result<Answer, AdminError> {
    let by = Actor::Person(caller.account_id.clone());
    let shown = match command {
        Command::BeginImport {
            name,
            hash,
            made,
            parts,
            report,
        } => {
            let file = file(host.now(), name, hash, &made, parts, report)?;
            let begun = begin(host, &by, file).await?;
            if begun.finished.is_some() {
                // The same people of another day.
                read_with(host).await?;
            }
            Some(begun)
        }
        Command::ImportPart {
            import,
            number,
            part,
        } => return Ok(answer(Some(take(host, &import, number, &part).await?))),
        Command::FinishImport { import } => {
            let finished = finish(host, &by, &import).await?;
            read_with(host).await?;
            Some(finished)
        }
        _ => {
            forget(host, &by).await?;
            read_with(host).await?;
            None
        }
    };
    // What is left of older exports does not hold up the answer's truth: the next command goes on with it.
    let _ = sweep(host).await;
    Ok(answer(shown))
}

/// Has the people read anew with what is uploaded now, where it counts: without a key.
async fn read_with<H: Host>(host: &H) -> Result<(), AdminError> {
    let connection: ConnectionBook = load(host).await?;
    if connection.connection.is_none() {
        ask_for_reading(host, true).await?;
    }
    Ok(())
}

fn answer(import: Option<ImportState>) -> Answer {
    Answer::Import(ImportAnswer { import })
}

/// A file as it was announced, not begun yet: its state has no id of its own.
fn file(
    now: Time,
    name: String,
    hash: String,
    made: &str,
    parts: u32,
    report: ImportReport,
) -> Result<Upload, AdminError> {
    let invalid = |why: &str| Err(AdminError::Invalid(String::from(why)));
    if name.trim().is_empty()
        || name.chars().count() > MAX_NAME
        || name.chars().any(char::is_control)
    {
        return invalid("the file's name must be one line of at most 200 signs");
    }
    if hash.len() != 64 || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return invalid("the hash of the file is none: read the file again");
    }
    if !(1..=MAX_PARTS).contains(&parts) {
        return invalid("an export has 1 to 500 parts");
    }
    if encode(&report)?.len() > MAX_REPORT {
        return invalid("the report on the file is longer than 64 KiB");
    }
    // The beginning of the day: nobody knows at what time of it the file was made.
    let made = Time::parse(made).or_else(|| Time::parse(&format!("{made}T00:00:00Z")));
    let Some(made) = made else {
        return invalid("say when the file was made as a day such as 2026-11-20");
    };
    // A day begins earlier in the east than here.
    if made.since(now) > DAY {
        return invalid("the file cannot have been made in the future");
    }
    Ok(Upload {
        begun: now,
        people: 0,
        state: ImportState {
            id: String::new(),
            name,
            parts,
            received: 0,
            made: made.min(now),
            finished: None,
            report,
        },
        hash,
        hash_so_far: String::new(),
    })
}

/// Begins an upload, or finds the one of the same people.
async fn begin<H: Host>(host: &H, by: &Actor, file: Upload) -> Result<ImportState, AdminError> {
    let id = format!("{}-{}", file.id_start(), random_suffix(host));
    commit(host, async || {
        let mut book: ImportBook = load(host).await?;
        let before = book.clone();
        let (state, action) = match book.find(&file) {
            Found::InUse(state) => (state, LogAction::FinishImport),
            Found::OnItsWay(state) => (state, LogAction::BeginImport),
            Found::Nowhere => {
                let mut file = file.clone();
                file.state.id.clone_from(&id);
                (book.begin(file), LogAction::BeginImport)
            }
        };
        if book == before {
            return Ok((Change::default(), state));
        }
        let change = Change {
            entries: vec![entry(host, by, action, Some(&state))],
            writes: vec![set(&book)?],
        };
        Ok((change, state))
    })
    .await
}

/// Takes one part. A part that is here already changes nothing.
async fn take<H: Host>(
    host: &H,
    import: &str,
    number: u32,
    part: &str,
) -> Result<ImportState, AdminError> {
    commit(host, async || {
        let mut book: ImportBook = load(host).await?;
        let upload = on_its_way(&mut book, import)?;
        let state = &mut upload.state;
        if number < state.received {
            return Ok((Change::default(), state.clone()));
        }
        if number > state.received || number >= state.parts {
            return Err(AdminError::WrongState(match state.received {
                all if all == state.parts => {
                    String::from("all parts are here: take the export into use")
                }
                next => format!("part {number} was sent, and part {next} comes next"),
            }));
        }
        let people = check(part).map_err(|why| {
            AdminError::Invalid(format!("part {number} of the file cannot be used: {why}"))
        })?;
        state.received = number.saturating_add(1);
        upload.people = upload.people.saturating_add(people);
        upload.hash_so_far = hash_with(&upload.hash_so_far, part);
        let state = state.clone();
        let change = Change {
            writes: vec![set_value(part_key(&state.id, number), &part)?, set(&book)?],
            ..Change::default()
        };
        Ok((change, state))
    })
    .await
}

/// How many people a part holds: somebody, nobody whose account cannot be one, and nobody of a directory, which no export
/// names.
fn check(part: &str) -> Result<u32, String> {
    let mut people = Snapshot::new();
    read_part(part, &mut people)?;
    let mut accounts = people.rows().filter_map(|row| people.account(row));
    if people.is_empty() {
        return Err(String::from("it holds nobody"));
    }
    if !accounts.all(|account| AccountId(account.to_owned()).is_plausible()) {
        return Err(String::from("it holds an account id that is none"));
    }
    let mut directories = people.rows().filter_map(|row| people.directory(row));
    if !directories.all(|directory| directory.as_str() == DirectoryId::NOT_SAID) {
        return Err(String::from("it names a directory"));
    }
    Ok(u32::try_from(people.len()).unwrap_or(u32::MAX))
}

fn on_its_way<'b>(book: &'b mut ImportBook, import: &str) -> Result<&'b mut Upload, AdminError> {
    match &mut book.upload {
        Some(upload) if upload.state.id == import => Ok(upload),
        _ => Err(AdminError::NotFound("such upload: begin it again")),
    }
}

/// Takes an upload into use, in the place of the one before. Done twice is the same as done once.
async fn finish<H: Host>(host: &H, by: &Actor, import: &str) -> Result<ImportState, AdminError> {
    let finished = commit::<_, AdminError>(host, async || {
        let mut book: ImportBook = load(host).await?;
        if let Some(kept) = book.kept.as_ref().filter(|kept| kept.id == import) {
            return Ok((Change::default(), Some(kept.clone())));
        }
        let upload = on_its_way(&mut book, import)?;
        let state = &mut upload.state;
        if state.received < state.parts {
            return Err(AdminError::WrongState(format!(
                "{} of {} parts are here: send part {} next",
                state.received, state.parts, state.received
            )));
        }
        if upload.hash_so_far != upload.hash {
            // Nothing of it can be trusted, so all of it comes again.
            state.received = 0;
            upload.hash_so_far = String::new();
            upload.people = 0;
            let change = Change {
                writes: vec![set(&book)?],
                ..Change::default()
            };
            return Ok((change, None));
        }
        // Counted here: what the page says of the file is its own word.
        state.report.people = upload.people;
        state.finished = Some(host.now());
        let state = state.clone();
        let old = book.kept.replace(state.clone());
        book.leave(old.as_ref());
        book.upload = None;
        let change = Change {
            entries: vec![entry(host, by, LogAction::FinishImport, Some(&state))],
            writes: vec![set(&book)?],
        };
        Ok((change, Some(state)))
    })
    .await?;
    finished.ok_or_else(|| {
        let why =
            "the parts that came are not those of the file: upload it again from its first part";
        AdminError::WrongState(String::from(why))
    })
}

/// Forgets the export in use and the one on its way.
async fn forget<H: Host>(host: &H, by: &Actor) -> Result<(), AdminError> {
    commit(host, async || {
        let mut book: ImportBook = load(host).await?;
        let (kept, upload) = (book.kept.take(), book.upload.take());
        let upload = upload.map(|upload| upload.state);
        if kept.is_none() && upload.is_none() {
            return Ok((Change::default(), ()));
        }
        book.leave(kept.as_ref());
        book.leave(upload.as_ref());
        let forgotten = kept.or(upload);
        let change = Change {
            entries: vec![entry(host, by, LogAction::DropImport, forgotten.as_ref())],
            writes: vec![set(&book)?],
        };
        Ok((change, ()))
    })
    .await
}

/// An entry about an import. A file's name may name a person, so only the id stands there (RULES R14).
fn entry(host: &impl Host, by: &Actor, action: LogAction, import: Option<&ImportState>) -> Entry {
    Entry {
        after: import.map(|import| {
            serde_json::json!({
                "import": import.id, "made": import.made, "parts": import.parts, "people": import.report.people,
            })
        }),
        ..Entry::new(host.now(), by, action, Outcome::Done)
    }
}
