//! `docs-dates-order`: dates of papers contradict each other.

use super::super::prelude::*;

use chrono::NaiveDate;

use crate::check::shared::conflicts::{self, Group as Papers};
use crate::compare::reference;
use crate::derive::papers::{Paper, Set};
use crate::model::document::{Certificate, Insurance, Presentation, PresentedSet, Printed};
use crate::model::value::fold::fold;
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "docs-dates-order",
    group: Group::Documents,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: (
        "UCP 600 第 14 条 i 款、第 28 条 e 款；ISBP 745 第 A12、A13 段（信用证项下）",
        "UCP 600 art. 14(i), 28(e); ISBP 745 A12, A13, under a credit",
    ),
    title: ("单据日期前后矛盾", "dates of papers contradict each other"),
    docs: Docs {
        checks: (
            "保险生效不晚于装运（看生效日、出单日和批单），错误；交出去的单据日期不晚于交单日，错误（给客户的副本是警告）；装船前检验的证明晚于装运、又没写检验日的，错误，其他检验证明是提示；单据引用的发票日期晚于单据自己，或合同、形式发票晚于引用它的发票，警告；优惠产地证晚于装运是提示（要有补发字样）。信用证项下的保险、单据日期、装船前检验由 credit- 规则说。提单签发晚于装船、普通产地证晚于装运都没问题。",
            "Insurance takes effect no later than shipment (effective date, date of issue, endorsements), an error; no paper is dated later than it was handed over, an error (a warning for copies to the buyer); a certificate of inspection before shipment that is dated after it and states no earlier inspection is an error, other inspections are information; a paper that quotes an invoice of a later day, or a contract later than the invoice that quotes it, is a warning; a preferential certificate of origin after shipment is information (it must say so). Under a credit, insurance, dates at presentation and inspection before shipment are the business of the credit rules. A bill of lading issued after shipment and an ordinary certificate of origin after it are in order.",
        ),
        why: (
            "保险晚于装船，中间那段没有保障；日期倒着的单据，银行和海关都会问是怎么出的。",
            "Insurance later than shipment leaves a gap without cover; papers whose dates run backwards make banks and customs ask how they came about.",
        ),
        fix: (
            "先看原件，抄错就改登记。真是晚了，请保险公司出批单写明生效日，请出证人写明检验日；日期本身不能改。",
            "Look at the original and correct the record if it was copied wrongly. If it is late, have the insurer endorse the effective date, or the issuer state the day of inspection; the date itself stays.",
        ),
    },
    example: example!("docs-dates-order"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    if case.facts.is_cancelled() {
        return;
    }
    for set in case.sets() {
        let shipped = shipped(case, set);
        for &(index, insurance) in &set.papers.insurance {
            cover(case, (index, insurance), shipped.as_ref(), out);
        }
        for &(index, certificate) in &set.papers.certificate {
            inspection(case, (index, certificate), shipped.as_ref(), out);
        }
        for &(index, origin) in &set.papers.origin {
            let preferential = origin.kind.as_deref().is_some_and(is_preferential);
            let paper = Paper { key: "origin", index, printed: &origin.paper };
            if preferential {
                retrospective(case, &paper, shipped.as_ref(), out);
            }
        }
        for paper in set.papers.each() {
            quotes(case, &paper, out);
        }
    }
    for (index, presentation) in case.order.docs.presentation.iter().enumerate() {
        handed_over(case, index, presentation, out);
    }
    agreed_before(case, out);
}

/// The day on which the goods of a set left, and where that stands; of several, the first.
struct Shipped {
    day: NaiveDate,
    path: String,
    paper: Bi,
}

