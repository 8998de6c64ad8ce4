//! Runs the binary on files that a test writes.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The reference time of every test.
pub const NOW: &str = "2026-11-21T12:00:00Z";

/// A policy on the given condition.
pub fn policy(condition: &str) -> String {
    format!(
        r#"{{"version":1,"id":"p","name":"P","match":{condition},"stages":[{{"after":"0d","do":"suspend"}}]}}"#
    )
}

/// Whoever was idle for 90 days, in any product.
pub fn idle() -> String {
    policy(r#"{"idle":{"longerThan":"90d"}}"#)
}

/// A folder of one test's files.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Folder {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!(
            "cli-{}-{}",
            std::process::id(),
            COUNT.fetch_add(1, Ordering::Relaxed)
        );
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::create_dir_all(&path).expect("a folder");
        Folder(path)
    }

    /// Writes a file into it.
    pub fn with(self, name: &str, content: impl AsRef<[u8]>) -> Folder {
        std::fs::write(self.0.join(name), content).expect("a file");
        self
    }

    /// Runs the binary in it.
    pub fn run(&self, arguments: &[&str]) -> Answer {
        self.run_on(arguments, "")
    }

    /// Runs the binary in it with something on the standard input.
    pub fn run_on(&self, arguments: &[&str], input: &str) -> Answer {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary");
        let mut stdin = child.stdin.take().expect("the standard input");
        // Somebody who is told nothing may have ended already.
        let _ = stdin.write_all(input.as_bytes());
        drop(stdin);
        Answer::of(child.wait_with_output().expect("an end"))
    }

    /// Runs `evaluate` on `policy.json` and a file of people, with more arguments.
    pub fn evaluate(&self, users: &str, more: &[&str]) -> Answer {
        let mut arguments = vec![
            "evaluate",
            "--policy",
            "policy.json",
            "--users",
            users,
            "--now",
            NOW,
            "--format",
            "json",
        ];
        arguments.extend(more);
        self.run(&arguments)
    }

    /// The binary, not yet run.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_seatkeeper"));
        command.current_dir(&self.0).args(arguments);
        command
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// What the binary said.
#[derive(Debug)]
pub struct Answer {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Answer {
    fn of(output: Output) -> Answer {
        Answer {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("text"),
            err: String::from_utf8(output.stderr).expect("text"),
        }
    }

    /// The accounts for which the policy is true, and those for which it is unknown.
    pub fn accounts(&self) -> (Vec<String>, Vec<String>) {
        let json: serde_json::Value =
            serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"));
        let list = |name: &str| {
            json[name]
                .as_array()
                .expect("a list")
                .iter()
                .map(|person| person["accountId"].as_str().expect("an id").to_owned())
                .collect()
        };
        (list("matched"), list("unknown"))
    }

    /// Asserts a wrong input: nothing on the standard output, these words on the standard error, no backtrace.
    #[track_caller]
    pub fn is_wrong(&self, words: &[&str]) {
        assert_eq!(self.code, Some(1), "{self:?}");
        assert_eq!(self.out, "");
        for word in words {
            assert!(self.err.contains(word), "`{word}` is missing: {}", self.err);
        }
        assert!(!self.err.contains("panicked"), "{}", self.err);
    }
}
