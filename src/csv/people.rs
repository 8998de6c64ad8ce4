//! The exports of admin.atlassian.com (atlassian-apis §12), read as people.

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use super::error::ExportError;
use super::headings::{Column, Headings};
use super::merge::{Disputed, merge};
use super::product::Sites;
use super::rows::{RowFault, Rows};
use super::value::{self, Value};
use crate::model::{AccountId, Activity, Claim, DirectoryId, GroupId, group_uuid};
use crate::snapshot::{Access, Group, Site, UserRecord};

/// A row that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Its number; the headings are row 1.
    pub row: u64,
    /// Why, as the rest of a sentence about the row.
    pub why: String,
}

/// A column in which something stood that was not understood and counts as not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Its heading.
    pub column: String,
    /// The first row in which it happened.
    pub row: u64,
    /// What stood there.
    pub value: String,
    /// How often it happened.
    pub count: u64,
}

/// What was found in a file besides its people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Rows below the headings.
    pub rows: u64,
    /// Different people.
    pub people: u64,
    /// Rows that told more about somebody who was there already.
    pub merged: u64,
    /// Rows that were left out.
    pub refused: Vec<Refused>,
    /// Columns with values that count as not known.
    pub unread: Vec<Unread>,
    /// Columns that nothing is read from.
    pub ignored: Vec<String>,
    /// Whether groups stand there by name alone: a condition on a group's id cannot be decided on them.
    pub lacks_group_ids: bool,
    /// The sites that the file names and that were not given. Their cloud id is the name in the file.
    pub sites: Vec<Site>,
}

/// Reads an export out of bytes in slices of any size.
///
/// ```
/// use seatkeeper::csv::People;
/// use seatkeeper::model::DirectoryId;
/// let mut people = People::new(DirectoryId("-".into()), &[]);
/// people.feed(b"User id,User status,Last seen in Jira - acme\r\n712020:1,Act").unwrap();
/// people.feed(b"ive,03 Jan 2024\r\n").unwrap();
/// let (people, report) = people.finish().unwrap();
/// assert_eq!(people.len(), 1);
/// assert_eq!((report.rows, report.merged), (1, 0));
/// ```
pub struct People {
    rows: Rows,
    gathered: Gathered,
}

/// Everything that was read so far.
struct Gathered {
    directory: DirectoryId,
    sites: Sites,
    headings: Option<Headings>,
    people: Vec<UserRecord>,
    /// Of each of them.
    disputed: Vec<Disputed>,
    places: HashMap<AccountId, usize, FixedState>,
    report: Report,
    error: Option<ExportError>,
}

impl People {
    /// Begins a file. Its people belong to the directory; the sites it names are looked up among the given ones.
    pub fn new(directory: DirectoryId, sites: &[Site]) -> People {
        People {
            rows: Rows::new(),
            gathered: Gathered {
                directory,
                sites: Sites::new(sites),
                headings: None,
                people: Vec::new(),
                disputed: Vec::new(),
                places: HashMap::default(),
                report: Report::default(),
                error: None,
            },
        }
    }

    /// Takes the next bytes.
    ///
    /// # Errors
    /// A file that is no export; nothing more can be read from it.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<(), ExportError> {
        let gathered = &mut self.gathered;
        self.rows
            .feed(bytes, &mut |row, cells| gathered.take(row, cells));
        self.gathered.error.clone().map_or(Ok(()), Err)
    }

    /// Ends the file and gives its people in the order in which they first came.
    ///
    /// # Errors
    /// A file that is no export.
    pub fn finish(mut self) -> Result<(Vec<UserRecord>, Report), ExportError> {
        let gathered = &mut self.gathered;
        self.rows
            .finish(&mut |row, cells| gathered.take(row, cells));
        let mut gathered = self.gathered;
        if let Some(error) = gathered.error {
            return Err(error);
        }
        let headings = gathered.headings.ok_or(ExportError::Empty)?;
        gathered.report.ignored = headings.ignored();
        gathered.report.lacks_group_ids = headings.has_groups() && !headings.has(Column::GroupId);
        gathered.report.people = u64::try_from(gathered.people.len()).unwrap_or(u64::MAX);
        gathered.report.sites = gathered.sites.named;
        Ok((gathered.people, gathered.report))
    }
}

