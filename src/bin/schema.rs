//! Writes the JSON Schema of the policy document, or checks that the file is as it would be written:
//! `cargo run --features types --bin schema -- [--check] docs/policy.schema.json`.

use std::process::ExitCode;

use seatkeeper::policy::schema;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match arguments.as_slice() {
        [path] if path != "--check" => write(path),
        [check, path] if check == "--check" => is_current(path),
        _ => Err(String::from(
            "say which file to write, such as docs/policy.schema.json",
        )),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn text() -> String {
    format!("{:#}\n", schema())
}

fn write(path: &str) -> Result<(), String> {
    std::fs::write(path, text()).map_err(|error| format!("`{path}` cannot be written: {error}"))
}

fn is_current(path: &str) -> Result<(), String> {
    let found = std::fs::read_to_string(path)
        .map_err(|error| format!("`{path}` cannot be read: {error}"))?;
    if found == text() {
        return Ok(());
    }
    Err(format!(
        "`{path}` is not what the types say: write it with `cargo run --features types --bin schema -- {path}`"
    ))
}
