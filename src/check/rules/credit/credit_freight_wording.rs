//! `credit-freight-wording`: freight marked otherwise than the credit asks.

use super::super::prelude::*;

use crate::check::shared::exams;
use crate::model::document::Freight;
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-freight-wording",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("信用证 46A；ISBP 745 E26 至 E27", "46A of the credit; ISBP 745 E26 to E27"),
    title: ("运费标注与信用证不符", "freight marking differs from the credit"),
    docs: Docs {
        checks: (
            "46A 要求标“运费预付”或“运费到付”的，运输单据标的相同。单据上没有登记运费标注的，签发后请人看一眼。",
            "Where 46A asks for freight prepaid or collect, the transport document says the same. An issued document without a recorded marking is for somebody to look at.",
        ),
        why: (
            "标注不符或没有标注，是常见的拒付理由。",
            "A different or missing marking is a common ground for refusal.",
        ),
        fix: (
            "先核对登记与单据；真标错或没标，请船公司改单或加注。",
            "First compare record and paper; if it is marked otherwise or not at all, have the carrier correct or add it.",
        ),
    },
    example: example!("credit-freight-wording"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for exam in &case.exams().all {
        for transport in exam.papers.transports() {
            let key = transport.paper.key;
            let Some((asked, wanted)) = exam.credit.asked(key).find_map(|a| Some((a, a.value.freight?)))
            else {
                continue;
            };
            let (name, number) = (transport.paper.name(), exam.credit.number());
            let ((want_zh, want_en), mark) = (word(wanted), marking(wanted));
            let (title, sure) = match transport.freight {
                Some(is) if is == wanted => continue,
                Some(is) => {
                    let (zh, en) = word(is);
                    (
                        Bi {
                            zh: format!("{} 运费标{zh}，信用证 {number} 要求{want_zh}", name.zh),
                            en: format!("{} says freight {en}; credit {number} asks for {want_en}", name.en),
                        },
                        true,
                    )
                }
                None if transport.paper.printed.is_draft() || transport.shipped.is_none() => continue,
                None => (
                    Bi {
                        zh: format!("{} 没有登记运费标注，信用证 {number} 要求{want_zh}", name.zh),
                        en: format!(
                            "no freight marking is recorded for {}; credit {number} asks for {want_en}",
                            name.en
                        ),
                    },
                    false,
                ),
            };
            let finding = exams::say(
                case,
                exam,
                &transport.paper,
                "freight",
                Some(&asked.source.field("freight")),
                title,
                out,
            );
            finding
                .help(bi!(
                    "先核对登记与单据；真标错或没标，请船公司标成 {mark}",
                    "first compare record and paper; have the carrier mark it {mark} if it is wrong or missing"
                ))
                .values([transport.freight.map(marking).unwrap_or_default(), mark.clone()]);
            if !sure {
                finding.severity(Severity::Warning).judgement();
            }
        }
    }
}

fn word(freight: Freight) -> (&'static str, &'static str) {
    match freight {
        Freight::Prepaid => ("预付", "prepaid"),
        Freight::Collect => ("到付", "collect"),
    }
}

/// As it is printed.
fn marking(freight: Freight) -> String {
    format!("FREIGHT {}", freight.code().to_uppercase())
}
