//! JSON Schemas (draft-07) for editors, from the same declarations that the decoder reads with: completion, hover
//! text in both languages, and a red line under a key that does not exist. The schema knows one file at a time;
//! what holds between records is for the rules.

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::load::decode::Record;
use crate::load::shape::{Choice, Key, Shape, Table};
use crate::model::OrderFile;
use crate::model::document::Documents;
use crate::model::party::PartyFile;
use crate::model::setup::{CalendarFile, Person, Setup};

/// A piece of JSON whose keys keep the order of the reference.
enum Node {
    Text(String),
    Flag(bool),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => to.serialize_str(text),
            Self::Flag(flag) => to.serialize_bool(*flag),
            Self::List(items) => to.collect_seq(items),
            Self::Map(entries) => {
                let mut map = to.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

fn text(text: impl Into<String>) -> Node {
    Node::Text(text.into())
}

fn map<const N: usize>(entries: [(&str, Node); N]) -> Node {
    Node::Map(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

/// A schema file: its name, and its text.
pub struct SchemaFile {
    /// `order.json`.
    pub name: &'static str,
    /// Draft-07, two-space indentation, a line break at the end.
    pub text: String,
}

/// Every schema, by name. The same bytes for the same version of the tool.
///
/// # Errors
/// Only when serialisation fails, which the types above do not.
pub fn files() -> serde_json::Result<Vec<SchemaFile>> {
    let mut documents = Vec::new();
    Documents::keys(&mut documents);
    let documents: Vec<&str> = documents.iter().map(|k| k.name).collect();
    let money = ["received", "reminders", "paid", "credits", "filings", "bills"];
    let first = |names: &[&str]| {
        let mut table = OrderFile::table();
        // Stable: within both halves the reference's order stays.
        table.keys.sort_by_key(|k| !names.contains(&k.name));
        table
    };
    let whole = |name, zh, en, table| record_file(name, (zh, en), table);
    [
        whole("calendar", "日历 calendar/<日历>-<年>.toml", "calendar of one year", CalendarFile::table()),
        whole("config", "设置 gendan.toml", "configuration", Setup::table()),
        whole("customer", "客户 customers/<id>.toml", "customer", PartyFile::table()),
        whole("docs", "单证 docs.toml", "documents of an order, as printed", first(&documents)),
        whole("forwarder", "货代 forwarders/<id>.toml", "forwarder", PartyFile::table()),
        whole("money", "收付款 money.toml", "money of an order", first(&money)),
        whole("order", "订单 order.toml", "order", OrderFile::table()),
        people(),
        whole("supplier", "供应商 suppliers/<id>.toml", "supplier", PartyFile::table()),
    ]
    .into_iter()
    .map(|(name, node)| {
        let text = serde_json::to_string_pretty(&node)? + "\n";
        Ok(SchemaFile { name, text })
    })
    .collect()
}

/// The name of a schema's file.
fn file_name(name: &str) -> &'static str {
    match name {
        "calendar" => "calendar.json",
        "config" => "config.json",
        "customer" => "customer.json",
        "docs" => "docs.json",
        "forwarder" => "forwarder.json",
        "money" => "money.json",
        "people" => "people.json",
        "supplier" => "supplier.json",
        _ => "order.json",
    }
}

fn record_file(name: &str, (zh, en): (&str, &str), table: Table) -> (&'static str, Node) {
    let mut definitions = Definitions::default();
    let body = definitions.object(&table);
    (file_name(name), document(name, &format!("{zh} · {en}"), body, definitions))
}

/// `people.toml`: a table per person.
fn people() -> (&'static str, Node) {
    let mut definitions = Definitions::default();
    let person = definitions.of(&Shape::Table(Person::table));
    let body = vec![("type".to_owned(), text("object")), ("additionalProperties".to_owned(), person)];
    (file_name("people"), document("people", "人员 people.toml · people", body, definitions))
}

fn document(name: &str, title: &str, body: Vec<(String, Node)>, definitions: Definitions) -> Node {
    let mut entries = vec![
        ("$schema".to_owned(), text("http://json-schema.org/draft-07/schema#")),
        ("$id".to_owned(), text(format!("gendan/{name}.json"))),
        ("title".to_owned(), text(title)),
    ];
    entries.extend(body);
    let definitions =
        definitions.0.into_iter().map(|(name, node)| (name.to_owned(), node.unwrap_or(Node::Flag(true))));
    entries.push(("definitions".to_owned(), Node::Map(definitions.collect())));
    Node::Map(entries)
}

/// Tables by name; one that is being written is there without its content, so that tables may hold each other.
#[derive(Default)]
struct Definitions(BTreeMap<&'static str, Option<Node>>);

impl Definitions {
    fn object(&mut self, table: &Table) -> Vec<(String, Node)> {
        let properties = table.keys.iter().map(|key| (key.name.to_owned(), self.key(key))).collect();
        vec![
            ("type".to_owned(), text("object")),
            ("properties".to_owned(), Node::Map(properties)),
            ("additionalProperties".to_owned(), Node::Flag(false)),
        ]
    }

    fn key(&mut self, key: &Key) -> Node {
        let (zh, en) = key.about;
        let mut about = format!("{zh} · {en}");
        if let Some(choices) = choices(&key.shape) {
            for Choice { code, zh, en, .. } in choices {
                about.push_str(&format!("\n{code}: {zh} · {en}"));
            }
        }
        let mut entries = vec![("description".to_owned(), text(about))];
        match self.of(&key.shape) {
            // Beside a `$ref` draft-07 ignores everything, the description too.
            reference @ Node::Map(_) if is_reference(&reference) => {
                entries.push(("allOf".to_owned(), Node::List(vec![reference])));
            }
            Node::Map(more) => entries.extend(more),
            other => entries.push(("allOf".to_owned(), Node::List(vec![other]))),
        }
        Node::Map(entries)
    }

    fn of(&mut self, shape: &Shape) -> Node {
        match shape {
            Shape::Text | Shape::Percent => map([("type", text("string"))]),
            Shape::Date => map([("type", text("string")), ("format", text("date"))]),
            Shape::Moment => map([("type", text("string")), ("format", text("date-time"))]),
            Shape::Amount => map([("type", Node::List(vec![text("number"), text("string")]))]),
            Shape::Number => map([("type", text("number"))]),
            Shape::Integer => map([("type", text("integer"))]),
            Shape::Flag => map([("type", text("boolean"))]),
            Shape::Choice(choices) => choice(choices),
            Shape::Table(table) => self.reference(&table()),
            Shape::List(inner) => {
                let several = map([("type", text("array")), ("items", self.of(inner))]);
                let one = self.of(inner);
                map([("anyOf", Node::List(vec![several, one]))])
            }
            Shape::Map(inner) => map([("type", text("object")), ("additionalProperties", self.of(inner))]),
            Shape::Either(shapes) => {
                map([("anyOf", Node::List(shapes.iter().map(|s| self.of(s)).collect()))])
            }
        }
    }

    fn reference(&mut self, table: &Table) -> Node {
        if !self.0.contains_key(table.name) {
            self.0.insert(table.name, None);
            let (zh, en) = table.title;
            let mut entries = vec![("title".to_owned(), text(format!("{zh} · {en}")))];
            entries.extend(self.object(table));
            self.0.insert(table.name, Some(Node::Map(entries)));
        }
        map([("$ref", text(format!("#/definitions/{}", table.name)))])
    }
}

fn is_reference(node: &Node) -> bool {
    matches!(node, Node::Map(entries) if entries.iter().any(|(key, _)| key == "$ref"))
}

/// The words a key takes, also inside a list.
fn choices(shape: &Shape) -> Option<&'static [Choice]> {
    match shape {
        Shape::Choice(choices) => Some(choices),
        Shape::List(inner) => choices(inner),
        _ => None,
    }
}

/// An enumeration, with titles where the common TOML editors look for them.
fn choice(choices: &[Choice]) -> Node {
    let codes = choices.iter().map(|c| text(c.code)).collect();
    let titles = || Node::List(choices.iter().map(|c| text(format!("{} · {}", c.zh, c.en))).collect());
    map([
        ("type", text("string")),
        ("enum", Node::List(codes)),
        ("enumDescriptions", titles()),
        ("x-taplo", map([("docs", map([("enumValues", titles())]))])),
    ])
}
