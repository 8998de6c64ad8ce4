//! An export of admin.atlassian.com in the page: its bytes in slices in, parts to upload out.

use wasm_bindgen::prelude::*;

use super::value::{failure, to_js};
use crate::app::import::{self, ImportError};
use crate::app::records::ImportReport;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
import type { ImportReport } from './types';
export interface ExportFile {
  /** Ends the file: what was found in it, how many parts to upload, and the hash that names them. */
  finish(): ReadExport;
}
/** An export that was read to its end. */
export interface ReadExport {
  report: ImportReport;
  parts: number;
  hash: string;
}
"#;

/// An export that is being read, and its parts once it was read.
#[wasm_bindgen]
#[derive(Default)]
pub struct ExportFile {
    stage: Stage,
}

enum Stage {
    Reading(import::ExportFile),
    Read(Vec<Vec<u8>>),
    Broken,
}

impl Default for Stage {
    fn default() -> Self {
        Stage::Reading(import::ExportFile::default())
    }
}

/// What `finish` answers.
#[derive(serde::Serialize)]
struct Finished {
    report: ImportReport,
    parts: usize,
    hash: String,
}

#[wasm_bindgen]
impl ExportFile {
    /// Begins a file.
    #[wasm_bindgen(constructor)]
    pub fn new() -> ExportFile {
        ExportFile::default()
    }

    /// Takes the next bytes, in slices of any size.
    ///
    /// # Errors
    /// A file that is no export; nothing more can be read from it.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<(), JsValue> {
        match &mut self.stage {
            Stage::Reading(file) => file.feed(bytes).map_err(|error| thrown(&error)),
            Stage::Read(_) | Stage::Broken => Err(over()),
        }
    }

    /// Ends the file.
    ///
    /// # Errors
    /// A file that is no export or has no row that could be taken.
    #[wasm_bindgen(skip_typescript)]
    pub fn finish(&mut self) -> Result<JsValue, JsValue> {
        let Stage::Reading(file) = std::mem::replace(&mut self.stage, Stage::Broken) else {
            return Err(over());
        };
        let read = file.finish().map_err(|error| thrown(&error))?;
        let finished = to_js(&Finished {
            report: read.report,
            parts: read.parts.len(),
            hash: read.hash,
        })?;
        self.stage = Stage::Read(read.parts);
        Ok(finished)
    }

    /// A part, from 0.
    ///
    /// # Errors
    /// A part that is not there.
    pub fn part(&self, number: usize) -> Result<Vec<u8>, JsValue> {
        let parts: &[Vec<u8>] = match &self.stage {
            Stage::Read(parts) => parts,
            Stage::Reading(_) | Stage::Broken => &[],
        };
        parts
            .get(number)
            .cloned()
            .ok_or_else(|| failure("NO_SUCH_PART", "there is no such part"))
    }
}

fn over() -> JsValue {
    failure(
        "EXPORT_OVER",
        "the file was read to its end already: begin a new one",
    )
}

fn thrown(error: &ImportError) -> JsValue {
    let code = match error {
        ImportError::Export(error) => error.code(),
        _ => "EXPORT_NOT_READ",
    };
    failure(code, &error.to_string())
}
