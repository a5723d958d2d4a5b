//! Differences that are none: what papers and the credit spell in other words and a bank may not refuse for. Shown to
//! the people who argue with a bank; decides nothing.

use super::exam::Exam;
use super::papers::{Paper, Papers};
use crate::compare::place::{self, Place};
use crate::compare::{Outcome, name, reference};
use crate::model::value::fold::fold;
use crate::text::StaticBi;

/// Two writings of one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alike {
    /// The paper.
    pub paper: (&'static str, usize),
    /// Key path of the value.
    pub path: String,
    /// What it is.
    pub what: StaticBi,
    /// As the paper prints it.
    pub printed: String,
    /// As the credit has it.
    pub credit: String,
    /// Why it is the same, and on whose authority.
    pub why: StaticBi,
}

const NAME: StaticBi = (
    "名称缩写、大小写、标点不同，是同一家（ISBP 745 A1、A2）",
    "abbreviations, case and punctuation of one name (ISBP 745 A1, A2)",
);
const PLACE: StaticBi =
    ("同一个地方的不同写法（UCP 600 第 14 条 d 款）", "two writings of one place (UCP 600 article 14(d))");
const REFERENCE: StaticBi = (
    "只差空格或标点；信用证号抄错也不构成不符（ISBP 821）",
    "spaces and punctuation; a mistyped credit number is no ground either (ISBP 821)",
);

/// The harmless differences of one examined set.
#[must_use]
pub fn of(exam: &Exam<'_>) -> Vec<Alike> {
    let credit = &exam.credit;
    let mut all = Vec::new();
    let (beneficiary, applicant) = (credit.beneficiary.map(|b| b.value), credit.applicant.map(|a| a.value));
    for (paper, field, what, printed, ours) in parties(&exam.papers) {
        let other = if ours { beneficiary } else { applicant };
        names(&mut all, &paper, field, what, (printed, other));
    }
    for paper in exam.papers.each().filter(|p| p.key != "customs") {
        places(
            &mut all,
            &paper,
            ("from", ("起运地", "from")),
            (paper.printed.from.as_deref(), credit.from.map(|f| f.value)),
        );
        places(
            &mut all,
            &paper,
            ("to", ("目的地", "to")),
            (paper.printed.to.as_deref(), credit.to.map(|t| t.value)),
        );
        if let Some(printed) = paper.printed.lc.as_deref()
            && matches!(
                reference::compare(printed, credit.number()),
                Outcome::Normalised | Outcome::Punctuation
            )
        {
            push(
                &mut all,
                &paper,
                "lc",
                ("信用证号", "credit number"),
                (printed, credit.number()),
                REFERENCE,
            );
        }
    }
    all
}

type Party<'a> = (Paper<'a>, &'static str, StaticBi, &'a str, bool);

/// The names that papers print for the seller (`true`) and the buyer.
fn parties<'a>(papers: &Papers<'a>) -> Vec<Party<'a>> {
    let mut all: Vec<Party<'a>> = Vec::new();
    let mut add = |key, index, printed, field, what, name: Option<&'a str>, ours| {
        if let Some(name) = name {
            all.push((Paper { key, index, printed }, field, what, name, ours));
        }
    };
    for &(i, d) in &papers.invoice {
        add("invoice", i, &d.paper, "seller", ("卖方", "seller"), d.seller.as_deref(), true);
        add("invoice", i, &d.paper, "buyer", ("抬头", "made out to"), d.buyer.as_deref(), false);
    }
    for &(i, d) in &papers.bl {
        add("bl", i, &d.paper, "shipper", ("托运人", "shipper"), d.shipper.as_deref(), true);
        add(
            "bl",
            i,
            &d.paper,
            "notify",
            ("通知人", "notify party"),
            d.notify.first().map(String::as_str),
            false,
        );
    }
    for &(i, d) in &papers.insurance {
        add("insurance", i, &d.paper, "insured", ("被保险人", "insured"), d.insured.as_deref(), true);
    }
    for &(i, d) in &papers.origin {
        add("origin", i, &d.paper, "exporter", ("出口商", "exporter"), d.paper.exporter.as_deref(), true);
        add("origin", i, &d.paper, "consignee", ("收货人", "consignee"), d.consignee.as_deref(), false);
    }
    for &(i, d) in &papers.draft {
        add("draft", i, &d.paper, "drawer", ("出票人", "drawer"), d.drawer.as_deref(), true);
    }
    all
}

fn names(
    all: &mut Vec<Alike>,
    paper: &Paper<'_>,
    field: &'static str,
    what: StaticBi,
    pair: (&str, Option<&str>),
) {
    let (printed, Some(credit)) = pair else { return };
    // Case alone is nothing anybody would argue about.
    if fold(printed) != fold(credit) && name::compare(printed, credit) == Outcome::Normalised {
        push(all, paper, field, what, (printed, credit), NAME);
    }
}

fn places(
    all: &mut Vec<Alike>,
    paper: &Paper<'_>,
    (field, what): (&'static str, StaticBi),
    pair: (Option<&str>, Option<&str>),
) {
    let (Some(printed), Some(credit)) = pair else { return };
    if fold(printed) != fold(credit) && place::fits(printed, credit) == Some(Place::Is(Outcome::Normalised)) {
        push(all, paper, field, what, (printed, credit), PLACE);
    }
}

fn push(
    all: &mut Vec<Alike>,
    paper: &Paper<'_>,
    field: &str,
    what: StaticBi,
    pair: (&str, &str),
    why: StaticBi,
) {
    let (printed, credit) = (pair.0.to_owned(), pair.1.to_owned());
    all.push(Alike { paper: (paper.key, paper.index), path: paper.path(field), what, printed, credit, why });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Book;
    use crate::derive::exam::Exams;
    use crate::model::Order;
    use crate::model::document::{BillOfLading, Invoice, LetterOfCredit, Printed};

    #[test]
    fn writings_of_one_thing_are_listed_and_conflicts_are_not() {
        let mut order = Order::default();
        order.file.docs.lc = vec![LetterOfCredit {
            beneficiary: Some("NINGBO GENDAN TRADING COMPANY LIMITED".into()),
            applicant: Some("AL NOOR LLC".into()),
            paper: Printed {
                number: Some("GSB-LC 26/004".into()),
                from: Some("CHITTAGONG".into()),
                to: Some("NEW YORK, USA".into()),
                ..Printed::default()
            },
            ..LetterOfCredit::default()
        }];
        order.file.docs.invoice = vec![Invoice {
            seller: Some("Ningbo Gendan Trading Co., Ltd.".into()),
            buyer: Some("Al Noor LLC".into()),
            paper: Printed { lc: Some("GSBLC26004".into()), ..Printed::default() },
            ..Invoice::default()
        }];
        order.file.docs.bl = vec![BillOfLading {
            shipper: Some("Somebody Else Co.".into()),
            paper: Printed {
                from: Some("Chattogram".into()),
                to: Some("Boston".into()),
                ..Printed::default()
            },
            ..BillOfLading::default()
        }];
        let exams = Exams::of(&Book::default(), &order, "2026-11-20".parse().unwrap());
        let paths: Vec<String> = of(&exams.all[0]).into_iter().map(|a| a.path).collect();
        assert_eq!(paths, ["invoice[0].seller", "invoice[0].lc", "bl[0].from"]);
    }
}
