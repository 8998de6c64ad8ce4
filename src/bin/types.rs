//! Writes the TypeScript definitions of everything that crosses the boundary into one file:
//! `cargo run --features types --bin types -- forge-app/gen/types.ts`.

use std::process::ExitCode;

use seatkeeper::app::WorkOutcome;
use seatkeeper::app::admin::{Caller, Command, PolicyCheck, Reply};
use seatkeeper::audit::LogVerification;
use seatkeeper::audit::bundle::BundleVerification;
use seatkeeper::evaluate::Explanation;
use seatkeeper::roster::{Column, Facets, Filter, Marked, Panel, PolicyPreview, RosterRow};
use ts_rs::{Config, TS, TypeVisitor};

/// Definitions by name, each once.
#[derive(Default)]
struct Definitions {
    config: Config,
    texts: std::collections::BTreeMap<String, String>,
}

impl Definitions {
    fn add<T: TS + 'static + ?Sized>(&mut self) {
        // Lists, options and their like have no definition of their own.
        if T::output_path().is_none() {
            T::visit_generics(self);
            return;
        }
        let name = T::ident(&self.config);
        if self.texts.contains_key(&name) {
            return;
        }
        let docs = T::docs().unwrap_or_default();
        let text = format!("{docs}export {}\n", T::decl(&self.config));
        self.texts.insert(name, text);
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

impl TypeVisitor for Definitions {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        self.add::<T>();
    }
}

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("say which file to write, such as forge-app/gen/types.ts");
        return ExitCode::from(2);
    };
    let mut definitions = Definitions::default();
    definitions.add::<Caller>();
    definitions.add::<Command>();
    definitions.add::<Reply>();
    definitions.add::<PolicyCheck>();
    definitions.add::<Explanation>();
    definitions.add::<Column>();
    definitions.add::<Facets>();
    definitions.add::<Filter>();
    definitions.add::<Marked>();
    definitions.add::<Panel>();
    definitions.add::<PolicyPreview>();
    definitions.add::<RosterRow>();
    definitions.add::<LogVerification>();
    definitions.add::<BundleVerification>();
    definitions.add::<WorkOutcome>();
    let head = "// Generated from the core's types; do not edit.\n\n";
    let body: Vec<&str> = definitions.texts.values().map(String::as_str).collect();
    match std::fs::write(&path, format!("{head}{}", body.join("\n"))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("`{path}` cannot be written: {error}");
            ExitCode::FAILURE
        }
    }
}
