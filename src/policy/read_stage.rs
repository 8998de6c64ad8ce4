//! Reading stages: one at a time, and each with what its actions need and nothing that they would ignore.

use super::json::Node;
use super::reader::{Fields, Reader};
use super::{Pattern, Stage, Template};
use crate::model::Action;

/// The actions that send or write a text, which a template can word.
const WORDED: [Action; 4] = [
    Action::Warn,
    Action::Review,
    Action::CreateIssue,
    Action::Rename,
];

impl Reader {
    /// The stages, `None` in the place of those that are wrong: the others are still checked against each other.
    pub(super) fn stages(&mut self, node: &Node, path: &str) -> Option<Vec<Option<Stage>>> {
        self.each_alone(node, path, Reader::stage)
    }

    fn stage(&mut self, node: &Node, path: &str) -> Option<Stage> {
        let names = ["after", "do", "template", "products", "sites", "groups"];
        let fields = self.fields(node, path, &names, &["after", "do"])?;
        let after = self.field(&fields, "after", Reader::span);
        let actions = self.field(&fields, "do", Reader::actions);
        let template = self.field(&fields, "template", Reader::template);
        let products = self.field(&fields, "products", Reader::names);
        let sites = self.field(&fields, "sites", Reader::names);
        let groups = self.field(&fields, "groups", |reader, node, path| {
            reader.each(node, path, Reader::group)
        });
        let actions = actions?;
        if matches!(template, Some(Template::Each(_))) && actions.contains(&Action::Rename) {
            let message = "a name is the same in every language: give one text";
            self.error(&fields.at("template"), "wrong-template", message);
        }
        self.objects_of(&actions, &fields);
        self.groups_of(&actions, groups.as_deref(), &fields.at("groups"));
        Some(Stage {
            after: after?,
            r#do: actions,
            template,
            products,
            sites,
            groups,
        })
    }

    /// One action or a list of them, from narrow to wide.
    fn actions(&mut self, node: &Node, path: &str) -> Option<Vec<Action>> {
        let actions = self.one_or_each(node, path, Reader::action)?;
        let pairs = actions.iter().zip(actions.iter().skip(1));
        for (index, (narrow, wide)) in pairs.enumerate() {
            if narrow >= wide {
                let at = format!("{path}[{}]", index + 1);
                let message = format!(
                    "the actions of a stage go from narrow to wide, each once: `{}` cannot follow `{}`",
                    wide.name(),
                    narrow.name()
                );
                self.error(&at, "wrong-order", &message);
            }
        }
        Some(actions)
    }

    fn action(&mut self, node: &Node, path: &str) -> Option<Action> {
        let text = self.text(node, path)?;
        let action = Action::parse(&text);
        if action.is_none() {
            let names: Vec<&str> = Action::names().collect();
            self.no_choice(path, "wrong-action", "action", &text, &names);
        }
        action
    }

    /// What the actions of a stage act with: there where one needs it, and nowhere else, since it would be ignored.
    fn objects_of(&mut self, actions: &[Action], fields: &Fields<'_>) {
        let groups = [Action::AddToGroup, Action::RemoveFromGroups];
        let access = [Action::RemoveAccess];
        for (name, users, needed) in [
            ("template", WORDED.as_slice(), false),
            ("products", access.as_slice(), true),
            ("sites", access.as_slice(), true),
            ("groups", groups.as_slice(), true),
        ] {
            let used = actions.iter().any(|action| users.contains(action));
            let names: Vec<&str> = users.iter().map(|action| action.name()).collect();
            let names = names.join(", ");
            match (fields.has(name), used) {
                (true, false) => {
                    let message = format!("would be ignored: only these use it: {names}");
                    self.error(&fields.at(name), "ignored-field", &message);
                }
                (false, true) if needed => {
                    let message = format!("the field is required by: {names}");
                    self.error(&fields.at(name), "missing-field", &message);
                }
                _ => {}
            }
        }
    }

    fn groups_of(&mut self, actions: &[Action], groups: Option<&[Pattern]>, path: &str) {
        if !actions.contains(&Action::AddToGroup) {
            return;
        }
        if actions.contains(&Action::RemoveFromGroups) {
            let message = "the same groups cannot be given and taken in one stage: make two stages";
            self.error(path, "wrong-group", message);
        }
        for (index, group) in groups.unwrap_or_default().iter().enumerate() {
            if group.is_glob() {
                let at = format!("{path}[{index}]");
                let message = "nobody can be added to a glob: name the group";
                self.error(&at, "wrong-group", message);
            }
        }
    }
}
