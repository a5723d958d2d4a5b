//! `credit-bl-notify`: another notify party than the credit asks for.

use super::super::prelude::*;

use crate::check::shared::notify;
use crate::derive::papers::Paper;

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-bl-notify",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 14 条 j 款；ISBP 745 E16", "UCP 600 article 14(j); ISBP 745 E16"),
    title: ("提单通知人与信用证不符", "notify party differs"),
    docs: Docs {
        checks: (
            "46A 写明通知人的，提单上的通知人名称与之一致（Ltd 与 Limited 等写法相同）；一个字母之差请人看两边原文。通知人是申请人、登记了申请人地址的，提单上印的门牌、邮编、电话数字要与信用证一致。",
            "Where 46A names a notify party, the B/L names the same (Ltd is Limited); one letter apart is for somebody to look at with both texts. Where it is the applicant and the credit's address is recorded, house numbers, postcodes and telephone figures printed there are those of the credit.",
        ),
        why: (
            "通知人错了，货到没人接，也是常见的拒付理由。",
            "With a wrong notify party nobody is told of the arrival; banks often refuse for it.",
        ),
        fix: (
            "先核对登记与单据；真印错请船公司改单，照信用证 50 栏和 46A 写。",
            "First compare record and paper; if it is printed wrongly, have the carrier issue it again with the words of field 50 and 46A.",
        ),
    },
    example: example!("credit-bl-notify"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for exam in &case.exams().all {
        for &(index, bl) in &exam.papers.bl {
            let paper = Paper { key: "bl", index, printed: &bl.paper };
            notify::check(case, exam, &paper, &bl.notify, out);
        }
    }
}
