//! What goes wrong, said on the standard error: what it is, and what to do.

use std::io::{self, Write};

use crate::terminal::shown;

/// Why a command ends without its answer.
#[derive(Debug)]
pub enum Failure {
    /// Something in the input is wrong.
    Wrong {
        /// What.
        what: String,
        /// What to do.
        hint: &'static str,
    },
    /// Everything was said already.
    Told,
    /// Whoever read the output went away, which is their right.
    NobodyListens,
}

impl Failure {
    /// Something wrong in a file.
    pub fn in_file(file: &str, what: &dyn std::fmt::Display, hint: &'static str) -> Failure {
        Failure::Wrong {
            what: format!("{file}: {what}"),
            hint,
        }
    }

    /// Says it.
    pub fn tell(&self) {
        if let Failure::Wrong { what, hint } = self {
            say("error", what);
            if !hint.is_empty() {
                say("hint", hint);
            }
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Failure::NobodyListens;
        }
        Failure::Wrong {
            what: format!("the answer cannot be written: {error}"),
            hint: "",
        }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Failure {
        Failure::from(io::Error::from(error))
    }
}

/// One line on the standard error. Where nobody can be told, the exit code says enough.
pub fn say(kind: &str, what: &str) {
    let _ = writeln!(io::stderr(), "{kind}: {}", shown(what));
}
