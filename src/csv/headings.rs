//! What the columns of an export hold, by their headings: in any order, with others beside them.

use super::error::ExportError;
use super::product::{Sites, key, known_key};
use crate::model::Resource;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// The account id.
    Account,
    /// The display name.
    Name,
    /// The e-mail address.
    Email,
    /// The status.
    Status,
    /// The date added to the organization.
    Added,
    /// The role in the organization.
    Roles,
    /// Whether the account is managed.
    Claimed,
    /// Whether two-step verification is on.
    TwoStep,
    /// The last activity anywhere: only the export of managed accounts has it.
    LastActive,
    /// The id of a group, or of several.
    GroupId,
    /// The name of a group, or of several.
    GroupName,
    /// The name of one group; there are as many such columns as somebody has groups.
    OneGroup,
    /// The role in a product on a site, by the number of the place.
    Access(usize),
    /// The last activity in a product on a site, by the number of the place.
    LastSeen(usize),
    /// The sites on which the product, by the number of the place, is held.
    Sites(usize),
    /// Nothing that a policy asks for.
    Ignored,
}

/// A product on a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) product: String,
    pub(super) resource: Resource,
}

/// The headings of single columns, the more telling ones first.
const SINGLE: [(Column, &[&str]); 9] = [
    (Column::Account, &["user id", "atlassian id", "account id"]),
    (Column::Name, &["user name", "name"]),
    (Column::Email, &["email", "email address", "e-mail"]),
    (Column::Status, &["user status", "account status", "status"]),
    (Column::Added, &["added to org", "added to organization"]),
    (Column::Roles, &["org role", "organization role"]),
    (
        Column::LastActive,
        &["last active date [utc]", "last active date"],
    ),
    (Column::GroupId, &["group id", "group ids"]),
    (Column::GroupName, &["group name", "group names", "groups"]),
];

const LAST_SEEN: &str = "last seen in ";

/// The columns of one file.
#[derive(Debug)]
pub(super) struct Headings {
    /// As they stand there, for messages.
    pub(super) names: Vec<String>,
    /// What they hold.
    pub(super) columns: Vec<Column>,
    /// The products on sites that the headings name.
    pub(super) places: Vec<Place>,
}

impl Headings {
    /// Reads the first row.
    pub(super) fn read(cells: &[&str], sites: &mut Sites) -> Result<Headings, ExportError> {
        let mut headings = Headings {
            names: cells.iter().map(|cell| cell.trim().to_owned()).collect(),
            columns: vec![Column::Ignored; cells.len()],
            places: Vec::new(),
        };
        let plain: Vec<String> = cells.iter().map(|cell| plain(cell)).collect();
        headings.find_single(&plain)?;
        if !headings.has(Column::Account) {
            return Err(ExportError::NoAccountColumn);
        }
        headings.find_places(&plain, sites)?;
        Ok(headings)
    }

    /// Whether there is such a column.
    pub(super) fn has(&self, column: Column) -> bool {
        self.columns.contains(&column)
    }

    /// Whether the file says which accesses people hold.
    pub(super) fn has_access(&self) -> bool {
        !self.places.is_empty()
    }

    /// Whether the file says which groups people are in.
    pub(super) fn has_groups(&self) -> bool {
        [Column::GroupId, Column::GroupName, Column::OneGroup]
            .into_iter()
            .any(|column| self.has(column))
    }

    /// The headings of columns that nothing is read from.
    pub(super) fn ignored(&self) -> Vec<String> {
        self.names
            .iter()
            .zip(&self.columns)
            .filter(|(name, column)| **column == Column::Ignored && !name.is_empty())
            .map(|(name, _)| name.clone())
            .collect()
    }

    fn find_single(&mut self, plain: &[String]) -> Result<(), ExportError> {
        for (column, headings) in SINGLE {
            for heading in headings {
                let mut found = plain.iter().enumerate().filter(|(_, name)| name == heading);
                let Some((index, _)) = found.next() else {
                    continue;
                };
                if let Some((second, _)) = found.next() {
                    return Err(self.twice(second));
                }
                self.set(index, column);
                break;
            }
        }
        for (index, name) in plain.iter().enumerate() {
            if is_one_group(name) {
                self.set(index, Column::OneGroup);
            } else if name.starts_with("claimed") && !self.has(Column::Claimed) {
                self.set(index, Column::Claimed);
            } else if name.starts_with("two-step") && !self.has(Column::TwoStep) {
                self.set(index, Column::TwoStep);
            }
        }
        Ok(())
    }

