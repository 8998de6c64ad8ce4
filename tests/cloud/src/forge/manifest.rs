//! What the app declared. Whatever is not declared here is refused.

use std::collections::BTreeMap;

use serde_json::Value;

use super::web_trigger::{WebTrigger, web_trigger};

/// The manifest is not one this simulation can install.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the manifest cannot be installed: {0}")]
pub struct ManifestError(pub String);

/// The parts of a manifest that the services look at.
#[derive(Clone, Debug, Default)]
pub struct Manifest {
    /// `app.id`.
    pub app_id: String,
    /// `modules.function`.
    pub functions: Vec<Function>,
    /// `modules.scheduledTrigger`.
    pub scheduled: Vec<ScheduledTrigger>,
    /// `modules.consumer`.
    pub consumers: Vec<Consumer>,
    /// `modules.jira:adminPage` and `modules.jira:globalPage`.
    pub pages: Vec<Page>,
    /// `modules.webtrigger`.
    pub web_triggers: Vec<WebTrigger>,
    /// `permissions.scopes`.
    pub scopes: Vec<String>,
    /// `permissions.external.configurable.enabled`: whether administrators may allow addresses.
    pub configurable_egress: bool,
    /// `app.storage.entities`.
    pub entities: Vec<Entity>,
}

/// A function of the app.
#[derive(Clone, Debug)]
pub struct Function {
    /// Its key.
    pub key: String,
    /// `file.export`.
    pub handler: String,
    /// The declared time limit, in seconds.
    pub timeout_seconds: Option<u32>,
}

/// A trigger that fires by itself.
#[derive(Clone, Debug)]
pub struct ScheduledTrigger {
    /// Its key.
    pub key: String,
    /// The key of its function.
    pub function: String,
    /// Seconds between two firings.
    pub every_seconds: i64,
}

/// A consumer of a queue.
#[derive(Clone, Debug)]
pub struct Consumer {
    /// Its key.
    pub key: String,
    /// The queue's key.
    pub queue: String,
    /// The key of its function.
    pub function: String,
}

/// A page with a resolver.
#[derive(Clone, Debug)]
pub struct Page {
    /// `jira:adminPage` or `jira:globalPage`.
    pub module_type: String,
    /// Its key.
    pub key: String,
    /// The key of the resolver's function, if it has one.
    pub function: Option<String>,
}

/// A custom entity.
#[derive(Clone, Debug)]
pub struct Entity {
    /// Its name.
    pub name: String,
    /// The attributes by name.
    pub attributes: BTreeMap<String, Attribute>,
    /// The custom indexes.
    pub indexes: Vec<Index>,
}

/// An attribute of an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Its type.
    pub kind: AttributeKind,
    /// Whether each value must have it.
    pub required: bool,
}

/// The type of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttributeKind {
    /// A text.
    String,
    /// True or false.
    Boolean,
    /// A number.
    Float,
    /// A whole number of 32 bits.
    Integer,
    /// Anything; cannot be indexed.
    Any,
}

/// An index of an entity.
#[derive(Clone, Debug)]
pub struct Index {
    /// Its name.
    pub name: String,
    /// The attributes whose values a query must give exactly.
    pub partition: Vec<String>,
    /// The attribute by which the index is sorted.
    pub range: Option<String>,
}

impl Manifest {
    /// Reads the JSON form of `manifest.yml`.
    pub fn read(manifest: &Value) -> Result<Self, ManifestError> {
        let modules = &manifest["modules"];
        let read = Manifest {
            app_id: text(&manifest["app"], "id").unwrap_or_else(|_| "app".to_owned()),
            functions: each(&modules["function"], function)?,
            scheduled: each(&modules["scheduledTrigger"], scheduled)?,
            consumers: each(&modules["consumer"], consumer)?,
            pages: ["jira:adminPage", "jira:globalPage"]
                .iter()
                .map(|kind| each(&modules[*kind], |page| read_page(kind, page)))
                .collect::<Result<Vec<_>, _>>()?
                .concat(),
            web_triggers: each(&modules["webtrigger"], web_trigger)?,
            scopes: scopes(&manifest["permissions"]["scopes"]),
            configurable_egress: manifest["permissions"]["external"]["configurable"]["enabled"]
                .as_bool()
                .unwrap_or_default(),
            entities: each(&manifest["app"]["storage"]["entities"], entity)?,
        };
        read.check()?;
        Ok(read)
    }

