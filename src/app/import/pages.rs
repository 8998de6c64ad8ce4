//! Answers of `users/search`, in every shape in which they are kept in files.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::{ImportError, Imported, not_said};
use crate::atlassian::{NullActivity, UserReader};
use crate::csv::ExportError;
use crate::snapshot::Site;

/// Reads one page, several behind each other, an array of pages, or an array of people.
pub(super) fn import_pages(bytes: &[u8], sites: &[Site]) -> Result<Imported, ImportError> {
    let text = std::str::from_utf8(bytes).map_err(|_| ExportError::NotText)?;
    let mut pages = Pages::default();
    for document in serde_json::Deserializer::from_str(text).into_iter::<&RawValue>() {
        let document = document.map_err(|error| ImportError::NotJson {
            line: error.line(),
            column: error.column(),
        })?;
        pages.read_document(document.get())?;
    }
    let snapshot = pages.reader.into_snapshot();
    let repeated = pages.people.saturating_sub(snapshot.len());
    let mut imported = Imported::of(snapshot, "users/search", sites);
    imported.is_cut_off = pages.is_cut_off;
    imported.repeated = repeated;
    Ok(imported)
}

#[derive(Default)]
struct Pages {
    reader: UserReader,
    is_cut_off: bool,
    /// How many people the pages hold, those that came before counted again.
    people: usize,
}

impl Pages {
    fn read_document(&mut self, document: &str) -> Result<(), ImportError> {
        if !document.starts_with('[') {
            return self.read_page(document);
        }
        let elements = elements(document)?;
        if elements.first().is_some_and(|first| is_page(first)) {
            return elements
                .into_iter()
                .try_for_each(|page| self.read_page(page));
        }
        self.read_page(&format!("{{\"data\":{document}}}"))
    }

    fn read_page(&mut self, text: &str) -> Result<(), ImportError> {
        match self
            .reader
            .read(text.as_bytes(), &not_said(), NullActivity::Never)
        {
            Ok(page) => {
                let count = people_of(text).map_or(0, |people| people.len());
                self.is_cut_off = page.next.is_some();
                self.people += count;
                Ok(())
            }
            Err(_) => Err(fault(text)),
        }
    }
}

#[derive(Deserialize)]
struct Page<'a> {
    #[serde(borrow)]
    data: &'a RawValue,
}

fn is_page(text: &str) -> bool {
    serde_json::from_str::<Page<'_>>(text).is_ok()
}

fn elements(list: &str) -> Result<Vec<&str>, ImportError> {
    let elements: Vec<&RawValue> =
        serde_json::from_str(list).map_err(|_| ImportError::NotPeople)?;
    Ok(elements.into_iter().map(RawValue::get).collect())
}

fn people_of(page: &str) -> Result<Vec<&str>, ImportError> {
    serde_json::from_str::<Page<'_>>(page)
        .map_err(|_| ImportError::NotPeople)
        .and_then(|page| elements(page.data.get()))
}

/// What is wrong with a page that cannot be read.
fn fault(page: &str) -> ImportError {
    let people = people_of(page);
    let is_person = |person: &&str| {
        let page = format!("{{\"data\":[{person}]}}");
        let mut reader = UserReader::default();
        reader
            .read(page.as_bytes(), &not_said(), NullActivity::Never)
            .is_ok()
    };
    match people.map(|people| people.iter().position(|person| !is_person(person))) {
        Ok(Some(index)) => ImportError::NotAPerson(index + 1),
        Ok(None) => ImportError::NotPeople,
        Err(error) => error,
    }
}
