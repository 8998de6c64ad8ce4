//! Writes the TypeScript definitions of everything that crosses the boundary, and the figures that the page says in words,
//! into one file:
//! `cargo run --features types --bin types -- forge-app/gen/types.ts`.

use std::process::ExitCode;

use seatkeeper::app::admin::{Caller, Command, PolicyCheck, Reply};
use seatkeeper::app::{LinkAnswer, LinkRequest, WorkOutcome};
use seatkeeper::audit::LogVerification;
use seatkeeper::audit::bundle::BundleVerification;
use seatkeeper::evaluate::{Explanation, LIST_MAX_AGE_DAYS};
use seatkeeper::policy::{BY_HAND, BY_HAND_NAME};
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
    definitions.add::<LinkRequest>();
    definitions.add::<LinkAnswer>();
    let head = "// Generated from the core's types; do not edit.\n\n";
    let figures = format!(
        "\n/** How the ids begin of what people were chosen by hand for; no policy may have such an id. */\n\
        export const BY_HAND = '{BY_HAND}';\n\
        \n/** How their names begin; the names of the actions follow, with commas between them. */\n\
        export const BY_HAND_NAME = '{BY_HAND_NAME}';\n\
        \n/** So many days after its import a list decides nothing any more. */\n\
        export const LIST_MAX_AGE_DAYS = {LIST_MAX_AGE_DAYS};\n"
    );
    let body: Vec<&str> = definitions.texts.values().map(String::as_str).collect();
    match std::fs::write(&path, format!("{head}{}{figures}", body.join("\n"))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("`{path}` cannot be written: {error}");
            ExitCode::FAILURE
        }
    }
}