impl Gathered {
    fn take(&mut self, row: u64, cells: Result<&[&str], RowFault>) {
        if self.error.is_some() {
            return;
        }
        let Some(headings) = self.headings.take() else {
            let headings = cells
                .map_err(|fault| match fault {
                    RowFault::TooLong => ExportError::RowTooLong(row),
                    RowFault::NotText => ExportError::NotText,
                })
                .and_then(|cells| Headings::read(cells, &mut self.sites));
            match headings {
                Ok(headings) => self.headings = Some(headings),
                Err(error) => self.error = Some(error),
            }
            return;
        };
        self.report.rows += 1;
        match cells {
            Err(RowFault::TooLong) => self.error = Some(ExportError::RowTooLong(row)),
            Err(RowFault::NotText) => self.refuse(row, String::from("is not text in UTF-8")),
            Ok(cells) => self.take_cells(row, &headings, cells),
        }
        self.headings = Some(headings);
    }

    fn take_cells(&mut self, row: u64, headings: &Headings, cells: &[&str]) {
        let (found, expected) = (cells.len(), headings.columns.len());
        if found != expected {
            // A row that is cut off must not pass for one in which nothing more stood.
            let why = format!("has {found} cells, the first row has {expected}");
            return self.refuse(row, why);
        }
        let record = RowReader {
            row,
            headings,
            cells,
            sites: &mut self.sites,
            unread: &mut self.report.unread,
        }
        .record(&self.directory);
        match record {
            Ok(record) => self.add(record),
            Err(why) => self.refuse(row, why),
        }
    }

    fn add(&mut self, record: UserRecord) {
        let known = self.places.get(&record.account).copied();
        let place = known
            .and_then(|place| Some((self.people.get_mut(place)?, self.disputed.get_mut(place)?)));
        if let Some((person, disputed)) = place {
            self.report.merged += 1;
            merge(person, disputed, record);
            return;
        }
        self.places
            .insert(record.account.clone(), self.people.len());
        self.people.push(record);
        self.disputed.push(Disputed::default());
    }

    fn refuse(&mut self, row: u64, why: String) {
        self.report.refused.push(Refused { row, why });
    }
}

/// One row with everything it is read by.
struct RowReader<'a> {
    row: u64,
    headings: &'a Headings,
    cells: &'a [&'a str],
    sites: &'a mut Sites,
    unread: &'a mut Vec<Unread>,
}

impl<'a> RowReader<'a> {
    fn record(mut self, directory: &DirectoryId) -> Result<UserRecord, String> {
        let account = AccountId(self.text(Column::Account).unwrap_or_default());
        if account.as_str().is_empty() {
            return Err(String::from("has no account id"));
        }
        if !account.is_plausible() {
            return Err(String::from("has an account id that is none"));
        }
        Ok(UserRecord {
            status: self.read(Column::Status, value::status).known(),
            claim: self.claim(),
            mfa: self.read(Column::TwoStep, value::yes_or_no).known(),
            name: self.text(Column::Name),
            email: self.text(Column::Email),
            added: self.read(Column::Added, value::moment).known(),
            groups: self.groups(),
            roles: self.cell(Column::Roles).and_then(value::roles),
            access: self.access(),
            ..UserRecord::unknown(account, directory.clone())
        })
    }

