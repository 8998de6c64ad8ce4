//! Policies to start from. They are documents like any other, switched off until an administrator switches them on,
//! and every one of them asks for two readings a day apart (RULES R6).

/// A policy to start from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// The name of its file and its fixture, such as `idle-90`.
    pub id: &'static str,
    /// The policy's name.
    pub name: &'static str,
    /// The policy document.
    pub document: &'static str,
}

/// All of them, the simplest first.
pub const PRESETS: [Preset; 9] = [
    Preset {
        id: "idle-90",
        name: "Idle for 90 days",
        document: include_str!("presets/idle-90.json"),
    },
    Preset {
        id: "never-used-14",
        name: "Never used for 14 days",
        document: include_str!("presets/never-used-14.json"),
    },
    Preset {
        id: "contractors-30",
        name: "Contractors idle for 30 days",
        document: include_str!("presets/contractors-30.json"),
    },
    Preset {
        id: "pci-dss-8.2.6-90",
        name: "PCI DSS 8.2.6: disabled within 90 days",
        document: include_str!("presets/pci-dss-8.2.6-90.json"),
    },
    Preset {
        id: "cis-45",
        name: "CIS Control 5.3: disabled within 45 days",
        document: include_str!("presets/cis-45.json"),
    },
    Preset {
        id: "cmmc-30-then-90",
        name: "CMMC: disabled by day 30, removed by day 90",
        document: include_str!("presets/cmmc-30-then-90.json"),
    },
    Preset {
        id: "leaver-list",
        name: "Leavers of the list",
        document: include_str!("presets/leaver-list.json"),
    },
    Preset {
        id: "staged",
        name: "Warn, remind, deactivate, delete",
        document: include_str!("presets/staged.json"),
    },
    Preset {
        id: "seat-pool",
        name: "At most 100 seats of Jira",
        document: include_str!("presets/seat-pool.json"),
    },
];
