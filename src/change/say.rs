//! Values and changes in words. What comes from data is made harmless for a terminal here; what a renderer's own
//! markup needs escaped is the renderer's business.

use rust_decimal::Decimal;

use crate::bi;
use crate::change::Change;
use crate::change::form::{Form, KeyForm, ORDER, TableForm};
use crate::change::sheet::{Leaf, Node};
use crate::model::value::money::group;
use crate::model::value::{Amount, Currency};
use crate::report::clean;
use crate::text::Bi;

/// Most characters of a value that are shown.
const WIDTH: usize = 80;

/// One line, harmless, not too long.
pub(super) fn short(text: &str) -> String {
    let mut short: String = clean(text.trim()).chars().take(WIDTH).collect();
    if text.trim().chars().nth(WIDTH).is_some() {
        short.push('…');
    }
    short
}

/// A value as people read it; a bare amount is in `currency`.
pub(super) fn leaf(leaf: &Leaf, currency: Option<Currency>) -> String {
    match leaf {
        Leaf::Text(text) => short(text),
        Leaf::Date(day) => day.to_string(),
        Leaf::Moment(moment) => moment.format("%Y-%m-%d %H:%M%:z").to_string(),
        Leaf::Number(number) => figure(*number),
        Leaf::Amount(value, own) => Amount { value: *value, currency: own.or(currency) }.to_string(),
        Leaf::Flag(flag) => flag.to_string(),
        Leaf::Code(code) => (*code).to_owned(),
        Leaf::Many(many) => {
            let all: Vec<String> = many.iter().take(WIDTH).map(|one| self::leaf(one, currency)).collect();
            short(&all.join(" / "))
        }
    }
}

fn figure(number: Decimal) -> String {
    group(number, number.scale().min(6))
}

/// The essential values of a record in one line: amounts, then days, then what it is called and the rest.
pub(super) fn record(form: &TableForm, node: &Node, currency: Option<Currency>) -> String {
    let Node::Table(keys) = node else { return String::new() };
    let mut parts: Vec<(u8, String)> = Vec::new();
    for (index, node) in keys {
        let (Some(key), Node::Leaf(value)) = (form.keys.get(*index), node) else { continue };
        if matches!(key.name, "file" | "sha256") {
            continue;
        }
        let text = leaf(value, currency);
        parts.push(match value {
            Leaf::Amount(..) => (0, text),
            Leaf::Date(_) | Leaf::Moment(_) => (2, text),
            Leaf::Number(_) | Leaf::Flag(_) => (3, format!("{} {text}", key.name)),
            _ => (1, text),
        });
    }
    parts.sort_by_key(|(weight, _)| *weight);
    short(&parts.into_iter().map(|(_, text)| text).take(4).collect::<Vec<_>>().join(" · "))
}

/// What a key is called: its meaning up to the first explanation.
fn title(key: &KeyForm) -> Bi {
    let long = |text: &str| text.contains([':', '：', '；', ';']);
    let form = match &key.form {
        Form::List(inner) => inner,
        other => other,
    };
    if let Form::Table(table) = form
        && (long(key.about.0) || long(key.about.1))
    {
        return Bi::from(table.title);
    }
    let cut = |text: &str| {
        let end = text.find(['，', '：', '；', '（', ',', ':', ';', '(']).unwrap_or(text.len());
        text.get(..end).unwrap_or(text).trim().to_owned()
    };
    let (zh, en) = (cut(key.about.0), cut(key.about.1));
    if zh.is_empty() || en.is_empty() { Bi::same(key.name) } else { Bi { zh, en } }
}

/// A step of a change's key: the key itself, or the name of an element.
enum Step<'a> {
    Key(&'a str),
    Element(&'a str),
}

fn steps(mut rest: &str) -> Vec<Step<'_>> {
    let mut steps = Vec::new();
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('.') {
            rest = after;
        } else if let Some(after) = rest.strip_prefix('[') {
            let (name, after) = after.split_once(']').unwrap_or((after, ""));
            steps.push(Step::Element(name));
            rest = after;
        } else if let Some(after) = rest.strip_prefix('"') {
            let (name, after) = after.split_once('"').unwrap_or((after, ""));
            steps.push(Step::Key(name));
            rest = after;
        } else {
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            let (name, after) = rest.split_at(end);
            steps.push(Step::Key(name));
            rest = after;
        }
    }
    steps
}