    /// Finds the columns of accesses: first those of the last activity, which say what else names a place.
    fn find_places(&mut self, plain: &[String], sites: &mut Sites) -> Result<(), ExportError> {
        for (index, name) in plain.iter().enumerate() {
            if let Some(label) = name.strip_prefix(LAST_SEEN) {
                let label = self.label(index, label.len());
                let place = self.place(&label, sites);
                self.set_once(index, Column::LastSeen(place))?;
            }
        }
        let lists_sites = self.has(Column::LastActive);
        for index in 0..plain.len() {
            if self.columns.get(index) != Some(&Column::Ignored) {
                continue;
            }
            let label = self.label(index, usize::MAX);
            let names_a_place = label.contains(" - ")
                || known_key(&label).is_some()
                || self.is_place_without_site(&label);
            if names_a_place {
                let place = self.place(&label, sites);
                let column = match lists_sites && !label.contains(" - ") {
                    true => Column::Sites(place),
                    false => Column::Access(place),
                };
                self.set_once(index, column)?;
            }
        }
        Ok(())
    }

    /// The end of a heading as it stands there, in so many bytes of its plain form at most.
    fn label(&self, index: usize, length: usize) -> String {
        let name = self.names.get(index).map_or("", String::as_str);
        let words: Vec<&str> = name.split_whitespace().collect();
        let name = words.join(" ");
        let start = name.len().saturating_sub(length);
        name.get(start..).unwrap_or_default().to_owned()
    }

    fn is_place_without_site(&self, label: &str) -> bool {
        let key = key(label);
        self.places
            .iter()
            .any(|place| place.product == key && !place.resource.as_str().contains("::"))
    }

    /// The number of the place that a label such as `Jira - acme` names.
    fn place(&mut self, label: &str, sites: &mut Sites) -> usize {
        let (product, site) = match label.split_once(" - ") {
            Some((product, site)) => (key(product), Some(site)),
            None => (key(label), None),
        };
        let resource = sites.resource(&product, site);
        let place = Place { product, resource };
        match self.places.iter().position(|known| *known == place) {
            Some(number) => number,
            None => {
                self.places.push(place);
                self.places.len() - 1
            }
        }
    }

    fn set_once(&mut self, index: usize, column: Column) -> Result<(), ExportError> {
        if self.has(column) {
            return Err(self.twice(index));
        }
        self.set(index, column);
        Ok(())
    }

    fn set(&mut self, index: usize, column: Column) {
        if let Some(place) = self.columns.get_mut(index) {
            *place = column;
        }
    }

    fn twice(&self, index: usize) -> ExportError {
        ExportError::ColumnTwice(self.names.get(index).cloned().unwrap_or_default())
    }
}

/// A heading in lower case, with single blanks.
pub(super) fn plain(heading: &str) -> String {
    let words: Vec<&str> = heading.split_whitespace().collect();
    words.join(" ").to_ascii_lowercase()
}

fn is_one_group(name: &str) -> bool {
    name.strip_prefix("group ").is_some_and(|number| {
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cells: &[&str]) -> Result<Headings, ExportError> {
        Headings::read(cells, &mut Sites::default())
    }

    #[test]
    fn columns_are_known_in_any_order_and_case() {
        let headings = read(&[
            "Last seen in Jira - acme",
            "Cost centre",
            "USER ID",
            "email",
            "Jira  - acme",
            "Group 1",
            "Group 12",
            "Group X",
            "Name",
            "User name",
            "Last seen in Trello",
            "Trello",
            "Jira Align - acme",
        ])
        .unwrap();
        assert_eq!(
            headings.columns,
            [
                Column::LastSeen(0),
                Column::Ignored,
                Column::Account,
                Column::Email,
                Column::Access(0),
                Column::OneGroup,
                Column::OneGroup,
                Column::Ignored,
                Column::Ignored,
                Column::Name,
                Column::LastSeen(1),
                Column::Access(1),
                Column::Access(2),
            ]
        );
        assert_eq!(
            headings.places[0].resource.as_str(),
            "ari:cloud:jira-software::site/acme"
        );
        assert_eq!(headings.places[1].resource.as_str(), "ari:cloud:trello");
        assert_eq!(headings.places[2].product, "jira-align");
        assert_eq!(headings.ignored(), ["Cost centre", "Group X", "Name"]);
    }

    #[test]
    fn the_products_of_the_export_of_accounts_list_sites() {
        let headings =
            read(&["Atlassian ID", "Last active date [UTC]", "Jira", "Billable"]).unwrap();
        assert_eq!(
            headings.columns,
            [
                Column::Account,
                Column::LastActive,
                Column::Sites(0),
                Column::Ignored
            ]
        );
    }

    #[test]
    fn what_names_nobody_or_says_it_twice_is_refused() {
        assert_eq!(
            read(&["email", "User name"]).unwrap_err(),
            ExportError::NoAccountColumn
        );
        for cells in [
            ["User id", "email", "Email"],
            ["User id", "Jira - acme", "Jira Software - acme"],
            [
                "User id",
                "Last seen in Jira - acme",
                "last seen in jira - ACME",
            ],
        ] {
            assert_eq!(
                read(&cells).unwrap_err(),
                ExportError::ColumnTwice(cells[2].into())
            );
        }
    }
}
