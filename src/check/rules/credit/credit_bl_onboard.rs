//! `credit-bl-onboard`: a bill of lading without proof of loading.

use super::super::prelude::*;

use crate::check::shared::exams;
use crate::derive::papers::Paper;
use crate::model::document::{BillOfLading, BlForm};

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-bl-onboard",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: (
        "UCP 600 第 20 条 a 款 ii 项；ICC 装船批注文件（2010）；ISBP 745 E6",
        "UCP 600 article 20(a)(ii); ICC paper on on-board notations (2010); ISBP 745 E6",
    ),
    title: ("没有装船证明", "no proof of loading on board"),
    docs: Docs {
        checks: (
            "收妥备运格式的提单要有注明日期的装船批注；船名带 intended 的，批注要写实际船名；有前程运输的，批注要写日期、船名和装货港。",
            "A received-for-shipment bill needs a dated on-board notation; where the vessel is \"intended\" the notation names the actual one; where a pre-carriage is shown it gives date, vessel and port of loading.",
        ),
        why: (
            "没有装船批注，银行看不出货已装船，也算不出交单期。",
            "Without it the bank cannot see that the goods are on board, nor from when to count.",
        ),
        fix: (
            "先看原件有没有批注、漏登了没有。确实没有，请船公司或其代理加注 SHIPPED ON BOARD、日期、船名和装货港。",
            "See whether the original has a notation that was not copied. If not, have the carrier or agent add SHIPPED ON BOARD with date, vessel and port of loading.",
        ),
    },
    example: example!("credit-bl-onboard"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for exam in &case.exams().all {
        for &(index, bl) in &exam.papers.bl {
            let paper = Paper { key: "bl", index, printed: &bl.paper };
            let Some(fault) = fault(bl) else { continue };
            let name = paper.name();
            let (field, title) = match fault {
                Fault::Received => (
                    "form",
                    bi!("{name} 是收妥备运格式，没有装船批注", "{name} is a received-for-shipment form without an on-board notation"; name),
                ),
                Fault::Intended => (
                    "intended",
                    bi!("{name} 的船名带 intended，批注没有写明实际船名和日期", "{name} names an intended vessel; no notation gives the actual vessel and date"; name),
                ),
                Fault::PreCarriage => (
                    "pre_carriage",
                    bi!("{name} 印了前程运输，没有写明日期、船名和装货港的装船批注", "{name} shows a pre-carriage without a notation that gives date, vessel and port of loading"; name),
                ),
                Fault::Incomplete => (
                    "on_board",
                    bi!("{name} 印了前程运输，装船批注没有登记船名或装货港，看原件上有没有", "{name} shows a pre-carriage; vessel or port of the on-board notation is not recorded: see the original"; name),
                ),
            };
            let finding = exams::say(case, exam, &paper, field, None, title, out);
            finding.help(bi!(
                "先看原件，漏登就补上；确实没有，请船公司或代理加注 SHIPPED ON BOARD、日期、船名、装货港",
                "see the original first and complete the record; if there is none, have the carrier or agent add SHIPPED ON BOARD with date, vessel and port of loading"
            ));
            if fault == Fault::Incomplete {
                finding.severity(Severity::Warning).judgement();
            }
        }
    }
}

#[derive(PartialEq, Eq)]
enum Fault {
    Received,
    Intended,
    PreCarriage,
    Incomplete,
}

fn fault(bl: &BillOfLading) -> Option<Fault> {
    let notation = bl.on_board.is_some();
    let pre_carried = bl.pre_carriage.is_some();
    match (bl.form, bl.intended, pre_carried) {
        (_, Some(true), _) if !notation || bl.on_board_vessel.is_none() => Some(Fault::Intended),
        (_, _, true) if !notation => Some(Fault::PreCarriage),
        (_, _, true) if bl.on_board_vessel.is_none() || bl.on_board_port.is_none() => Some(Fault::Incomplete),
        (Some(BlForm::Received), _, _) if !notation => Some(Fault::Received),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_of_notations() {
        let day = "2026-10-12".parse().ok();
        let bl = |form, on_board, vessel: bool, pre: bool, intended: bool| BillOfLading {
            form: Some(form),
            on_board,
            on_board_vessel: vessel.then(|| "EVER TEST".to_owned()),
            on_board_port: vessel.then(|| "NINGBO".to_owned()),
            pre_carriage: pre.then(|| "TRUCK".to_owned()),
            intended: Some(intended),
            ..BillOfLading::default()
        };
        let says = |bl: &BillOfLading| fault(bl).is_some();
        assert!(!says(&bl(BlForm::Shipped, None, false, false, false)), "shipped form, nothing else needed");
        assert!(says(&bl(BlForm::Received, None, false, false, false)));
        assert!(!says(&bl(BlForm::Received, day, false, false, false)));
        assert!(says(&bl(BlForm::Shipped, None, false, true, false)), "a pre-carriage needs a notation");
        assert!(says(&bl(BlForm::Shipped, day, false, true, false)), "with vessel and port");
        assert!(!says(&bl(BlForm::Shipped, day, true, true, false)));
        assert!(
            says(&bl(BlForm::Shipped, day, false, false, true)),
            "an intended vessel needs the actual one"
        );
        assert!(!says(&bl(BlForm::Shipped, day, true, false, true)));
    }
}