    /// A function by its key.
    pub fn function(&self, key: &str) -> Option<&Function> {
        self.functions.iter().find(|function| function.key == key)
    }

    /// An entity by its name.
    pub fn entity(&self, name: &str) -> Option<&Entity> {
        self.entities.iter().find(|entity| entity.name == name)
    }

    /// The consumer of a queue.
    pub fn consumer(&self, queue: &str) -> Option<&Consumer> {
        self.consumers
            .iter()
            .find(|consumer| consumer.queue == queue)
    }

    /// A web trigger by its key.
    pub fn web_trigger(&self, key: &str) -> Option<&WebTrigger> {
        self.web_triggers.iter().find(|trigger| trigger.key == key)
    }

    /// Whether a scope is declared.
    pub fn has_scope(&self, scope: &str) -> bool {
        self.scopes.iter().any(|declared| declared == scope)
    }

    fn check(&self) -> Result<(), ManifestError> {
        let used = self
            .scheduled
            .iter()
            .map(|trigger| &trigger.function)
            .chain(self.consumers.iter().map(|consumer| &consumer.function))
            .chain(self.web_triggers.iter().map(|trigger| &trigger.function))
            .chain(self.pages.iter().filter_map(|page| page.function.as_ref()));
        for function in used {
            if self.function(function).is_none() {
                return refuse(&format!(
                    "a module names the undeclared function {function}"
                ));
            }
        }
        let five_minutes = self
            .scheduled
            .iter()
            .filter(|trigger| trigger.every_seconds == 300)
            .count();
        if self.scheduled.len() > 5 || five_minutes > 1 {
            return refuse("at most 5 scheduled triggers, at most one of them fiveMinute");
        }
        if self.entities.len() > 20 {
            return refuse("at most 20 entities");
        }
        self.entities.iter().try_for_each(Entity::check)
    }
}

impl Entity {
    fn check(&self) -> Result<(), ManifestError> {
        let name = &self.name;
        if !(3..=60).contains(&name.len()) {
            return refuse(&format!("entity {name}: the name has 3 to 60 characters"));
        }
        if self.attributes.len() > 50 || self.attributes.keys().any(|key| key.len() > 30) {
            return refuse(&format!(
                "entity {name}: at most 50 attributes of at most 30 characters"
            ));
        }
        if self.indexes.len() > 7 {
            return refuse(&format!("entity {name}: at most 7 indexes"));
        }
        for index in &self.indexes {
            for attribute in index.partition.iter().chain(&index.range) {
                let indexable = self
                    .attributes
                    .get(attribute)
                    .is_some_and(|found| found.kind != AttributeKind::Any);
                if !indexable {
                    return refuse(&format!(
                        "index {} of {name}: {attribute} is not an attribute that can be indexed",
                        index.name
                    ));
                }
            }
        }
        Ok(())
    }
}

pub(super) fn refuse<T>(reason: &str) -> Result<T, ManifestError> {
    Err(ManifestError(reason.to_owned()))
}

pub(super) fn each<T>(
    list: &Value,
    read: impl Fn(&Value) -> Result<T, ManifestError>,
) -> Result<Vec<T>, ManifestError> {
    list.as_array().into_iter().flatten().map(read).collect()
}

pub(super) fn text(value: &Value, name: &str) -> Result<String, ManifestError> {
    match value[name].as_str() {
        Some(text) => Ok(text.to_owned()),
        None => refuse(&format!("{name} is missing in {value}")),
    }
}

