//! The house's rules that a compiler does not check: imports point downward, and only the boundary names JavaScript.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::fs;
use std::path::{Path, PathBuf};

/// The modules by floor; a module may use its own floor's module and any floor below (DESIGN §2).
const FLOORS: [&[&str]; 8] = [
    &["html", "json", "model", "planted"],
    &["policy", "snapshot"],
    &["host", "notice"],
    &["evaluate", "schedule", "insights", "atlassian", "csv"],
    &["plan", "roster"],
    &["audit"],
    &["app"],
    &["wasm"],
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    sources_of(folder, "rs")
}

fn sources_of(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(sources_of(&path, ending));
        } else if path
            .extension()
            .is_some_and(|extension| extension == ending)
        {
            files.push(path);
        }
    }
    files
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn floor(module: &str) -> usize {
    FLOORS
        .iter()
        .position(|floor| floor.contains(&module))
        .unwrap_or_else(|| panic!("`{module}` has no floor: give it one in tests/house.rs"))
}

/// The module a file belongs to, such as `policy` for `src/policy/read.rs`.
fn module_of(file: &Path) -> String {
    let within = file.strip_prefix(src()).expect("a file of src");
    let first = within.components().next().expect("a name");
    first
        .as_os_str()
        .to_string_lossy()
        .trim_end_matches(".rs")
        .to_owned()
}

/// The modules of the crate that a text names after `crate::`.
fn named(text: &str) -> Vec<String> {
    text.split("crate::")
        .skip(1)
        .map(|rest| {
            let end = rest
                .find(|sign: char| !sign.is_ascii_lowercase())
                .unwrap_or(rest.len());
            rest.split_at(end).0.to_owned()
        })
        .filter(|name| !name.is_empty())
        .collect()
}

fn upward(text: &str, module: &str) -> Vec<String> {
    named(text)
        .into_iter()
        .filter(|other| other != module && floor(other) >= floor(module))
        .collect()
}

#[test]
fn imports_point_downward() {
    for file in sources(&src()) {
        let module = module_of(&file);
        if module == "lib" || module == "bin" {
            continue;
        }
        let text = fs::read_to_string(&file).expect("a source");
        let upward = upward(&text, &module);
        assert!(
            upward.is_empty(),
            "{} names {upward:?}, which lie above or beside it",
            file.display()
        );
    }
    assert_eq!(
        upward("use crate::app::tick; use crate::model::Time;", "policy"),
        ["app"]
    );
    assert_eq!(upward("use crate::snapshot::Row;", "policy"), ["snapshot"]);
}

#[test]
fn only_the_boundary_names_javascript() {
    for file in sources(&src()) {
        let text = fs::read_to_string(&file).expect("a source");
        if module_of(&file) == "wasm" {
            continue;
        }
        // Written in two halves, so that this file does not name them itself.
        for name in ["wasm_", "js_", "web_"]
            .map(|half| format!("{half}{}", if half == "wasm_" { "bindgen" } else { "sys" }))
        {
            assert!(!text.contains(&name), "{} names {name}", file.display());
        }
    }
}

/// The part of the text between a beginning and the next blank line.
fn part<'a>(text: &'a str, beginning: &str) -> &'a str {
    let rest = text.split_once(beginning).expect("the beginning").1;
    rest.split_once("\n\n").map_or(rest, |(part, _)| part)
}

#[test]
fn no_core_that_ships_holds_planted_faults() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| fs::read_to_string(root.join(path)).expect("a file");
    let manifest = read("Cargo.toml");
    let naming: Vec<&str> = part(&manifest, "[features]")
        .lines()
        .filter(|line| !line.starts_with('#') && line.contains("planted-faults"))
        .collect();
    assert_eq!(
        naming,
        ["planted-faults = []"],
        "no other feature asks for it"
    );
    let guard =
        "#[cfg(all(feature = \"planted-faults\", target_arch = \"wasm32\"))]\ncompile_error!";
    assert!(
        read("src/lib.rs").contains(guard),
        "the core for WebAssembly must refuse it"
    );
    let builds = sources_of(&root.join("scripts"), "ts");
    for file in builds.iter().chain([&root.join("package.json")]) {
        let text = fs::read_to_string(file).expect("a source");
        assert!(
            !text.contains("planted-faults"),
            "{} builds with planted faults",
            file.display()
        );
    }
    assert!(
        !builds.is_empty(),
        "the scripts that build are somewhere else"
    );
}

#[test]
fn no_room_has_outgrown_its_idea() {
    for file in sources(&src()) {
        let lines = fs::read_to_string(&file).expect("a source").lines().count();
        assert!(
            lines <= 600,
            "{} has {lines} lines: is it two ideas?",
            file.display()
        );
    }
}