    fn cell(&self, column: Column) -> Option<&'a str> {
        let index = self
            .headings
            .columns
            .iter()
            .position(|known| *known == column)?;
        self.cells.get(index).map(|cell| cell.trim())
    }

    fn text(&self, column: Column) -> Option<String> {
        self.cell(column)
            .filter(|cell| !cell.is_empty())
            .map(String::from)
    }

    /// Reads a cell, and notes it if it is not understood.
    fn read<T>(&mut self, column: Column, read: impl Fn(&str) -> Value<T>) -> Value<T> {
        let Some(cell) = self.cell(column) else {
            return Value::Empty;
        };
        let value = read(cell);
        if matches!(value, Value::NotUnderstood) {
            self.note(column, cell);
        }
        value
    }

    fn note(&mut self, column: Column, cell: &str) {
        let index = self
            .headings
            .columns
            .iter()
            .position(|known| *known == column);
        let Some(name) = index.and_then(|index| self.headings.names.get(index)) else {
            return;
        };
        match self.unread.iter_mut().find(|unread| unread.column == *name) {
            Some(unread) => unread.count += 1,
            None => self.unread.push(Unread {
                column: name.clone(),
                row: self.row,
                value: cell.to_owned(),
                count: 1,
            }),
        }
    }

    /// Only managed accounts are in the export that has a last activity over all products.
    fn claim(&mut self) -> Option<Claim> {
        match self.read(Column::Claimed, value::yes_or_no) {
            Value::Read(true) => Some(Claim::Managed),
            Value::Read(false) => Some(Claim::External),
            Value::Empty | Value::NotUnderstood => self
                .headings
                .has(Column::LastActive)
                .then_some(Claim::Managed),
        }
    }

    fn groups(&self) -> Option<Vec<Group>> {
        if !self.headings.has_groups() {
            return None;
        }
        let ids = list(self.cell(Column::GroupId));
        let names = list(self.cell(Column::GroupName));
        let mut groups: Vec<Group> = match (ids.as_slice(), self.cell(Column::GroupName)) {
            // The name of a single group may hold a comma.
            ([id], Some(name)) if !name.is_empty() => vec![group(id, Some(name))],
            ([], _) => names.iter().map(|name| group(name, Some(name))).collect(),
            (ids, _) if ids.len() == names.len() => ids
                .iter()
                .zip(&names)
                .map(|(id, name)| group(id, Some(name)))
                .collect(),
            (ids, _) => ids.iter().map(|id| group(id, None)).collect(),
        };
        for (column, cell) in self.headings.columns.iter().zip(self.cells) {
            let name = cell.trim();
            if *column == Column::OneGroup && !name.is_empty() {
                groups.push(group(name, Some(name)));
            }
        }
        Some(groups)
    }

    fn access(&mut self) -> Option<Vec<Access>> {
        if !self.headings.has_access() {
            return None;
        }
        let headings = self.headings;
        let mut accesses = Vec::new();
        for (number, place) in headings.places.iter().enumerate() {
            if headings.has(Column::Sites(number)) {
                self.listed_sites(number, &place.product, &mut accesses);
            } else if let Some(activity) = self.held(number) {
                accesses.push(Access {
                    resource: place.resource.clone(),
                    product: place.product.clone(),
                    seat: None,
                    activity,
                });
            }
        }
        Some(accesses)
    }

    /// The activity in a place, or nothing where the row says that there is no access. Where it does not say, the
    /// access counts as held: leaving it out would be to know that it is not there.
    fn held(&mut self, place: usize) -> Option<Activity> {
        if self
            .cell(Column::Access(place))
            .is_some_and(value::is_no_access)
        {
            return None;
        }
        let seen = self.read(Column::LastSeen(place), value::last_seen);
        Some(seen.known().unwrap_or(Activity::Unknown))
    }

    /// The accesses of a column that lists sites. Each of them was last used at the last activity anywhere at the
    /// latest, so that counts: it never makes anybody look idle for longer than they are.
    fn listed_sites(&mut self, number: usize, product: &str, accesses: &mut Vec<Access>) {
        let cell = self.cell(Column::Sites(number)).unwrap_or_default();
        if cell.is_empty() || value::is_no_access(cell) {
            return;
        }
        let last = self.read(Column::LastActive, value::last_seen);
        let activity = last.known().unwrap_or(Activity::Unknown);
        // Some exports only say that the product is held.
        let is_bare = matches!(value::yes_or_no(cell), Value::Read(true))
            || cell.eq_ignore_ascii_case("user");
        let sites = if is_bare { vec![""] } else { list(Some(cell)) };
        for site in sites {
            accesses.push(Access {
                resource: self.sites.resource(product, Some(site)),
                product: product.to_owned(),
                seat: None,
                activity,
            });
        }
    }
}

fn group(id: &str, name: Option<&str>) -> Group {
    Group {
        id: GroupId(group_uuid(id).to_owned()),
        name: name.map(String::from),
    }
}

/// The parts of a cell that holds a list with commas.
fn list(cell: Option<&str>) -> Vec<&str> {
    cell.unwrap_or_default()
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect()
}
