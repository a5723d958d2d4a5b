//! `decl-before-loading`: declared less than a day before the goods were loaded, or afterwards.

use chrono::NaiveDate;

use super::super::prelude::*;
use crate::check::shared::{customs, papers as soft, timing};
use crate::compare::reference;
use crate::derive::papers::{Paper, Papers};
use crate::model::document::{BlForm, BlKind, Declaration};

/// The rule.
pub static RULE: Rule = Rule {
    name: "decl-before-loading",
    group: Group::Goods,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("《中华人民共和国海关法》第二十四条", "Customs Law of the PRC, art. 24"),
    title: ("申报晚于装船前 24 小时", "declared less than 24 hours before loading"),
    docs: Docs {
        checks: (
            "海运：申报日早于装船日（装货 24 小时以前申报）。空运：申报日不晚于实际发运日，只有签发日的不比。铁路、公路、快递的申报时限不同，不查。放行晚于装运的由 gate-customs-cleared 报。",
            "By sea the day of declaration is before the day of loading (24 hours before, by law). By air it is not after the day of actual dispatch; a mere date of issue is not compared. Rail, road and courier have rules of their own and are not checked. A release after shipment is for `gate-customs-cleared` to say.",
        ),
        why: (
            "没申报的货装不了船。日期反了，多半是报关单或提单登记错，或者船公司倒签了提单。",
            "Undeclared goods are not loaded. Dates the wrong way round mostly mean that a paper was copied wrongly, or that the bill of lading is antedated.",
        ),
        fix: (
            "申报日看报关单，装船日看提单，抄错的改登记；海关准了例外的写豁免说明。",
            "The day of declaration stands on the declaration, that of loading on the bill of lading: correct what was copied wrongly. An exemption by customs is a waiver with its reason.",
        ),
    },
    example: example!("decl-before-loading"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    if !customs::is_chinese(case) {
        return;
    }
    for set in case.sets() {
        let loaded = loadings(&set.papers);
        for &(index, declaration) in &set.papers.customs {
            let Some(declared) = declaration.paper.date else { continue };
            let Some((day, path, paper, sea)) = of(&loaded, declaration) else { continue };
            let late = if *sea { declared >= *day } else { declared > *day };
            // That customs released the goods only after they had left says the same, and more.
            let released = declaration.released.is_some_and(|released| released > *day);
            if late && !released {
                say(case, (index, declaration), declared, (*day, path, *paper), out);
            }
        }
    }
}

/// The day, where it stands, the paper, and whether it is by sea.
type Loading<'a> = (NaiveDate, String, Paper<'a>, bool);

fn loadings<'a>(papers: &Papers<'a>) -> Vec<Loading<'a>> {
    let bl = papers.bl.iter().filter_map(|&(index, bl)| {
        let paper = Paper { key: "bl", index, printed: &bl.paper };
        let shipped = bl.form == Some(BlForm::Shipped) && bl.kind != Some(BlKind::Multimodal);
        let (day, field) = match bl.on_board {
            Some(day) => (day, "on_board"),
            None => (bl.paper.issued.or(bl.paper.date).filter(|_| shipped)?, "issued"),
        };
        (!bl.paper.is_draft()).then(|| (day, paper.path(field), paper, true))
    });
    let awb = papers.awb.iter().filter_map(|&(index, awb)| {
        let paper = Paper { key: "awb", index, printed: &awb.paper };
        let day = awb.dispatched.filter(|_| !awb.paper.is_draft())?;
        Some((day, paper.path("dispatched"), paper, false))
    });
    bl.chain(awb).collect()
}

/// The loading of what was declared: of the transport document that the declaration names, else the last one.
fn of<'l, 'a>(loaded: &'l [Loading<'a>], declaration: &Declaration) -> Option<&'l Loading<'a>> {
    let names = |text: &str, number: Option<&str>| number.is_some_and(|n| reference::names(text, n));
    let named = declaration
        .bl
        .as_deref()
        .and_then(|text| loaded.iter().find(|(_, _, paper, _)| names(text, paper.printed.number.as_deref())));
    named.or_else(|| loaded.iter().max_by_key(|(day, ..)| *day))
}

fn say(
    case: &Case<'_>,
    (index, declaration): (usize, &Declaration),
    declared: NaiveDate,
    (day, path, transport): (NaiveDate, &str, Paper<'_>),
    out: &mut Sink<'_>,
) {
    let days = (declared - day).num_days();
    let late = timing::days(days);
    let paper = customs::paper(index, declaration);
    let name = transport.name();
    let title = if days == 0 {
        bi!(
            "{declared} 才申报，{name} 当天装运，不到 24 小时",
            "declared on {declared}, the very day of loading by the {name}: less than 24 hours before"; name
        )
    } else {
        bi!(
            "{declared} 才申报，{name} {day} 已装运，晚了 {days} 天",
            "declared on {declared}, loaded on {day} by the {name}: {late} later"; name
        )
    };
    let finding = out
        .report(title)
        .at(case.order.origin.place(&paper.path("date")), bi!("申报 {declared}", "declared {declared}"))
        .at(case.order.origin.place(path), bi!("装运 {day}", "loaded {day}"))
        .values([declared, day])
        .help(bi!(
            "多半是抄错：申报日看报关单，装运日看运输单据，登记错的改登记。都没抄错，马上问报关行和承运人；海关准了例外的写豁免",
            "mostly a slip: compare both days with the papers and correct the record that was copied wrongly. If both are right ask the broker and the carrier at once; an exemption by customs is a waiver"
        ));
    soft::soften(finding, &declaration.paper);
}
