//! Names to draw from.

/// First names.
pub const FIRST: [&str; 40] = [
    "Aiko", "Amara", "Anton", "Beatriz", "Bilal", "Carmen", "Chidi", "Daan", "Elif", "Emeka",
    "Fatima", "Felix", "Giulia", "Hana", "Hugo", "Ines", "Ivan", "Jana", "Jonas", "Kaito", "Lars",
    "Leila", "Lucía", "Mateo", "Mei", "Milan", "Nadia", "Noor", "Oskar", "Priya", "Rahul", "Rosa",
    "Siobhán", "Sofia", "Tomás", "Uma", "Viktor", "Wanda", "Yusuf", "Zoë",
];

/// Last names.
pub const LAST: [&str; 40] = [
    "Abara",
    "Almeida",
    "Andersson",
    "Bakker",
    "Banerjee",
    "Bianchi",
    "Castillo",
    "Chen",
    "Cohen",
    "Dubois",
    "Eriksen",
    "Fischer",
    "García",
    "Haddad",
    "Horvat",
    "Ito",
    "Jansen",
    "Kaya",
    "Kowalski",
    "Lindqvist",
    "Mbeki",
    "Meyer",
    "Nakamura",
    "Novák",
    "O'Brien",
    "Okafor",
    "Olsen",
    "Patel",
    "Petrov",
    "Quispe",
    "Rossi",
    "Sato",
    "Schneider",
    "Silva",
    "Smith",
    "Tanaka",
    "Torres",
    "Vasquez",
    "Weber",
    "Yilmaz",
];

/// Names that break careless programs: markup, a spreadsheet formula, another script, a line break, nothing but spaces.
pub const AWKWARD: [&str; 6] = [
    "<b>Bobby</b> Tables",
    "=HYPERLINK(\"https://evil.example\",\"open\")",
    "李 伟",
    "Zoë O’Connor-Smith, PhD",
    "Line\nBreak",
    "   ",
];

/// Departments and the groups of the same name.
pub const DEPARTMENTS: [&str; 12] = [
    "engineering",
    "product",
    "design",
    "marketing",
    "sales",
    "finance",
    "people",
    "legal",
    "support",
    "operations",
    "it",
    "research",
];

/// Job titles.
pub const TITLES: [&str; 6] = [
    "Engineer",
    "Analyst",
    "Manager",
    "Consultant",
    "Specialist",
    "Director",
];

/// Time zones.
pub const ZONES: [&str; 6] = [
    "Europe/Berlin",
    "America/New_York",
    "Asia/Tokyo",
    "Asia/Kolkata",
    "Europe/Amsterdam",
    "Australia/Sydney",
];

/// Sites, in the order in which they are created.
pub const SITES: [&str; 6] = ["acme", "globex", "initech", "umbrella", "hooli", "wayne"];
