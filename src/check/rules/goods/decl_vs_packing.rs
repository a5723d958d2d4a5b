//! `decl-vs-packing`: declared packages and weights that are not those of the packing list.

use rust_decimal::Decimal;

use super::super::prelude::*;
use crate::check::shared::customs;
use crate::check::shared::figures;
use crate::compare::figure;
use crate::derive::claims::{self, Claim, Figure};
use crate::model::value::load::customs_kg;
use crate::text::{Bi, StaticBi};

/// The rule.
pub static RULE: Rule = Rule {
    name: "decl-vs-packing",
    group: Group::Goods,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: (
        "海关总署报关单填制规范（件数、毛重、净重）；单货一致",
        "GACC rules for filling in declarations (packages, gross and net weight)",
    ),
    title: ("报关件数重量和装箱单不同", "declared packages or weight are not the packing list's"),
    docs: Docs {
        checks: (
            "同一批货的报关单件数、毛重、净重等于装箱单。重量按报关单的写法比：四舍五入到整公斤，不足 1 公斤写 1；几份报关单分别取整的，每份容差 1 公斤。",
            "For one shipment packages, gross and net weight on the declarations are those of the packing lists. Weights are compared as declarations write them: whole kilograms, half up, at least 1; several declarations, each rounded for itself, may be 1 kg apart for each further one.",
        ),
        why: (
            "海关查验数件过磅；件数重量不符要改单，改不及就甩柜，还可能按申报不实处罚。",
            "Customs counts and weighs. A difference has to be amended, may cost the sailing, and may be fined as a false declaration.",
        ),
        fix: (
            "先看登记有没有抄错；装箱单错了重出，报关单错了请报关行在放行前改单。",
            "See first whether it was copied wrongly; a wrong packing list is issued again, a wrong declaration is amended through the broker before release.",
        ),
    },
    example: example!("decl-vs-packing"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let figures = [
        (Figure::Packages, ("件数", "packages"), ""),
        (Figure::Gross, ("毛重", "gross weight"), " KG"),
        (Figure::Net, ("净重", "net weight"), " KG"),
    ];
    for papers in customs::beside(case, |papers| !papers.packing.is_empty()) {
        for (figure, name, unit) in figures {
            let claims = claims::figure(&papers, figure);
            let of = |key: &str| claims.iter().find(|claim| claim.key == key);
            let Some((declared, packed)) = of("customs").zip(of("packing")) else { continue };
            // Where other papers side with the declaration the packing list is the odd one out: `docs-total-…` says so.
            let sided = claims.iter().any(|other| {
                !matches!(other.key, "customs" | "packing")
                    && agrees(declared, other, figure)
                    && !agrees(other, packed, figure)
            });
            if !sided && !agrees(declared, packed, figure) {
                say(case, declared, packed, figure, name, unit, out);
            }
        }
    }
}

fn agrees(declared: &Claim<'_>, packed: &Claim<'_>, figure: Figure) -> bool {
    if figure == Figure::Packages {
        return declared.value == packed.value;
    }
    let several = declared.said.len().max(packed.said.len()).saturating_sub(1);
    let apart = figures::apart(customs_kg(declared.value), customs_kg(packed.value));
    apart <= Decimal::from(several)
}

fn help() -> Bi {
    bi!(
        "先看登记有没有抄错；报关单真报错了，放行前请报关行改单；装箱单错了照过磅单、装柜清单重出",
        "see first whether it was copied wrongly; a wrong declaration is amended through the broker before release, a wrong packing list is issued again from the weighing slip and loading list"
    )
}

fn say(
    case: &Case<'_>,
    declared: &Claim<'_>,
    packed: &Claim<'_>,
    figure: Figure,
    (zh, en): StaticBi,
    unit: &str,
    out: &mut Sink<'_>,
) {
    let (left, right) = (declared.name(), packed.name());
    let weight = figure != Figure::Packages;
    let apart = if weight {
        figures::apart(customs_kg(declared.value), customs_kg(packed.value))
    } else {
        figures::apart(declared.value, packed.value)
    };
    let (is, ought, apart) =
        (figures::number(declared.value), figures::number(packed.value), figures::number(apart));
    let hint = if weight {
        figure::weight_hint(declared.value, customs_kg(packed.value))
    } else {
        figure::hint(declared.value, packed.value)
    };
    let finding = out.report(bi!(
        "{left} {zh} {is}{unit}，{right} {ought}{unit}，差 {apart}{unit}",
        "{left}: {en} {is}{unit}, {right} {ought}{unit}, {apart}{unit} apart"; left, right
    ));
    finding
        .at(case.order.origin.place(declared.path()), left)
        .at(case.order.origin.place(packed.path()), right)
        .values([is, ought])
        .help(figures::hinted(&hint, &help()));
    if declared.is_draft() || packed.is_draft() {
        finding.class(Class::Risk).severity(Severity::Warning);
    }
}
