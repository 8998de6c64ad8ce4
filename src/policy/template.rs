//! The words of a message, an issue or a name: one text, or one for each language.

use std::collections::BTreeMap;

use super::json::Node;
use super::reader::Reader;

/// Words in which variables in braces stand for what is known when they are used.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "types",
    derive(serde::Serialize, ts_rs::TS, schemars::JsonSchema)
)]
#[cfg_attr(feature = "types", serde(untagged))]
pub enum Template {
    /// The same for everybody.
    One(String),
    /// By language, such as `de` or `pt-BR`; `default` is for all others.
    #[cfg_attr(feature = "types", ts(type = "Record<string, string>"))]
    Each(
        #[cfg_attr(feature = "types", schemars(extend("required" = [DEFAULT])))]
        BTreeMap<String, String>,
    ),
}

/// The name under which the words for all other languages stand.
pub const DEFAULT: &str = "default";

/// So many languages are enough.
pub const MOST_LANGUAGES: usize = 40;

impl Template {
    /// The words for somebody whose profile has this language, such as `de_DE`: those of exactly it, of its language without a
    /// country, or the usual ones.
    ///
    /// ```
    /// use seatkeeper::policy::read;
    ///
    /// let policy = read(r#"{"version":1,"id":"p","name":"P","match":{"status":["active"]},"stages":[
    ///     {"after":"0d","do":"warn","template":{"default":"A\nb","de":"C\nd"}}]}"#).unwrap();
    /// let template = policy.stages[0].template.as_ref().unwrap();
    /// assert_eq!(template.of(Some("de_AT")), "C\nd");
    /// assert_eq!(template.of(None), "A\nb");
    /// ```
    pub fn of(&self, locale: Option<&str>) -> &str {
        match self {
            Template::One(text) => text,
            Template::Each(texts) => {
                let locale = locale.unwrap_or_default().replace('_', "-");
                let named = |wanted: &str| {
                    let mut texts = texts.iter();
                    let found = texts.find(|(language, _)| language.eq_ignore_ascii_case(wanted));
                    found.map(|(_, text)| text.as_str())
                };
                let language = locale.split('-').next().unwrap_or_default();
                let words = named(&locale).or_else(|| named(language));
                words.or_else(|| named(DEFAULT)).unwrap_or_default()
            }
        }
    }

    /// Each of its texts, with the way to it from the template's own place.
    pub fn texts(&self) -> Vec<(String, &str)> {
        match self {
            Template::One(text) => vec![(String::new(), text.as_str())],
            Template::Each(texts) => {
                let texts = texts.iter();
                let texts = texts.map(|(language, text)| (format!(".{language}"), text.as_str()));
                texts.collect()
            }
        }
    }

    pub(super) fn written(&self) -> Node {
        match self {
            Template::One(text) => Node::text(text),
            Template::Each(texts) => {
                let texts = texts.iter();
                Node::Object(
                    texts
                        .map(|(language, text)| (language.clone(), Node::text(text)))
                        .collect(),
                )
            }
        }
    }
}

impl Reader {
    pub(super) fn template(&mut self, node: &Node, path: &str) -> Option<Template> {
        let Node::Object(entries) = node else {
            return self.text(node, path).map(Template::One);
        };
        let mut texts = BTreeMap::new();
        if entries.len() > MOST_LANGUAGES {
            self.error(path, "too-long", "must not have more than 40 languages");
        }
        for (language, node) in entries {
            let at = format!("{path}.{language}");
            if !is_language(language) {
                let message = "must be a language such as `de` or `pt-BR`, or `default`";
                self.error(&at, "wrong-language", message);
            } else if texts.contains_key(language) {
                self.error(&at, "duplicate-field", "the field stands here twice");
            } else if let Some(text) = self.text(node, &at) {
                texts.insert(language.clone(), text);
            }
        }
        if !entries.iter().any(|(language, _)| language == DEFAULT) {
            let message = "the field is required: people of all other languages get it";
            self.error(&format!("{path}.{DEFAULT}"), "missing-field", message);
        }
        Some(Template::Each(texts))
    }
}

/// Whether a name is a language as profiles have them, with or without a country.
pub fn is_language(name: &str) -> bool {
    let (language, country) = match name.split_once('-') {
        Some((language, country)) => (language, Some(country)),
        None => (name, None),
    };
    let is = |part: &str, lengths: &[usize], fits: fn(&u8) -> bool| {
        lengths.contains(&part.len()) && part.as_bytes().iter().all(fits)
    };
    name == DEFAULT
        || is(language, &[2, 3], u8::is_ascii_lowercase)
            && country.is_none_or(|country| is(country, &[2], u8::is_ascii_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::read;

    fn stage(template: &str) -> String {
        format!(
            r#"{{"version":1,"id":"p","name":"P","match":{{"status":["active"]}},
            "stages":[{{"after":"0d","do":"warn","template":{template}}}]}}"#
        )
    }

    #[test]
    fn everybody_gets_the_words_of_their_language() {
        let policy = read(&stage(r#"{"default":"A","pt-BR":"B","pt":"C","de":"D"}"#)).unwrap();
        let template = policy.stages[0].template.clone().unwrap();
        for (locale, expected) in [
            (Some("pt_BR"), "B"),
            (Some("pt-br"), "B"),
            (Some("pt_PT"), "C"),
            (Some("DE"), "D"),
            (Some("de_DE"), "D"),
            (Some("den"), "A"),
            (Some("default"), "A"),
            (Some(""), "A"),
            (None, "A"),
        ] {
            assert_eq!(template.of(locale), expected, "{locale:?}");
        }
        let one = Template::One(String::from("A"));
        assert_eq!(one.of(Some("de")), "A");
        let written = serde_json::to_string(&policy).unwrap();
        assert_eq!(read(&written).unwrap(), policy);
    }

    #[test]
    fn what_is_wrong_with_the_languages_is_said_with_its_path() {
        for (template, path, code) in [
            (r#"{"de":"A"}"#, ".default", "missing-field"),
            (r#"{"default":"A","DE":"A"}"#, ".DE", "wrong-language"),
            (r#"{"default":"A","d":"A"}"#, ".d", "wrong-language"),
            (
                r#"{"default":"A","german":"A"}"#,
                ".german",
                "wrong-language",
            ),
            (r#"{"default":"A","de-de":"A"}"#, ".de-de", "wrong-language"),
            (
                r#"{"default":"A","de":"A","de":"B"}"#,
                ".de",
                "duplicate-field",
            ),
            (r#"{"default":"A","de":" "}"#, ".de", "empty"),
            (r#"{"default":3}"#, ".default", "wrong-kind"),
        ] {
            let errors = read(&stage(template)).unwrap_err();
            let found: Vec<_> = errors
                .iter()
                .map(|error| (error.path.as_str(), error.code.as_str()))
                .collect();
            let path = format!("$.stages[0].template{path}");
            assert_eq!(found, [(path.as_str(), code)], "{template}");
        }
        let many: Vec<String> = ('a'..='z')
            .flat_map(|one| ['x', 'y'].map(|two| format!(r#""{one}{two}":"A""#)))
            .collect();
        let errors = read(&stage(&format!(r#"{{"default":"A",{}}}"#, many.join(",")))).unwrap_err();
        assert_eq!(errors[0].code, "too-long");
    }
}
