//! What the rules of papers against papers share: which papers are compared, what they are called in a message, and
//! what cures which. Decides nothing.

use chrono::NaiveDate;

use super::papers;
use crate::bi;
use crate::check::finding::Finding;
use crate::check::rule::Case;
use crate::derive::papers::{Paper, Papers};
use crate::model::document::{AwbKind, BlKind};
use crate::model::value::fold::fold;
use crate::text::{Bi, StaticBi};

/// Papers that are compared with each other.
pub(crate) struct Group<'s, 'a> {
    /// They.
    pub(crate) papers: &'s Papers<'a>,
    /// They were presented and refused, and a later presentation cured it.
    pub(crate) past: bool,
    /// They speak for the whole order, others for its shipments.
    pub(crate) whole: bool,
}

impl<'a> Group<'_, 'a> {
    /// What may be said about a paper: of a cured presentation only what was replaced since; the rest is compared
    /// where it stands today.
    pub(crate) fn blames(&self, paper: &Paper<'a>) -> bool {
        (!self.past || !paper.printed.is_current()) && !self.consolidates(paper)
    }

    /// The carrier's bill over a consolidator's box: it speaks of the goods of many, ours are on the house bill.
    fn consolidates(&self, paper: &Paper<'a>) -> bool {
        let house = match paper.key {
            "bl" => self.papers.bl.iter().any(|(i, d)| *i != paper.index && d.kind == Some(BlKind::House)),
            "awb" => self.papers.awb.iter().any(|(i, d)| *i != paper.index && d.kind == Some(AwbKind::House)),
            _ => false,
        };
        house
            && paper
                .printed
                .goods
                .as_deref()
                .map(fold)
                .is_some_and(|goods| ["CONSOL", "GROUPAGE", "拼箱"].iter().any(|word| goods.contains(word)))
    }
}

/// The sets of an order as they stand, and those of presentations that were cured.
pub(crate) fn groups<'s, 'a>(case: &'s Case<'a>) -> Vec<Group<'s, 'a>> {
    if case.facts.is_cancelled() {
        return Vec::new();
    }
    let mut all: Vec<Group<'s, 'a>> =
        case.sets().iter().map(|set| Group { papers: &set.papers, past: false, whole: set.whole }).collect();
    let cured = case.exams().all.iter().filter(|exam| exam.past);
    all.extend(
        cured
            .map(|exam| &exam.papers)
            .filter(|papers| papers.each().any(|p| !p.printed.is_current()) && one_shipment(papers))
            .map(|papers| Group { papers, past: true, whole: false }),
    );
    all
}

/// Two lots on two vessels in one presentation differ in much that is right.
fn one_shipment(papers: &Papers<'_>) -> bool {
    let mut named = papers.each().filter_map(|p| p.printed.shipment.as_deref());
    let first = named.next();
    named.all(|other| Some(other) == first)
}

/// The papers of an order are one set, for one shipment that carries all of it.
pub(crate) fn is_single(case: &Case<'_>) -> bool {
    let shipments = &case.order.shipments;
    case.sets().len() == 1
        && shipments.len() <= 1
        && shipments.first().is_none_or(|s| s.items.is_empty())
        && case.facts.shipments.len() <= 1
}

/// What a kind of paper is called in a sentence.
pub(crate) fn short(key: &str) -> StaticBi {
    match key {
        "invoice" => ("发票", "invoice"),
        "bl" => ("提单", "B/L"),
        "awb" => ("空运单", "AWB"),
        "insurance" => ("保险单", "insurance"),
        "customs" => ("报关单", "declaration"),
        "draft" => ("汇票", "draft"),
        "proforma" => ("形式发票", "proforma"),
        other => papers::title(other),
    }
}

/// What a paper is called: by its kind where the order has one of them, else with its number.
pub(crate) fn name(case: &Case<'_>, paper: &Paper<'_>) -> Bi {
    let (zh, en) = short(paper.key);
    let number = paper.printed.number.as_deref().unwrap_or_default();
    let same = papers::each(case.order).filter(|(key, _, _)| *key == paper.key).count();
    if same < 2 || number.is_empty() {
        return Bi { zh: zh.to_owned(), en: en.to_owned() };
    }
    Bi { zh: format!("{zh} {number}"), en: format!("{en} {number}") }
}

/// A paper at the head of a sentence: Chinese wants a space behind a number.
pub(crate) fn subject(name: &Bi) -> Bi {
    let space = if name.zh.ends_with(|c: char| c.is_ascii_alphanumeric()) { " " } else { "" };
    Bi { zh: format!("{}{space}", name.zh), en: name.en.clone() }
}

/// `发票、装箱单`, `invoice and packing list`.
pub(crate) fn list(names: &[Bi]) -> Bi {
    let zh: Vec<&str> = names.iter().map(|n| n.zh.as_str()).collect();
    let en: Vec<&str> = names.iter().map(|n| n.en.as_str()).collect();
    let en = match en.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    };
    Bi { zh: zh.join("、"), en }
}

