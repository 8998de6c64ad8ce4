//! What can be asked, and with which words.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use seatkeeper::audit::LogHead;
use seatkeeper::model::Time;

/// Checks, describes, evaluates, explains and schedules policies, and verifies evidence, without Forge and without a key.
#[derive(Debug, Parser)]
#[command(
    name = "seatkeeper",
    version,
    color = clap::ColorChoice::Never,
    after_help = "A file named - is the standard input.\nExit codes: 0 done, 1 the input is wrong, 2 the call is wrong."
)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Says every mistake in policy documents, each with its path
    Check {
        /// The policy documents
        #[arg(required = true, value_name = "POLICY.json")]
        policies: Vec<PathBuf>,
    },
    /// Says in plain words what policies do
    Describe {
        /// The policy documents
        #[arg(required = true, value_name = "POLICY.json")]
        policies: Vec<PathBuf>,
    },
    /// Says for whom a policy is true and for whom it is not known, before exemptions and protections
    Evaluate {
        #[command(flatten)]
        question: Question,
        /// How the answer is written
        #[arg(long, value_enum, default_value_t = EvaluateFormat::Table)]
        format: EvaluateFormat,
    },
    /// Says why a policy is true, false or not known for one person, condition by condition
    Explain {
        #[command(flatten)]
        question: Question,
        /// Whom: an account id or an e-mail address
        #[arg(long, value_name = "ACCOUNT-OR-EMAIL")]
        user: String,
        /// How the answer is written
        #[arg(long, value_enum, default_value_t = ExplainFormat::Text)]
        format: ExplainFormat,
    },
    /// Keeps people in a snapshot: small, quickly read, and proof against damage
    Snapshot {
        /// The people: answers of users/search, or a CSV export of admin.atlassian.com
        #[arg(long, value_name = "FILE")]
        users: PathBuf,
        /// The organization's sites, so that an export's names of sites become their ids
        #[arg(long, value_name = "WORKSPACES.json")]
        sites: Option<PathBuf>,
        /// Where the snapshot is written
        #[arg(long = "out", value_name = "FILE")]
        to: PathBuf,
    },
    /// Verifies an evidence bundle, or a file of entries of the log, and names the first entry that does not fit
    Verify {
        /// The bundle (zip) or the entries (JSON lines)
        #[arg(value_name = "BUNDLE.zip")]
        file: PathBuf,
        /// A head of the log that was written down elsewhere, as number and hash; may be repeated. The file must reach it
        #[arg(long = "anchor", value_name = "SEQ:HASH", value_parser = anchor)]
        anchors: Vec<LogHead>,
    },
    /// Says when a policy runs next by itself, in UTC
    Schedule {
        /// The policy document
        #[arg(value_name = "POLICY.json")]
        policy: PathBuf,
        /// How many runs
        #[arg(long, value_name = "COUNT", default_value_t = 5, value_parser = run_count)]
        next: usize,
        /// The runs after this time; by default the machine's clock
        #[arg(long, value_name = "TIME", value_parser = time)]
        now: Option<Time>,
    },
}

/// A policy on people.
#[derive(Args, Debug)]
pub struct Question {
    /// The policy document
    #[arg(long, value_name = "POLICY.json")]
    pub policy: PathBuf,
    /// The people: answers of users/search, a CSV export of admin.atlassian.com, or a snapshot
    #[arg(long, value_name = "FILE")]
    pub users: PathBuf,
    /// The time from which ages count, such as 2026-11-21T12:00:00Z; by default the machine's clock
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub now: Option<Time>,
    /// The organization's sites: the answer of POST /admin/v2/orgs/{organization}/workspaces
    #[arg(long, value_name = "WORKSPACES.json")]
    pub sites: Option<PathBuf>,
    /// A named list for the condition `listed`: a CSV file of e-mail addresses or account ids; may be repeated
    #[arg(long = "list", value_name = "NAME=FILE.csv", value_parser = named_file)]
    pub lists: Vec<NamedFile>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum EvaluateFormat {
    /// For people
    Table,
    /// {"now", "users", "matched", "unknown"}, sorted by account id
    Json,
    /// For spreadsheets
    Csv,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ExplainFormat {
    /// For people
    Text,
    /// A list with an explanation for each directory that lists the person
    Json,
}

/// A file with a name of its own.
#[derive(Clone, Debug)]
pub struct NamedFile {
    pub name: String,
    pub path: PathBuf,
}

fn time(text: &str) -> Result<Time, String> {
    Time::parse(text)
        .ok_or_else(|| String::from("must be a time with its offset, such as 2026-11-21T12:00:00Z"))
}

fn anchor(text: &str) -> Result<LogHead, String> {
    LogHead::parse(text).ok_or_else(|| {
        String::from("must be a number and a hash of 64 hexadecimal digits, such as 17:9f86d0…")
    })
}

fn run_count(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(count @ 1..=1_000) => Ok(count),
        _ => Err(String::from("must be a number from 1 to 1000")),
    }
}

fn named_file(text: &str) -> Result<NamedFile, String> {
    match text.split_once('=') {
        Some((name, path)) if !name.is_empty() && !path.is_empty() => Ok(NamedFile {
            name: name.to_owned(),
            path: PathBuf::from(path),
        }),
        _ => Err(String::from(
            "must be a name and a file, such as leavers=leavers.csv",
        )),
    }
}