fn shipped(case: &Case<'_>, set: &Set<'_>) -> Option<Shipped> {
    let of = |set: &Set<'_>| {
        let transports = set.papers.transports();
        let dated = transports.iter().filter(|t| !t.paper.printed.is_draft());
        dated
            .filter_map(|t| {
                let (day, field) = t.shipped?;
                Some(Shipped { day, path: t.paper.path(field), paper: conflicts::name(case, &t.paper) })
            })
            .min_by_key(|s| s.day)
    };
    if set.whole { case.sets().iter().filter_map(of).min_by_key(|s| s.day) } else { of(set) }
}

fn examined(case: &Case<'_>, paper: &Paper<'_>) -> bool {
    conflicts::examined(case, paper).next().is_some()
}

fn put<'o>(
    case: &Case<'_>,
    title: Bi,
    paper: &Paper<'_>,
    field: &str,
    other: Option<(String, Bi)>,
    out: &'o mut Sink<'_>,
) -> &'o mut crate::check::finding::Finding {
    let finding = out.report(title);
    finding.at(case.order.origin.place(&paper.path(field)), conflicts::name(case, paper));
    if let Some((path, label)) = other {
        finding.at(case.order.origin.place(&path), label);
    }
    let papers = crate::derive::papers::Papers::default();
    let group = Papers { papers: &papers, past: false, whole: false };
    conflicts::weigh(case, finding, &group, paper, false);
    finding
}

/// The field that holds a paper's own day.
fn dated(printed: &Printed) -> &'static str {
    if printed.date.is_some() { "date" } else { "issued" }
}

fn cover(
    case: &Case<'_>,
    (index, insurance): (usize, &Insurance),
    shipped: Option<&Shipped>,
    out: &mut Sink<'_>,
) {
    let paper = Paper { key: "insurance", index, printed: &insurance.paper };
    let Some(shipped) = shipped.filter(|_| !examined(case, &paper)) else { return };
    let later = insurance.endorsements.iter().filter(|e| e.date.is_none_or(|day| day <= case.as_of()));
    let days = [insurance.effective, insurance.paper.day()].into_iter().chain(later.map(|e| e.effective));
    let Some(from) = days.flatten().min().filter(|from| *from > shipped.day) else { return };
    let (name, gap) = (conflicts::name(case, &paper), (from - shipped.day).num_days());
    let (left, day) = (crate::check::shared::timing::days(gap), shipped.day);
    let field = if insurance.effective == Some(from) { "effective" } else { dated(&insurance.paper) };
    let who = conflicts::subject(&name);
    let title = bi!(
        "{who} {from} 才生效，货 {day} 已装运，中间 {gap} 天没有保障",
        "{who} takes effect on {from}; the goods left on {day}, {left} without cover";
        who
    );
    put(case, title, &paper, field, Some((shipped.path.clone(), shipped.paper.clone())), out)
        .values([from.to_string(), day.to_string()])
        .help(bi!(
            "先看保单有没有另写生效日，漏登就补 effective；没有，请保险公司出批单写明从装运日起承保，登记 endorsements",
            "see whether the policy states an earlier effective date and add `effective`; otherwise have the insurer endorse cover from the day of shipment and record it under `endorsements`"
        ));
}

/// Words by which a certificate says that it speaks of goods not yet shipped.
fn is_before_shipment(certificate: &Certificate) -> bool {
    let text = [&certificate.kind, &certificate.title, &certificate.text].into_iter().flatten();
    let all = fold(&text.cloned().collect::<Vec<_>>().join(" "));
    [
        "PRE-SHIPMENT",
        "PRESHIPMENT",
        "PRE SHIPMENT",
        "BEFORE SHIPMENT",
        "PRIOR TO SHIPMENT",
        "BEFORE LOADING",
        "PRIOR TO LOADING",
        "装船前",
        "装运前",
    ]
    .iter()
    .any(|word| all.contains(word))
}

fn is_inspection(certificate: &Certificate) -> bool {
    let text = [&certificate.kind, &certificate.title].into_iter().flatten();
    let all = fold(&text.cloned().collect::<Vec<_>>().join(" "));
    ["INSPECTION", "检验", "验货"].iter().any(|word| all.contains(word))
}

