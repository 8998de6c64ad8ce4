//! What is said in each language: the templates that stand where a policy has none, and the words in them.

use crate::model::Action;

/// The languages that people are written to in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Everybody whose language is not among these.
    #[default]
    English,
    /// German.
    German,
}

impl Language {
    /// The language of a profile, such as `de_DE` or `de-AT`.
    pub fn of_locale(locale: Option<&str>) -> Language {
        let language = locale.and_then(|locale| locale.split(['_', '-']).next());
        match language {
            Some(language) if language.eq_ignore_ascii_case("de") => Language::German,
            _ => Language::English,
        }
    }

    pub(super) fn warning_subject(self) -> &'static str {
        match self {
            Language::English => "Your access is about to end: {step}, not before {date}",
            Language::German => "Ihr Zugang endet bald: {step}, frühestens am {date}",
        }
    }

    pub(super) fn warning_text(self) -> &'static str {
        match self {
            Language::English => {
                "Hello {name},\n\
                 \n\
                 {because} Not before {date}, {step}.\n\
                 \n\
                 If you still need it, keep your access here: {keepLink}\n\
                 {enough}\n\
                 If you need it only later, for 90 days after it has ended, it comes back here: {backLink}\n\
                 \n\
                 Questions? {contact}"
            }
            Language::German => {
                "Guten Tag {name},\n\
                 \n\
                 {because} Frühestens am {date} geschieht Folgendes: {step}.\n\
                 \n\
                 Falls Sie ihn noch brauchen, behalten Sie ihn hier: {keepLink}\n\
                 {enough}\n\
                 Falls Sie ihn erst später brauchen: bis 90 Tage nach dem Ende bekommen Sie ihn hier zurück: {backLink}\n\
                 \n\
                 Fragen? {contact}"
            }
        }
    }

    /// The subject and the text of a message after something was taken that nothing else follows, which `ended` says.
    pub(super) fn ended(self) -> (&'static str, &'static str) {
        match self {
            Language::English => (
                "{ended}",
                "Hello {name},\n\n{because} {ended}.\n\nQuestions? {contact}",
            ),
            Language::German => (
                "{ended}",
                "Guten Tag {name},\n\n{because} {ended}.\n\nFragen? {contact}",
            ),
        }
    }

    /// The subject and the text of a message of a policy that takes nothing.
    pub(super) fn nothing_follows(self) -> (&'static str, &'static str) {
        match self {
            Language::English => (
                "About your access",
                "Hello {name},\n\n{because}\n\nIf you still need your access, say so here: {keepLink}\n{enough}\n\nQuestions? {contact}",
            ),
            Language::German => (
                "Zu Ihrem Zugang",
                "Guten Tag {name},\n\n{because}\n\nFalls Sie Ihren Zugang noch brauchen, sagen Sie es hier: {keepLink}\n{enough}\n\nFragen? {contact}",
            ),
        }
    }

    /// Why a policy means a person; `is_unused` where it asks for disuse. The reason of the core is English.
    pub(super) fn because(self, is_unused: bool) -> &'static str {
        match (self, is_unused) {
            (Language::English, _) => "{reason}.",
            (Language::German, true) => {
                "Sie haben Ihren Zugang lange nicht genutzt (zuletzt gesehen: {seen})."
            }
            (Language::German, false) => {
                "Die Richtlinie „{policy}“ gilt für Sie (Begründung auf Englisch: {reason})."
            }
        }
    }

    /// That use of some products is enough to keep the access; of any, where none is named.
    pub(super) fn enough(self, products: &str) -> String {
        let (of, sentence) = match self {
            Language::English => (
                " of ",
                "To sign in and open a page{of} once is enough, too.",
            ),
            Language::German => (
                " von ",
                "Es genügt auch, sich anzumelden und einmal eine Seite{of} zu öffnen.",
            ),
        };
        let of = if products.is_empty() { "" } else { of };
        sentence.replace("{of}", &[of, products].concat())
    }

    /// The subject and the text of the message that an access is back.
    pub(super) fn restored(self) -> (&'static str, &'static str) {
        match self {
            Language::English => (
                "You have your access back",
                "Hello {name},\n\nYou have your access back. You can sign in as before.\n\nQuestions? {contact}",
            ),
            Language::German => (
                "Sie haben Ihren Zugang wieder",
                "Guten Tag {name},\n\nSie haben Ihren Zugang wieder und können sich anmelden wie zuvor.\n\nFragen? {contact}",
            ),
        }
    }

    /// How a message begins that may have been sent before: whether it arrived is not known.
    pub(super) fn again(self) -> &'static str {
        match self {
            Language::English => "You may have had this message before.",
            Language::German => "Diese Nachricht haben Sie vielleicht schon einmal bekommen.",
        }
    }

    pub(super) fn never(self) -> &'static str {
        match self {
            Language::English => "never",
            Language::German => "nie",
        }
    }

    /// What an action meant for the person that was done, as a sentence.
    pub(super) fn done(self, action: Action) -> Option<&'static str> {
        let (english, german) = match action {
            Action::RemoveFromGroups => (
                "Your membership of some groups has ended",
                "Ihre Mitgliedschaft in einigen Gruppen ist beendet",
            ),
            Action::RemoveAccess => (
                "Your access to {products} has ended",
                "Ihr Zugang zu {products} ist beendet",
            ),
            Action::Suspend => ("Your access is suspended", "Ihr Zugang ist gesperrt"),
            _ => return None,
        };
        Some(match self {
            Language::English => english,
            Language::German => german,
        })
    }

    /// What an action means for the person, as a clause; nothing for what takes nothing from them.
    pub(super) fn step(self, action: Action) -> Option<&'static str> {
        let (english, german) = match action {
            Action::RemoveFromGroups => (
                "your membership of some groups ends",
                "Ihre Mitgliedschaft in einigen Gruppen endet",
            ),
            Action::RemoveAccess => (
                "your access to {products} ends",
                "Ihr Zugang zu {products} endet",
            ),
            Action::Suspend => ("your access is suspended", "Ihr Zugang wird gesperrt"),
            Action::Deactivate => ("your account is deactivated", "Ihr Konto wird deaktiviert"),
            Action::RemoveFromOrganization => (
                "you are removed from the organization",
                "Sie werden aus der Organisation entfernt",
            ),
            Action::Delete => ("your account is deleted", "Ihr Konto wird gelöscht"),
            Action::Warn
            | Action::Review
            | Action::CreateIssue
            | Action::Rename
            | Action::AddToGroup
            | Action::Restore => return None,
        };
        Some(match self {
            Language::English => english,
            Language::German => german,
        })
    }
}

/// A sentence with its first letter large.
pub fn capital(sentence: &str) -> String {
    let mut signs = sentence.chars();
    let first = signs.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(signs).collect()
}
