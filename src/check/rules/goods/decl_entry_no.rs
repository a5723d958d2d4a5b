//! `decl-entry-no`: a declaration number that is none, or another year's, or an import's.

use chrono::Datelike;

use super::super::prelude::*;
use crate::check::shared::{customs, papers};
use crate::derive::papers::Paper;
use crate::model::document::Declaration;
use crate::model::value::{DeclarationError, DeclarationNumber, Direction};

/// The rule.
pub static RULE: Rule = Rule {
    name: "decl-entry-no",
    group: Group::Goods,
    class: Class::Document,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.2.0",
    source: (
        "海关总署报关单填制规范（海关编号：关区 4 位、年份 4 位、进出口标志 1 位、顺序号 9 位）",
        "GACC rules for filling in declarations (number: office 4, year 4, direction 1, serial 9 digits)",
    ),
    title: ("报关单号不对", "declaration number wrong"),
    docs: Docs {
        checks: (
            "报关单号是 18 位数字，第 5 到 8 位是申报年份，第 9 位是 0（出口）。第 9 位是 1 是进口报关单，报错；其余警告。",
            "The number has 18 digits, of which 5 to 8 are the year of the declaration and the ninth is 0 for exports. A 1 there is an import declaration and an error; the rest is a warning.",
        ),
        why: (
            "退税、收汇、备案单证都按这个号对应；抄错一位就查不到这份报关单。",
            "Refund, foreign exchange and the filed documents go by this number; with one digit wrong the declaration is not found.",
        ),
        fix: (
            "照单一窗口或报关单左上角的海关编号逐位核对，不是预录入编号，也不是统一编号。",
            "Compare it with the customs number in the Single Window or at the top of the declaration; it is neither the pre-entry nor the unified number.",
        ),
    },
    example: example!("decl-entry-no"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    if !customs::is_chinese(case) {
        return;
    }
    for set in case.sets() {
        for &(index, declaration) in &set.papers.customs {
            let Some(number) = declaration.paper.number.as_deref() else { continue };
            look(case, customs::paper(index, declaration), declaration, number, out);
        }
    }
}

fn look(case: &Case<'_>, paper: Paper<'_>, declaration: &Declaration, number: &str, out: &mut Sink<'_>) {
    let declared = declaration.paper.date.map(|day| day.year());
    let (why, wrong) = match DeclarationNumber::parse(number) {
        Ok(read) if read.direction() == Direction::Import => {
            (bi!("第 9 位是 1，是进口报关单号", "its ninth digit is 1, it is an import's"), true)
        }
        Ok(read) => match declared.filter(|year| *year != read.year()) {
            Some(year) => {
                let own = read.year();
                (
                    bi!("里的年份是 {own}，{year} 年申报", "its year is {own}, it was declared in {year}"),
                    false,
                )
            }
            None => return,
        },
        Err(DeclarationError::Length(n)) => {
            (bi!("有 {n} 位，应是 18 位", "it has {n} digits instead of 18"), false)
        }
        Err(DeclarationError::NotDigits) => {
            (bi!("里有不是数字的字符", "it has characters that are no digits"), false)
        }
        Err(DeclarationError::Flag(flag)) => {
            (bi!("第 9 位是 {flag}，出口应是 0", "its ninth digit is {flag}, 0 for exports"), false)
        }
    };
    let finding = out.report(bi!("报关单号 {number} {why}", "declaration number {number}: {why}"; why));
    finding.at(case.order.origin.place(&paper.path("number")), bi!("{why}", "{why}"; why));
    if let Some(date) = declaration.paper.date {
        finding.at(case.order.origin.place(&paper.path("date")), bi!("申报 {date}", "declared {date}"));
    }
    finding.values([number]).help(bi!(
        "照单一窗口或报关单上的 18 位海关编号核对；预录入编号、统一编号不要写在这里",
        "compare it with the customs number of 18 digits in the Single Window or on the declaration; the pre-entry number does not belong here"
    ));
    if wrong {
        finding.severity(Severity::Error);
    }
    papers::soften(finding, paper.printed);
}
