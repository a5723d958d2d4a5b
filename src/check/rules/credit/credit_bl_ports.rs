//! `credit-bl-ports`: other ports than the credit asks for.

use super::super::prelude::*;

use crate::check::shared::ports::{self, End};
use crate::derive::credit::Credit;
use crate::derive::papers::Paper;
use crate::model::document::BillOfLading;

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-bl-ports",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: (
        "UCP 600 第 20 条 a 款 iii 项，第 19、21 至 24 条；ISBP 745 E6 至 E10",
        "UCP 600 article 20(a)(iii), articles 19, 21 to 24; ISBP 745 E6 to E10",
    ),
    title: ("装卸港与信用证不符", "ports differ from the credit"),
    docs: Docs {
        checks: (
            "提单的装货港、卸货港与 44E、44F 一致；运单、多式联运单的起运地、目的地与 44A、44B 一致。信用证写范围（“任一中国港口”）的，在范围内即可。一个港的不同写法、加国名都算同一个；城市与其中的港区、名录里没有的范围请人看一眼。",
            "Ports of loading and discharge agree with 44E and 44F; places of a waybill or multimodal document with 44A and 44B. A range (\"any Chinese port\") accepts its members. Other names of one port and an added country are the same; a city and a port inside it, and ranges no list knows, are for somebody to look at.",
        ),
        why: ("港口不符很难补：船已经开了。", "Wrong ports can hardly be cured: the ship has sailed."),
        fix: (
            "先核对登记与单据。单据印错就请船公司改单；货确实走了别的港，请客户改证或书面接受。",
            "First compare record and paper. If the paper is wrong have the carrier issue it again; if the goods really went another way, have the credit amended or the buyer accept in writing.",
        ),
    },
    example: example!("credit-bl-ports"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for exam in &case.exams().all {
        for &(index, bl) in &exam.papers.bl {
            let paper = Paper { key: "bl", index, printed: &bl.paper };
            for end in ends_of_bl(bl, &exam.credit) {
                ports::compare(case, exam, &paper, &end, out);
            }
        }
        for paper in exam.papers.kind("waybill") {
            for end in ends_of_waybill(&paper, &exam.credit) {
                ports::compare(case, exam, &paper, &end, out);
            }
        }
    }
}

fn ends_of_bl<'a>(bl: &'a BillOfLading, credit: &Credit<'a>) -> [End<'a>; 4] {
    let end = |field, label, printed, asked| End { field, label, printed, asked, instead: None, city: false };
    let notation = bl.on_board_port.as_deref();
    [
        End {
            instead: notation,
            ..end("from", ("装货港", "port of loading"), bl.paper.from.as_deref(), credit.from)
        },
        end("to", ("卸货港", "port of discharge"), bl.paper.to.as_deref(), credit.to),
        end("receipt", ("收货地", "place of receipt"), bl.receipt.as_deref(), credit.receipt),
        end("delivery", ("交货地", "place of delivery"), bl.delivery.as_deref(), credit.delivery),
    ]
}

/// A waybill goes from place to place; a credit for one often names ports all the same.
fn ends_of_waybill<'a>(paper: &Paper<'a>, credit: &Credit<'a>) -> [End<'a>; 2] {
    let end = |field, label, printed, asked| End { field, label, printed, asked, instead: None, city: false };
    let (from, to) = (credit.receipt.or(credit.from), credit.delivery.or(credit.to));
    [
        end("from", ("起运地", "place of dispatch"), paper.printed.from.as_deref(), from),
        end("to", ("目的地", "destination"), paper.printed.to.as_deref(), to),
    ]
}
