//! `credit-awb`: an air waybill that does not meet article 23.

use super::super::prelude::*;

use crate::check::shared::ports::{self, End};
use crate::check::shared::{consignee, exams, notify};
use crate::compare::Outcome;
use crate::derive::exam::Exam;
use crate::derive::papers::Paper;
use crate::model::document::{AirWaybill, SignedAs};

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-awb",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 23 条；ISBP 745 H3 至 H17", "UCP 600 article 23; ISBP 745 H3 to H17"),
    title: ("空运单不符", "air waybill discrepant"),
    docs: Docs {
        checks: (
            "空运单写明承运人、由承运人或其具名代理签署并写明身份；启运、目的机场与 44E、44F 一致；收货人不能是凭指示，与 46A 一致；通知人与 46A 一致。",
            "An air waybill names the carrier and is signed by it or its named agent; airports agree with 44E and 44F; the consignee is never \"to order\" and agrees with 46A, as does the notify party.",
        ),
        why: (
            "空运单不是货权凭证，收货人写错就收不回来。",
            "An air waybill is no document of title: goods go to whoever stands there.",
        ),
        fix: (
            "先核对登记与单据；真印错请航空公司或其代理改单。",
            "First compare record and paper; if it is printed wrongly, have the carrier or its agent correct it.",
        ),
    },
    example: example!("credit-awb"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for exam in &case.exams().all {
        for &(index, awb) in &exam.papers.awb {
            let paper = Paper { key: "awb", index, printed: &awb.paper };
            signature(case, exam, &paper, awb, out);
            airports(case, exam, &paper, out);
            consigned(case, exam, &paper, awb, out);
            notify::check(case, exam, &paper, &awb.notify, out);
        }
    }
}

fn signature(case: &Case<'_>, exam: &Exam<'_>, paper: &Paper<'_>, awb: &AirWaybill, out: &mut Sink<'_>) {
    if awb.signed_as != Some(SignedAs::Unstated) {
        return;
    }
    let name = paper.name();
    exams::say(
        case,
        exam,
        paper,
        "signed_as",
        None,
        bi!("{name} 的签字没写承运人或代理身份", "{name} is signed without saying whether as carrier or agent"; name),
        out,
    )
    .help(bi!(
        "看原件签字栏；真没写，请其写明 AS CARRIER 或 AS AGENT FOR THE CARRIER 重签，货代分单尤其要看",
        "look at the signature box; have it signed again AS CARRIER or AS AGENT FOR THE CARRIER, house waybills above all"
    ));
}

fn airports(case: &Case<'_>, exam: &Exam<'_>, paper: &Paper<'_>, out: &mut Sink<'_>) {
    let (printed, credit) = (paper.printed, &exam.credit);
    let end = |field, label, printed, asked| End { field, label, printed, asked, instead: None, city: true };
    let ends = [
        end("from", ("启运机场", "airport of departure"), printed.from.as_deref(), credit.from),
        end("to", ("目的机场", "airport of destination"), printed.to.as_deref(), credit.to),
    ];
    for end in &ends {
        ports::compare(case, exam, paper, end, out);
    }
}

fn consigned(case: &Case<'_>, exam: &Exam<'_>, paper: &Paper<'_>, awb: &AirWaybill, out: &mut Sink<'_>) {
    let Some(printed) = awb.consignee.as_deref() else { return };
    let (name, number) = (paper.name(), exam.credit.number());
    let asked = exam.credit.asked("awb").find_map(|a| Some((a, a.value.consignee.as_deref()?)));
    if consignee::is_order(printed) {
        exams::say(
            case,
            exam,
            paper,
            "consignee",
            asked.map(|(a, _)| a.source.field("consignee")).as_ref(),
            bi!("{name} 收货人写成凭指示“{printed}”，空运单必须记名", "{name} is made out to order (`{printed}`); an air waybill must name its consignee"; name),
            out,
        )
        .values([printed])
        .help(bi!("请航空公司改成信用证指定的收货人", "have the carrier change it to the consignee that the credit names"));
        return;
    }
    let Some((asked, wanted)) = asked else { return };
    // A credit that asks for an air waybill "to order" can only mean the named party (ISBP 745 H13).
    let outcome = consignee::compare_named(&exam.credit, printed, wanted);
    if outcome.is_some_and(Outcome::agrees) {
        return;
    }
    let finding = exams::say(
        case,
        exam,
        paper,
        "consignee",
        Some(&asked.source.field("consignee")),
        bi!(
            "{name} 收货人是“{printed}”，信用证 {number} 要求“{wanted}”",
            "{name} is consigned to `{printed}`; credit {number} asks for `{wanted}`";
            name
        ),
        out,
    );
    finding.values([printed, wanted]).help(bi!(
        "先核对登记与单据；真不同，请航空公司改单",
        "first compare record and paper; have the carrier correct it if it differs"
    ));
    if outcome != Some(Outcome::Different) {
        finding.severity(Severity::Warning).judgement();
    }
}