fn inspection(
    case: &Case<'_>,
    (index, certificate): (usize, &Certificate),
    shipped: Option<&Shipped>,
    out: &mut Sink<'_>,
) {
    let paper = Paper { key: "certificate", index, printed: &certificate.paper };
    let (Some(shipped), Some(day)) = (shipped, certificate.paper.day()) else { return };
    let before = is_before_shipment(certificate);
    if day <= shipped.day
        || certificate.inspected.is_some_and(|inspected| inspected <= shipped.day)
        || !(before || is_inspection(certificate))
        || examined(case, &paper)
    {
        return;
    }
    let (name, left) = (conflicts::name(case, &paper), shipped.day);
    let who = conflicts::subject(&name);
    let title = bi!(
        "{who} {day} 出，货 {left} 已装运，上面没写哪天验的",
        "{who} is dated {day}, the goods left on {left}, and it states no day of inspection";
        who
    );
    let other = Some((shipped.path.clone(), shipped.paper.clone()));
    let finding = put(case, title, &paper, dated(&certificate.paper), other, out);
    finding.values([day.to_string(), left.to_string()]).help(bi!(
        "先看正文有没有检验日，漏登就补 inspected；没有，请出证人补写装运前哪天验的",
        "see whether its text states the day of inspection and add `inspected`; otherwise have the issuer state when before shipment it took place"
    ));
    if !before {
        finding.severity(Severity::Info);
    }
}

fn is_preferential(kind: &str) -> bool {
    let kind = fold(kind);
    !matches!(kind.as_str(), "CO" | "GENERAL" | "C/O" | "NON-PREFERENTIAL" | "一般" | "一般原产地证")
        && !kind.is_empty()
}

/// Days after shipment from which a preferential certificate counts as issued afterwards.
const AFTERWARDS: i64 = 3;

fn retrospective(case: &Case<'_>, paper: &Paper<'_>, shipped: Option<&Shipped>, out: &mut Sink<'_>) {
    let (Some(shipped), Some(day)) = (shipped, paper.printed.day()) else { return };
    let gap = (day - shipped.day).num_days();
    if gap <= AFTERWARDS {
        return;
    }
    let (name, left) = (conflicts::name(case, paper), shipped.day);
    let who = conflicts::subject(&name);
    let title = bi!(
        "{who} {day} 签发，货 {left} 已装运，晚 {gap} 天，要有补发字样",
        "{who} is dated {day}, {gap} days after shipment on {left}; it must say issued retrospectively";
        who
    );
    let other = Some((shipped.path.clone(), shipped.paper.clone()));
    put(case, title, paper, dated(paper.printed), other, out)
        .severity(Severity::Info)
        .values([day.to_string(), left.to_string()])
        .help(bi!(
            "看证书上有没有 ISSUED RETROSPECTIVELY；没有，请签证机构补",
            "see whether it carries ISSUED RETROSPECTIVELY; if not, have the issuing body add it"
        ));
}

/// A paper cannot quote an invoice that was not yet written.
fn quotes(case: &Case<'_>, paper: &Paper<'_>, out: &mut Sink<'_>) {
    let (Some(quoted), Some(day)) = (paper.printed.invoice_date, paper.printed.day()) else { return };
    if quoted <= day || paper.key == "invoice" {
        return;
    }
    let name = conflicts::name(case, paper);
    let who = conflicts::subject(&name);
    let title = bi!(
        "{who} {day} 出，却引用 {quoted} 的发票",
        "{who} is dated {day} and quotes an invoice of {quoted}";
        who
    );
    let other = Some((paper.path("invoice_date"), bi!("引用的发票日期", "invoice date quoted")));
    let cure = conflicts::cure(case, paper);
    put(case, title, paper, dated(paper.printed), other, out)
        .severity(Severity::Warning)
        .values([day.to_string(), quoted.to_string()])
        .help(cure);
}

