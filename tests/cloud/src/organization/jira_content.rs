//! What people answer for on the first site: projects, their components, and filters with subscriptions.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use super::User;

/// The content of the first site's Jira, as far as people answer for it.
#[derive(Clone, Debug, Default)]
pub struct JiraContent {
    /// The projects.
    pub projects: Vec<Project>,
    /// The filters.
    pub filters: Vec<Filter>,
}

/// A project.
#[derive(Clone, Debug)]
pub struct Project {
    /// Its key.
    pub key: String,
    /// Who leads it, by account id.
    pub lead: String,
    /// Whether the app may browse it.
    pub open: bool,
    /// Its components.
    pub components: Vec<Component>,
}

/// A component of a project.
#[derive(Clone, Debug)]
pub struct Component {
    /// Its name.
    pub name: String,
    /// Who leads it, by account id.
    pub lead: Option<String>,
    /// Whether the component's lead gets its issues, and not the project's.
    pub assigns_lead: bool,
}

/// A filter.
#[derive(Clone, Debug)]
pub struct Filter {
    /// Its name.
    pub name: String,
    /// Whose it is, by account id.
    pub owner: String,
    /// Whether it is shared with everybody.
    pub shared: bool,
    /// Who is subscribed, by account id.
    pub subscribers: Vec<String>,
}

/// Makes up a few of each, of whom some belong to people who left.
pub(super) fn generate_content(users: &[User], draw: &mut ChaCha8Rng) -> JiraContent {
    let mut content = JiraContent::default();
    if users.is_empty() {
        return content;
    }
    let mut somebody = || users[draw.random_range(0..users.len())].account_id.clone();
    for (number, key) in ["OPS", "WEB", "DATA", "HR"].into_iter().enumerate() {
        let component = |name: &str, lead: Option<String>, assigns_lead| Component {
            name: name.to_owned(),
            lead,
            assigns_lead,
        };
        content.projects.push(Project {
            key: key.to_owned(),
            lead: somebody(),
            open: number < 3,
            components: vec![
                component("core", Some(somebody()), true),
                component("docs", Some(somebody()), false),
                component("misc", None, false),
            ],
        });
    }
    for number in 0..4 {
        let owner = somebody();
        let subscribers = match number {
            0 => Vec::new(),
            1 => vec![owner.clone()],
            _ => vec![owner.clone(), somebody()],
        };
        content.filters.push(Filter {
            name: format!("Filter {number}"),
            owner,
            shared: number < 3,
            subscribers,
        });
    }
    content
}