fn function(value: &Value) -> Result<Function, ManifestError> {
    let handler = text(value, "handler")?;
    if handler.matches('.').count() != 1 {
        return refuse(&format!("handler {handler} must be file.export"));
    }
    let timeout = value["timeoutSeconds"].as_u64();
    if timeout.is_some_and(|seconds| !(1..=900).contains(&seconds)) {
        return refuse("timeoutSeconds must be 1 to 900");
    }
    Ok(Function {
        key: text(value, "key")?,
        handler,
        timeout_seconds: timeout.and_then(|seconds| u32::try_from(seconds).ok()),
    })
}

fn scheduled(value: &Value) -> Result<ScheduledTrigger, ManifestError> {
    let every_seconds = match text(value, "interval")?.as_str() {
        "fiveMinute" => 300,
        "hour" => 3_600,
        "day" => 86_400,
        "week" => 7 * 86_400,
        other => {
            return refuse(&format!(
                "interval {other} is not one of fiveMinute, hour, day, week"
            ));
        }
    };
    Ok(ScheduledTrigger {
        key: text(value, "key")?,
        function: text(value, "function")?,
        every_seconds,
    })
}

fn consumer(value: &Value) -> Result<Consumer, ManifestError> {
    let queue = text(value, "queue")?;
    if queue.len() > 36 {
        return refuse(&format!("queue {queue} is longer than 36 characters"));
    }
    // Older manifests name the function through a resolver.
    let function = match value["function"].as_str() {
        Some(function) => function.to_owned(),
        None => text(&value["resolver"], "function")?,
    };
    Ok(Consumer {
        key: text(value, "key")?,
        queue,
        function,
    })
}

fn read_page(module_type: &str, value: &Value) -> Result<Page, ManifestError> {
    Ok(Page {
        module_type: module_type.to_owned(),
        key: text(value, "key")?,
        function: value["resolver"]["function"].as_str().map(str::to_owned),
    })
}

fn scopes(value: &Value) -> Vec<String> {
    match value {
        Value::Array(list) => list
            .iter()
            .filter_map(|scope| scope.as_str().map(str::to_owned))
            .collect(),
        Value::Object(map) => map.keys().cloned().collect(),
        _ => Vec::new(),
    }
}

fn entity(value: &Value) -> Result<Entity, ManifestError> {
    let mut attributes = BTreeMap::new();
    for (name, declared) in value["attributes"].as_object().into_iter().flatten() {
        let kind = match declared["type"].as_str() {
            Some("string") => AttributeKind::String,
            Some("boolean") => AttributeKind::Boolean,
            Some("float") => AttributeKind::Float,
            Some("integer") => AttributeKind::Integer,
            Some("any") => AttributeKind::Any,
            _ => return refuse(&format!("attribute {name} has no known type")),
        };
        let required = declared["required"].as_bool().unwrap_or_default();
        attributes.insert(name.clone(), Attribute { kind, required });
    }
    Ok(Entity {
        name: text(value, "name")?,
        attributes,
        indexes: each(&value["indexes"], index)?,
    })
}

fn index(value: &Value) -> Result<Index, ManifestError> {
    if let Some(attribute) = value.as_str() {
        return Ok(Index {
            name: attribute.to_owned(),
            partition: Vec::new(),
            range: Some(attribute.to_owned()),
        });
    }
    let names = |list: &Value| -> Vec<String> {
        list.as_array()
            .into_iter()
            .flatten()
            .filter_map(|name| name.as_str().map(str::to_owned))
            .collect()
    };
    let mut range = names(&value["range"]);
    if range.len() > 1 {
        return refuse("an index has one range attribute");
    }
    Ok(Index {
        name: text(value, "name")?,
        partition: names(&value["partition"]),
        range: range.pop(),
    })
}
