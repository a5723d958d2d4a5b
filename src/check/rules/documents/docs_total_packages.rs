//! `docs-total-packages`: papers disagree on the packages.

use super::super::prelude::*;

use crate::check::shared::conflicts::{self, Group as Papers};
use crate::check::shared::totals::{self, Total};
use crate::compare::{Outcome, package};
use crate::derive::claims::Figure;
use crate::derive::papers::Paper;
use crate::model::value::Package;

/// The rule.
pub static RULE: Rule = Rule {
    name: "docs-total-packages",
    group: Group::Documents,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: (
        "UCP 600 第 14 条 d 款；ISBP 745 M6（信用证项下）",
        "UCP 600 art. 14(d); ISBP 745 M6, under a credit",
    ),
    title: ("单据之间件数不一致", "papers disagree on the packages"),
    docs: Docs {
        checks: (
            "同一批的发票、装箱单、提单、产地证、保险单、证明、报关单，凡印了件数的，都要一样。件数相同、包装种类互相矛盾（箱、托盘）是警告；一份数箱、一份数托盘的，要人看。PACKAGES 和任何种类都不矛盾。两份对一份，少的那份先看；一份对一份，以发票、装箱单为准。报关单和装箱单不同的，由 decl-vs-packing 说。",
            "The number of packages is the same on every paper of a shipment that prints it. The same number of contradicting kinds (cartons, pallets) is a warning; where one paper counts cartons and another pallets a person must look. PACKAGES contradicts no kind. Two against one, the one is looked at first; one against one, the invoice or the packing list counts. A declaration that differs from the packing list is the business of decl-vs-packing.",
        ),
        why: (
            "提单少一件，目的港就少提一件，差的那件说不清在谁手里；银行按不符点拒付。",
            "A bill of lading one package short hands out one package less, and nobody knows who has it; a bank refuses it.",
        ),
        fix: (
            "先看原件，抄错就改登记。真印错的，开船前找船公司改单；保险单、产地证换单。",
            "Look at the originals and correct the record if it was copied wrongly. If it is printed wrongly, have the carrier correct it before departure; insurance and certificates are replaced.",
        ),
    },
    example: example!("docs-total-packages"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    totals::check(
        case,
        &Total { figure: Figure::Packages, name: ("件数", "packages are"), unit: "", customs_apart: true },
        out,
    );
    for group in conflicts::groups(case) {
        kinds(case, &group, out);
    }
}

/// The same number of packages, called by kinds that exclude each other.
fn kinds(case: &Case<'_>, group: &Papers<'_, '_>, out: &mut Sink<'_>) {
    let all: Vec<(Paper<'_>, &str)> =
        group.papers.each().filter_map(|p| Some((p, p.printed.package_kind.as_deref()?))).collect();
    let anchor = all.iter().min_by_key(|(p, _)| match p.key {
        "packing" => 0,
        "invoice" => 1,
        _ => 2,
    });
    let Some((first, kind)) = anchor else { return };
    for (paper, other) in &all {
        // Cartons against pallets are two ways to count; `totals` has the numbers.
        if paper.printed.packages != first.printed.packages
            || package::compare(kind, other) != Outcome::Different
            || !group.blames(paper)
        {
            continue;
        }
        let (name, whose) = (conflicts::name(case, paper), conflicts::name(case, first));
        let (is, ought) = (word(other), word(kind));
        let cure = conflicts::cure(case, paper);
        let who = conflicts::subject(&name);
        let finding = out.report(bi!(
            "{who}包装是 {is}，{whose}是 {ought}",
            "{who} says {is}, {whose} says {ought}";
            who, whose, is, ought
        ));
        finding
            .severity(Severity::Warning)
            .at(case.order.origin.place(&paper.path("package_kind")), name)
            .at(case.order.origin.place(&first.path("package_kind")), whose)
            .values([*other, *kind])
            .help(cure);
        conflicts::weigh(case, finding, group, paper, first.printed.is_draft());
    }
}

fn word(kind: &str) -> crate::text::Bi {
    match Package::parse(kind) {
        Some(package) => package.name().into(),
        None => crate::text::Bi::same(kind),
    }
}
