//! `check` and `describe`: the document alone.

use std::io::Write;
use std::path::PathBuf;

use seatkeeper::policy;
use seatkeeper::schedule::{self, ChronoTz};

use crate::failure::Failure;
use crate::input;
use crate::terminal::shown;

/// Says every mistake in every document, and which documents have none.
pub fn check(policies: &[PathBuf], out: &mut dyn Write) -> Result<(), Failure> {
    let mut is_right = true;
    for path in policies {
        let file = input::name(path);
        match input::policy(path) {
            Ok(Ok(policy)) => {
                if let Err(error) = schedule::check(&policy, &ChronoTz) {
                    input::tell_mistakes(&file, &[error.mistake()]);
                    is_right = false;
                    continue;
                }
                let name = shown(&policy.name);
                writeln!(out, "{}: ok: {} ({name})", shown(&file), policy.id)?;
            }
            Ok(Err(mistakes)) => {
                input::tell_mistakes(&file, &mistakes);
                is_right = false;
            }
            Err(failure) => {
                failure.tell();
                is_right = false;
            }
        }
    }
    if is_right { Ok(()) } else { Err(Failure::Told) }
}

/// Says what every document does.
pub fn describe(policies: &[PathBuf], out: &mut dyn Write) -> Result<(), Failure> {
    for path in policies {
        let policy = input::right_policy(path)?;
        let words = policy::describe(&policy);
        writeln!(out, "{}: {}", shown(&policy.name), shown(&words))?;
    }
    Ok(())
}
