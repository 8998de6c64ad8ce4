//! A directory of people in the page: filled from pages of `users/search`, asked by policies.

use js_sys::Uint32Array;
use wasm_bindgen::prelude::*;

use super::value::{failure, to_js};
use crate::app::offline;
use crate::atlassian::{NullActivity, UserReader};
use crate::evaluate::Rows;
use crate::model::DirectoryId;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
import type { Explanation } from './types';
export interface Directory {
  /** Why a policy's verdict on an account is what it is: one explanation for each directory that lists it. */
  explain(policy: string, now: string, account: string): Explanation[];
}
"#;

/// A directory of people.
#[wasm_bindgen]
#[derive(Default)]
pub struct Directory {
    reader: UserReader,
}

/// A policy's verdict on everybody, as bits in the order of arrival: the first person in the lowest bit of the first
/// number.
#[wasm_bindgen(getter_with_clone)]
pub struct Verdicts {
    /// For how many it is true.
    pub matched: u32,
    /// For how many it is not decided.
    pub unknown: u32,
    /// For whom it is true.
    #[wasm_bindgen(js_name = matchedBits)]
    pub matched_bits: Uint32Array,
    /// For whom it is not decided.
    #[wasm_bindgen(js_name = unknownBits)]
    pub unknown_bits: Uint32Array,
}

#[wasm_bindgen]
impl Directory {
    /// An empty directory.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Directory {
        Directory::default()
    }

    /// Adds the people of a page of `users/search`.
    ///
    /// # Errors
    /// A body that is not what the API documents; the directory is of no use then.
    #[wasm_bindgen(js_name = addPage)]
    pub fn add_page(&mut self, body: &[u8]) -> Result<(), JsValue> {
        let directory = DirectoryId(String::from(DirectoryId::NOT_SAID));
        match self.reader.read(body, &directory, NullActivity::Never) {
            Ok(_) => Ok(()),
            Err(error) => Err(failure("BAD_PAGE", &error.to_string())),
        }
    }

    /// How many people there are.
    #[wasm_bindgen(getter)]
    pub fn users(&self) -> u32 {
        u32::try_from(self.reader.snapshot().len()).unwrap_or(u32::MAX)
    }

    /// Decides a policy document for everybody, at a reference time.
    ///
    /// # Errors
    /// A policy with mistakes, or a time that is none.
    pub fn evaluate(&self, policy: &str, now: &str) -> Result<Verdicts, JsValue> {
        let verdicts = offline::verdicts(policy, self.reader.snapshot(), now)
            .map_err(|error| failure("NOT_EVALUATED", &error.to_string()))?;
        Ok(Verdicts {
            matched: verdicts.matched.count(),
            unknown: verdicts.unknown.count(),
            matched_bits: bits(&verdicts.matched),
            unknown_bits: bits(&verdicts.unknown),
        })
    }

    /// Explains a policy's verdict on an account.
    ///
    /// # Errors
    /// A policy with mistakes, or a time that is none.
    #[wasm_bindgen(skip_typescript)]
    pub fn explain(&self, policy: &str, now: &str, account: &str) -> Result<JsValue, JsValue> {
        let explanations = offline::explain(policy, self.reader.snapshot(), now, account)
            .map_err(|error| failure("NOT_EVALUATED", &error.to_string()))?;
        to_js(&explanations)
    }
}

fn bits(rows: &Rows) -> Uint32Array {
    let halves: Vec<u32> = rows
        .words()
        .iter()
        .flat_map(|word| [*word, *word >> 32])
        .map(|half| u32::try_from(half & u64::from(u32::MAX)).unwrap_or(0))
        .collect();
    Uint32Array::from(halves.as_slice())
}