/// The words for a key path, and whether it ends at a record.
fn place(key: &str) -> (Bi, bool) {
    let mut words = Bi::default();
    let mut table: Option<&TableForm> = Some(&ORDER);
    let mut is_record = false;
    let mut add = |part: Bi| {
        for (all, part) in [(&mut words.zh, part.zh), (&mut words.en, part.en)] {
            if !all.is_empty() {
                all.push(' ');
            }
            all.push_str(&part);
        }
    };
    for step in steps(key) {
        match step {
            Step::Element(name) => add(Bi::same(name)),
            Step::Key(name) => match table.and_then(|t| t.find(name)) {
                Some((_, key)) => {
                    let form = match &key.form {
                        Form::List(inner) => inner,
                        other => other,
                    };
                    let dates = matches!(name, "plan" | "forecast" | "actual");
                    add(match (dates, name) {
                        (true, "plan") => bi!("计划", "plan:"),
                        (true, "forecast") => bi!("预计", "forecast:"),
                        (true, _) => bi!("实际", "actual:"),
                        _ => title(key),
                    });
                    (table, is_record) = match form {
                        Form::Table(inner) => (Some(&**inner), true),
                        _ => (None, false),
                    };
                }
                None => {
                    let stage = crate::model::stage::StageKey::ALL.iter().find(|s| s.code() == name);
                    add(stage.map_or_else(|| Bi::same(short(name)), |s| Bi::from(s.title())));
                    is_record = false;
                }
            },
        }
    }
    (words, is_record)
}

/// The unit of a key's figures.
fn unit(key: &str) -> &'static str {
    if key.ends_with("_kg") {
        " KG"
    } else if key.ends_with("cbm") {
        " m³"
    } else {
        ""
    }
}

impl Change {
    /// The change as a sentence of the trade, without the order.
    #[must_use]
    pub fn sentence(&self) -> Bi {
        let (before, after) = (self.before.as_deref(), self.after.as_deref());
        if self.key == "order" {
            return match (before, after) {
                (None, Some(after)) => bi!("新订单 {after}", "new order {after}"),
                (Some(before), _) => bi!("订单删去（{before}）", "order removed ({before})"),
                (None, None) => bi!("订单", "order"),
            };
        }
        let (place, is_record) = place(&self.key);
        let unit = unit(&self.key);
        // What a record is called by is said once.
        let called = self.key.strip_suffix(']').and_then(|key| key.rsplit_once('[')).map(|(_, name)| name);
        let once = |text: &str| {
            let rest: Vec<&str> = text.split(" · ").filter(|part| Some(*part) != called).collect();
            if rest.is_empty() { text.to_owned() } else { rest.join(" · ") }
        };
        let (before, after) = match is_record {
            true => (before.map(once), after.map(once)),
            false => (before.map(ToOwned::to_owned), after.map(ToOwned::to_owned)),
        };
        let mut said = match (before, after, is_record) {
            (None, Some(after), true) => bi!("登记{place} {after}", "{place} recorded: {after}"; place),
            (Some(before), None, true) => bi!("删去{place}（{before}）", "{place} removed ({before})"; place),
            (None, Some(after), false) => bi!("{place} {after}{unit}", "{place} {after}{unit}"; place),
            (Some(before), None, false) => {
                bi!("{place} {before}{unit} → 删去", "{place} {before}{unit} → removed"; place)
            }
            (Some(before), Some(after), _) => {
                bi!("{place} {before} → {after}{unit}", "{place} {before} → {after}{unit}"; place)
            }
            (None, None, _) => place,
        };
        if self.key.starts_with("plan.") && self.before.is_some() {
            said.zh.push_str("（改计划）");
            said.en.push_str(" (plan changed)");
        }
        said
    }
}
