//! Words that papers of one shipment print in the same field: who says otherwise, and how that is put. Whether two
//! texts contradict each other, the rule says.

use super::conflicts::{self, Group};
use crate::bi;
use crate::check::finding::Finding;
use crate::check::rule::{Case, Sink};
use crate::derive::odd;
use crate::derive::papers::Paper;
use crate::model::document::Printed;
use crate::text::{Bi, StaticBi};

/// What one paper prints.
#[derive(Clone)]
pub(crate) struct Text<'a> {
    /// The paper.
    pub(crate) paper: Paper<'a>,
    /// The key that holds it.
    pub(crate) field: &'static str,
    /// The words.
    pub(crate) text: String,
}

impl Text<'_> {
    fn path(&self) -> String {
        self.paper.path(self.field)
    }
}

/// Papers that say nothing of the goods' journey, or are held against the others by rules of their own.
const APART: &[&str] = &["customs", "draft", "collection"];

/// What the papers of a group print in a field.
pub(crate) fn printed<'a>(
    group: &Group<'_, 'a>,
    field: &'static str,
    get: fn(&'a Printed) -> Option<&'a str>,
) -> Vec<Text<'a>> {
    let papers = group.papers.each().filter(|paper| !APART.contains(&paper.key));
    papers
        .filter_map(|paper| {
            let text = get(paper.printed)?.trim();
            (!text.is_empty()).then(|| Text { paper, field, text: text.to_owned() })
        })
        .collect()
}

/// The text that the others are held against, those that agree with it, and those that do not.
pub(crate) struct Split<'t, 'a> {
    /// What counts.
    pub(crate) reference: &'t Text<'a>,
    /// Who says the same, the reference first.
    pub(crate) supporters: Vec<&'t Text<'a>>,
    /// Who does not, as far as they may be blamed.
    pub(crate) out: Vec<&'t Text<'a>>,
    /// One alone does not.
    pub(crate) alone: bool,
}

/// The rank of the invoice and the packing list before all others.
pub(crate) fn invoice_first(key: &str) -> u8 {
    match key {
        "invoice" => 0,
        "packing" => 1,
        _ => 2,
    }
}

/// Splits texts by who agrees with whom; nothing where all are the same to the letter.
pub(crate) fn split<'t, 'a>(
    group: &Group<'_, 'a>,
    texts: &'t [Text<'a>],
    rank: impl Fn(&str) -> u8,
    agree: impl Fn(&Text<'a>, &Text<'a>) -> bool,
) -> Option<Split<'t, 'a>> {
    // Mostly all papers print the same words, and there is nothing to weigh.
    if texts.windows(2).all(|pair| matches!(pair, [a, b] if a.text == b.text)) {
        return None;
    }
    let pair = |a: usize, b: usize| match (texts.get(a), texts.get(b)) {
        (Some(a), Some(b)) => agree(a, b),
        _ => true,
    };
    let rank = |i: usize| texts.get(i).map_or(u8::MAX, |t| rank(t.paper.key));
    let odd = odd::split(texts.len(), rank, pair)?;
    let reference = texts.get(odd.reference)?;
    let with = odd.with.iter().filter_map(|i| texts.get(*i));
    let out: Vec<&Text<'a>> =
        odd.out.iter().filter_map(|i| texts.get(*i)).filter(|t| group.blames(&t.paper)).collect();
    Some(Split {
        reference,
        supporters: std::iter::once(reference).chain(with).collect(),
        out,
        alone: odd.out.len() == 1,
    })
}

/// A finding about one that says otherwise: `提单装货港 YANTIAN，发票是 SHEKOU`. The field has its verb in English:
/// `("起运港", "port of loading is")`.
pub(crate) fn say<'o>(
    case: &Case<'_>,
    group: &Group<'_, '_>,
    field: StaticBi,
    split: &Split<'_, '_>,
    odd: &Text<'_>,
    out: &'o mut Sink<'_>,
) -> &'o mut Finding {
    let names: Vec<Bi> = split.supporters.iter().map(|t| conflicts::name(case, &t.paper)).collect();
    let others = conflicts::others(&names, split.alone);
    let name = conflicts::name(case, &odd.paper);
    let (field_zh, field_en) = field;
    let (is, ought) = (&odd.text, &split.reference.text);
    let subject = conflicts::subject(&name);
    let title = bi!(
        "{subject}{field_zh} {is}，{others} {ought}",
        "{subject} {field_en} {is}; {others} {ought}";
        subject, others
    );
    let rest = names.get(1..).unwrap_or_default();
    let first = names.first().cloned().unwrap_or_default();
    let label = conflicts::label(&first, rest, ought);
    let place = |text: &Text<'_>| case.order.origin.place(&text.path());
    let finding = out.report(title);
    finding
        .at(place(odd), name)
        .at(place(split.reference), label)
        .values([is, ought])
        .help(conflicts::cure(case, &odd.paper));
    let drafts = split.supporters.iter().all(|t| t.paper.printed.is_draft());
    conflicts::weigh(case, finding, group, &odd.paper, drafts);
    finding
}
