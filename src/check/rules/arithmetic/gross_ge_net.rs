//! `gross-ge-net`: net weight above gross weight.

use super::super::prelude::*;
use crate::check::shared::{figures, papers};
use crate::model::document::Printed;
use crate::text::Bi;
use rust_decimal::Decimal;

/// The rule.
pub static RULE: Rule = Rule {
    name: "gross-ge-net",
    group: Group::Arithmetic,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定", "house rule"),
    title: ("净重大于毛重", "net weight above gross weight"),
    docs: Docs {
        checks: (
            "每箱、装箱单每行、每份单据的毛重不小于净重，净重大于 0；包装占毛重不到 0.1% 或超过 35% 时提醒看一眼。",
            "Per carton, per packing row and on every paper the gross weight is not below the net weight and the net weight is above zero; a packing share of less than 0.1 % or more than 35 % asks for a look.",
        ),
        why: (
            "毛净重写反，报关单和提单一起错；改单要钱，还会误船。",
            "Weights the wrong way round put declaration and bill of lading wrong together; amendments cost money and may cost the vessel.",
        ),
        fix: (
            "多半是两个数写反了：毛重是带包装的。",
            "Most often the two are swapped: gross is with packing.",
        ),
    },
    example: example!("gross-ge-net"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for (index, item) in case.order.items.iter().enumerate() {
        let Some(pack) = item.pack.as_deref() else { continue };
        let at = Weights {
            path: &|| format!("items[{index}].pack"),
            what: || bi!("每箱", "a carton"),
            share: true,
            paper: None,
        };
        compare(case, &at, pack.gross_kg, pack.net_kg, out);
    }
    for (index, list) in case.order.docs.packing.iter().enumerate().filter(|(_, l)| l.paper.is_current()) {
        for (row, line) in list.lines.iter().enumerate() {
            let at = Weights {
                path: &|| format!("packing[{index}].lines[{row}]"),
                what: || bi!("装箱单一行", "a row of the packing list"),
                share: false,
                paper: Some(&list.paper),
            };
            compare(case, &at, line.gross_kg, line.net_kg, out);
        }
    }
    for (key, index, paper) in papers::each(case.order).filter(|(_, _, p)| p.is_current()) {
        let at = Weights {
            path: &|| format!("{key}[{index}]"),
            what: || papers::title(key).into(),
            share: key == "packing",
            paper: Some(paper),
        };
        compare(case, &at, paper.gross_kg, paper.net_kg, out);
    }
}

/// Two weights that stand side by side.
struct Weights<'a, W: Fn() -> Bi> {
    path: &'a dyn Fn() -> String,
    what: W,
    /// Whether the packing's share is judged here: once per paper, not per row.
    share: bool,
    paper: Option<&'a Printed>,
}

fn compare<W: Fn() -> Bi>(
    case: &Case<'_>,
    at: &Weights<'_, W>,
    gross: Option<Decimal>,
    net: Option<Decimal>,
    out: &mut Sink<'_>,
) {
    let (Some(gross), Some(net)) = (gross, net) else { return };
    let (path, what) = (at.path, &at.what);
    let (heavy, light) = (figures::number(gross), figures::number(net));
    if net > gross || net <= Decimal::ZERO {
        let what = what();
        let title = if net > gross {
            let more = figures::number(figures::apart(net, gross));
            bi!("{what}净重 {light} KG 比毛重 {heavy} KG 还多 {more} KG", "{what}: net {light} KG exceeds gross {heavy} KG by {more} KG"; what)
        } else {
            bi!("{what}净重 {light} KG 不大于 0", "{what}: net {light} KG is not above zero"; what)
        };
        let finding = place(case, &path(), &heavy, &light, out.report(title));
        finding.help(bi!("毛重带包装，净重不带；多半是两个数写反了，照过磅单改", "gross is with packing, net without; most often the two are swapped: correct from the weighing slip"));
        if let Some(paper) = at.paper {
            papers::soften(finding, paper);
        }
    } else if at.share
        && let Some(share) = odd_share(gross, net)
    {
        let (what, share) = (what(), figures::number(share.round_dp(2)));
        let title = bi!(
            "{what}包装占毛重 {share}%：毛重 {heavy} KG，净重 {light} KG",
            "{what}: packing is {share} % of the gross weight: gross {heavy} KG, net {light} KG"; what
        );
        let finding = place(case, &path(), &heavy, &light, out.report(title));
        finding.severity(Severity::Warning).judgement().help(bi!(
            "很重或很轻的包装是有的；先核对毛重和净重有没有写错",
            "some goods have heavy packing and some almost none; first check that neither weight is mistyped"
        ));
        if let Some(paper) = at.paper {
            papers::soften(finding, paper);
        }
    }
}

fn place<'f>(
    case: &Case<'_>,
    path: &str,
    gross: &str,
    net: &str,
    finding: &'f mut crate::check::finding::Finding,
) -> &'f mut crate::check::finding::Finding {
    finding
        .at(case.order.origin.place(&format!("{path}.net_kg")), bi!("净重", "net"))
        .at(case.order.origin.place(&format!("{path}.gross_kg")), bi!("毛重", "gross"))
        .values([net, gross])
}

/// The packing's share of the gross weight in percent, when it is unusual. Equal weights are bulk goods.
fn odd_share(gross: Decimal, net: Decimal) -> Option<Decimal> {
    let packing = gross.checked_sub(net).filter(|p| !p.is_zero())?;
    figures::percent(packing, gross).filter(|p| *p > Decimal::from(35) || *p < Decimal::new(1, 1))
}