/// Papers handed over under no credit: dated no later than that day.
fn handed_over(case: &Case<'_>, index: usize, presentation: &Presentation, out: &mut Sink<'_>) {
    let Some(day) = presentation.date.filter(|day| *day <= case.as_of()) else { return };
    if case.exams().all.iter().any(|exam| exam.presentation.is_some_and(|(i, _)| i == index)) {
        return;
    }
    if presentation.documents.is_empty() {
        return;
    }
    let every = crate::derive::papers::Papers::of(case.order, |_| true);
    for wanted in presentation.documents.iter().filter_map(|d| d.r#ref.as_deref()) {
        let named: Vec<Paper<'_>> = every.each().filter(|p| p.printed.reference() == Some(wanted)).collect();
        // One number may name a paper and the one that replaced it.
        let Some(paper) = named.iter().min_by_key(|p| p.printed.day()) else { continue };
        let Some(later) = paper.printed.day().filter(|later| *later > day) else { continue };
        let name = conflicts::name(case, paper);
        let who = conflicts::subject(&name);
        let title = bi!(
            "{who}日期 {later}，{day} 就交出去了",
            "{who} is dated {later} and was handed over on {day}";
            who
        );
        let other = Some((format!("presentation[{index}].date"), bi!("交单", "handed over")));
        let finding = put(case, title, paper, dated(paper.printed), other, out);
        finding
            .values([later.to_string(), day.to_string()])
            .help(bi!(
                "先看单据上的日期和寄出日，抄错的那个改过来；交的是前一份，把那份也登记，写 replaced_by",
                "compare the date on the paper with the day it went out and correct the one copied wrongly; if an earlier version went out, record that too with replaced_by"
            ));
        // A copy for the buyer is often that of a draft.
        if matches!(presentation.set, Some(PresentedSet::Copies | PresentedSet::Telex)) {
            finding.severity(Severity::Warning);
        }
    }
}

/// A contract or proforma that an invoice quotes is not later than the invoice.
fn agreed_before(case: &Case<'_>, out: &mut Sink<'_>) {
    let docs = &case.order.docs;
    let contracts = docs.contract.iter().enumerate().map(|(i, c)| ("contract", i, &c.paper));
    let proformas = docs.proforma.iter().enumerate().map(|(i, c)| ("proforma", i, &c.paper));
    for (key, index, printed) in contracts.chain(proformas).filter(|(_, _, p)| p.is_current()) {
        let (Some(number), Some(day)) = (printed.number.as_deref(), printed.day()) else { continue };
        let paper = Paper { key, index, printed };
        let invoices = case.sets().iter().flat_map(|s| s.papers.invoice.iter());
        let quoting = invoices.filter(|(_, invoice)| {
            let own = invoice.paper.contract.as_deref();
            own.is_some_and(|own| reference::compare(own, number).agrees())
        });
        let first = quoting.filter_map(|(i, invoice)| Some((invoice.paper.day()?, *i))).min();
        let Some((invoiced, at)) = first.filter(|(invoiced, _)| *invoiced < day) else { continue };
        let name = conflicts::name(case, &paper);
        let who = conflicts::subject(&name);
        let title = bi!(
            "{who}日期 {day}，比引用它的发票 {invoiced} 还晚",
            "{who} is dated {day}, later than the invoice of {invoiced} that quotes it";
            who
        );
        let other = Some((format!("invoice[{at}].date"), bi!("发票", "invoice")));
        put(case, title, &paper, dated(printed), other, out)
            .severity(Severity::Warning)
            .values([day.to_string(), invoiced.to_string()])
            .help(bi!(
                "先看两份原件的日期，抄错就改登记；合同是后来补签的，把原来那份也登记",
                "look at both dates and correct the record if one was copied wrongly; if the contract was signed again later, record the first one too"
            ));
    }
}
