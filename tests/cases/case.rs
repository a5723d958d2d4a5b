//! A case: a credit, papers, what examiners found and what they must not be told.

use serde_json::{Map, Value};

/// Keys of one table of a case.
pub(crate) type Table = Map<String, Value>;

/// A point at which papers disagree or must not be said to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Label {
    pub(crate) documents: Vec<String>,
    pub(crate) field: String,
    pub(crate) text: String,
    pub(crate) review: String,
    /// Invented cases say how much it must matter.
    pub(crate) severity: Option<String>,
}

impl Label {
    /// Only what reviewers agree on counts for recall.
    pub(crate) fn is_agreed(&self) -> bool {
        self.review.starts_with("agreed")
    }

    pub(crate) fn name(&self) -> String {
        format!("[{}] {}", self.documents.join(", "), self.field)
    }
}

/// A case, or one variant of it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Case {
    pub(crate) id: String,
    /// All papers of the presentation are recorded.
    pub(crate) whole: bool,
    pub(crate) credit: Table,
    pub(crate) documents: Vec<Table>,
    pub(crate) presented: Option<String>,
    /// Where there were several presentations, or a refusal.
    pub(crate) presentations: Vec<Table>,
    pub(crate) wrong: Vec<Label>,
    pub(crate) fine: Vec<Label>,
    pub(crate) also: Vec<Label>,
    /// Keys of the case itself that nobody reads.
    pub(crate) unknown: Vec<String>,
}

fn texts(value: Option<&Value>) -> Vec<String> {
    let list = value.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(|v| v.as_str().map(str::to_owned)).collect()
}

fn labels(value: Option<Value>) -> Vec<Label> {
    let list = match value {
        Some(Value::Array(list)) => list,
        _ => Vec::new(),
    };
    let text = |label: &Value, key: &str| label.get(key).and_then(Value::as_str).map(str::to_owned);
    list.iter()
        .map(|label| Label {
            documents: texts(label.get("documents")),
            field: text(label, "field").unwrap_or_default(),
            text: text(label, "description").unwrap_or_default(),
            review: text(label, "review").unwrap_or_else(|| "agreed".into()),
            severity: text(label, "severity"),
        })
        .collect()
}

fn tables(value: Option<Value>) -> Vec<Table> {
    let list = match value {
        Some(Value::Array(list)) => list,
        _ => Vec::new(),
    };
    list.into_iter()
        .filter_map(|v| match v {
            Value::Object(table) => Some(table),
            _ => None,
        })
        .collect()
}

/// Reads a case; one with variants becomes one case for each.
pub(crate) fn read(text: &str) -> Vec<Case> {
    let Ok(Value::Object(mut file)) = serde_json::from_str(text) else { return Vec::new() };
    let mut text = |key: &str| match file.remove(key) {
        Some(Value::String(text)) => Some(text),
        _ => None,
    };
    let completeness = text("completeness").unwrap_or_default();
    let mut case = Case {
        id: text("id").unwrap_or_default(),
        // "full for what it tests" is an invoice alone against a whole credit.
        whole: completeness.starts_with("full") && !completeness.starts_with("full for"),
        presented: text("presentation_date"),
        ..Case::default()
    };
    let inferred = texts(file.get("inferred"));
    for about in [
        "title",
        "verdict_known",
        "verdict_authority",
        "presentation_date",
        "inferred",
        "reviewer_notes",
        "source",
    ] {
        file.remove(about);
    }
    if let Some(Value::Object(credit)) = file.remove("credit") {
        case.credit = credit;
    }
    case.documents = tables(file.remove("documents"));
    case.presentations = tables(file.remove("presentations"));
    case.wrong = labels(file.remove("expected_discrepancies"));
    case.fine = labels(file.remove("expected_non_discrepancies"));
    case.also = labels(file.remove("additional_findings"));
    case.unknown = file.keys().map(|key| format!("case: {key}")).collect();
    if inferred.iter().any(|i| i.contains("any two different")) {
        fill(&mut case);
    }
    variants(case)
}

/// The source shows the figures as pictures and says that any two different ones do.
fn fill(case: &mut Case) {
    for label in &case.wrong {
        let mut figures = ["24,480 KG", "24,840 KG"].into_iter();
        for document in &mut case.documents {
            let named = document
                .get("kind")
                .and_then(Value::as_str)
                .is_some_and(|kind| label.documents.iter().any(|d| d == kind));
            if let (true, Some(Value::Null)) = (named, document.get(&label.field)) {
                document.insert(label.field.clone(), figures.next().into());
            }
        }
    }
}

/// Papers with a `variant` are alternatives: each makes a case with the papers that belong to all.
fn variants(case: Case) -> Vec<Case> {
    let of = |document: &Table| document.get("variant").and_then(Value::as_str).map(str::to_owned);
    let mut names: Vec<String> = case.documents.iter().filter_map(of).collect();
    names.dedup();
    if names.is_empty() {
        return vec![case];
    }
    names
        .into_iter()
        .map(|name| {
            let mut one = case.clone();
            one.id = format!("{}{name}", case.id);
            one.documents.retain(|d| of(d).is_none_or(|v| v == name));
            for document in &mut one.documents {
                document.remove("variant");
            }
            let mine = |label: &Label| match label.text.strip_prefix("variant ") {
                Some(rest) => rest.starts_with(&name),
                None => true,
            };
            for list in [&mut one.wrong, &mut one.fine, &mut one.also] {
                list.retain(mine);
            }
            one
        })
        .collect()
}