/// Who says otherwise, ready for the value that follows: `装箱单是`, `发票、装箱单都是`, `其他三处都是`. `alone` is the
/// odd one out, so that "the others" needs no names.
pub(crate) fn others(names: &[Bi], alone: bool) -> Bi {
    const ZH: [&str; 10] = ["零", "一", "两", "三", "四", "五", "六", "七", "八", "九"];
    const EN: [&str; 10] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    let n = names.len();
    let all = subject(&list(names));
    // `2 invoices together` are several, however few names they have.
    let one = n == 1 && !all.en.contains("together");
    if one {
        return bi!("{all}是", "{all} says"; all);
    }
    if n < 3 {
        return bi!("{all}都是", "{all} say"; all);
    }
    let zh = ZH.get(n).map_or(n.to_string(), ToString::to_string);
    let en = EN.get(n).map_or(n.to_string(), ToString::to_string);
    match (alone, n) {
        (true, _) => bi!("其他{zh}处都是", "{en} other places say"),
        (false, 3) => bi!("{all}都是", "{all} say"; all),
        (false, _) => bi!("另外{zh}处都是", "{en} places say"),
    }
}

/// The label at the place that the odd one disagrees with: `装箱单；报关单也是 2470`.
pub(crate) fn label(first: &Bi, rest: &[Bi], value: &str) -> Bi {
    if rest.is_empty() {
        return first.clone();
    }
    let more = subject(&list(rest));
    bi!("{first}；{more}也是 {value}", "{first}; {value} also in {more}"; first, more)
}

/// An instruction after the likeliest explanation, which may be none.
pub(crate) fn hinted(hint: &Bi, then: &Bi) -> Bi {
    let en = hint.en.trim_end().trim_end_matches('.');
    let en = if en.is_empty() { then.en.clone() } else { format!("{en}; {}", then.en) };
    Bi { zh: format!("{}{}", hint.zh, then.zh), en }
}

/// How a fault of a paper is cured, by who makes it. Never by changing what it truthfully says.
pub(crate) fn cure(case: &Case<'_>, paper: &Paper<'_>) -> Bi {
    let (zh, en) = short(paper.key);
    let (who_zh, who_en) = match paper.key {
        "bl" | "awb" | "waybill" | "courier" if paper.printed.is_draft() => {
            ("让货代在签发前改草稿", "have the forwarder correct the draft before it is issued")
        }
        "bl" | "awb" | "waybill" | "courier" if !has_left(case, paper) => {
            ("开船前找承运人改单", "have the carrier correct it before departure")
        }
        "bl" | "awb" | "waybill" | "courier" => (
            "交单前找承运人重新签发，或改单并盖更正章",
            "have the carrier issue it again, or correct and authenticate it, before it is handed over",
        ),
        "insurance" => {
            ("找保险公司出批单或换单", "have the insurer issue an endorsement or another document")
        }
        "origin" => ("找签证机构更改或重发", "have the issuing body amend or replace it"),
        "customs" => ("找报关行改单", "have the broker amend the declaration"),
        "certificate" => ("找出证人更正后重出", "have its issuer correct and issue it again"),
        _ => ("重出一份，旧的写 replaced_by", "issue it again and put replaced_by on the old one"),
    };
    bi!(
        "先看{zh}：登记时抄错，改这一行；真印错，{who_zh}",
        "look at the {en} first: if it was copied wrongly, correct this line; if it is printed so, {who_en}"
    )
}

/// The goods of a transport document are on their way.
fn has_left(case: &Case<'_>, paper: &Paper<'_>) -> bool {
    let own = paper.printed.shipment.as_deref();
    case.facts
        .shipments
        .iter()
        .filter(|s| own.is_none_or(|id| id == s.id))
        .any(|s| s.shipped.is_some_and(|day| day <= case.as_of()))
}

/// How a finding about `paper` is weighed: what only drafts say is a risk, of a cured presentation it is history,
/// and it says until when the paper can still be changed for another.
pub(crate) fn weigh(
    case: &Case<'_>,
    finding: &mut Finding,
    group: &Group<'_, '_>,
    paper: &Paper<'_>,
    drafts: bool,
) {
    if drafts || paper.printed.is_draft() {
        soften(finding);
    }
    finding.past |= group.past;
    if !group.past {
        finding.until(cure_until(case, paper));
    }
}

fn soften(finding: &mut Finding) {
    use crate::check::finding::{Class, Severity};
    finding.class(Class::Risk);
    if finding.severity > Severity::Warning {
        finding.severity(Severity::Warning);
    }
}

/// The last day of presentation of the credit under which a paper is examined; for the draft of a transport document
/// otherwise the departure.
fn cure_until(case: &Case<'_>, paper: &Paper<'_>) -> Option<NaiveDate> {
    let holds = |papers: &Papers<'_>| papers.each().any(|p| p.key == paper.key && p.index == paper.index);
    let exam = case.exams().all.iter().find(|exam| !exam.past && holds(&exam.papers));
    if let Some(exam) = exam {
        return exam.cure_until();
    }
    let own = paper.printed.shipment.as_deref();
    let transport = matches!(paper.key, "bl" | "awb" | "waybill");
    let etd = case
        .order
        .shipments
        .iter()
        .filter(|s| own.is_none() || s.id.as_deref() == own)
        .find_map(|s| s.etd)
        .filter(|etd| *etd >= case.as_of());
    etd.filter(|_| transport && paper.printed.is_draft())
}

/// The paper is examined under a credit, where a rule of its own holds it against what the credit says.
pub(crate) fn examined<'s, 'a>(
    case: &'s Case<'a>,
    paper: &Paper<'_>,
) -> impl Iterator<Item = &'s crate::derive::credit::Credit<'a>> {
    let (key, index) = (paper.key, paper.index);
    case.exams()
        .all
        .iter()
        .filter(move |exam| exam.papers.each().any(|p| p.key == key && p.index == index))
        .map(|exam| &*exam.credit)
}
