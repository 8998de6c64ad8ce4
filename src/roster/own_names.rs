//! The lists and fields of the organization that policies name, once the page looked them up: until then a run decides on them.

use super::Roster;
use crate::evaluate::{FieldValues, LIST_MAX_AGE, NamedList};
use crate::model::{AccountId, Time};

impl Roster {
    /// Takes a list: when it was imported, `None` where there is no such list, and its members, one a line.
    pub fn know_list(&mut self, name: &str, imported: Option<Time>, members: &str) {
        self.lists.retain(|known| known.name != name);
        if let Some(imported) = imported {
            self.lists.push(NamedList {
                name: name.to_owned(),
                imported,
                max_age: LIST_MAX_AGE,
                members: members.lines().map(String::from).collect(),
            });
        }
        self.looked_up.lists.push(name.to_owned());
        self.forget_verdicts();
    }

    /// Takes a field: an account, a blank and its value on each line; `None` where there is no such field.
    pub fn know_field(&mut self, name: &str, values: Option<&str>) {
        self.fields.retain(|known| known.name != name);
        if let Some(values) = values {
            let pairs = values.lines().filter_map(|line| line.split_once(' '));
            self.fields.push(FieldValues {
                name: name.to_owned(),
                values: pairs
                    .map(|(account, value)| (AccountId(account.to_owned()), value.to_owned()))
                    .collect(),
            });
        }
        self.looked_up.fields.push(name.to_owned());
        self.forget_verdicts();
    }

    /// What was decided on what is known better now.
    fn forget_verdicts(&mut self) {
        self.verdicts.clear();
        self.last = None;
    }
}
