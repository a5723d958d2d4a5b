//! `lc-docs-obtainable`: 46A asks for a paper that we cannot get, or that nobody can place.

use super::super::prelude::*;

use crate::check::shared::arrival::{self, Matters};
use crate::check::shared::papers;
use crate::derive::credit::{Credit, Said, clause};
use crate::model::document::{PaperKind, Required};
use crate::model::value::Mode;

/// The rule.
pub static RULE: Rule = Rule {
    name: "lc-docs-obtainable",
    group: Group::Intake,
    class: Class::Risk,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 14 条 f 款", "UCP 600 article 14 f"),
    title: ("信用证要的单据拿不到", "46A asks for a paper we cannot get"),
    docs: Docs {
        checks: (
            "46A 的每份单据都是我们能出、能办的：不由申请人出具（issuer），运输单据和运输方式对得上（海运不要空运单，空运不要提单）。没写种类、或种类不认识的，列出来请人看。",
            "Every paper of 46A can be made or obtained by us: not issued by the applicant (issuer), and a transport document of the order's mode (no air waybill by sea, no bill of lading by air). A paper without a kind, or of an unknown one, is listed for a person to look at.",
        ),
        why: (
            "少一份单据就是不符点。由客户出的单据，等于付不付款由客户说了算。",
            "One paper missing is a discrepancy, and a paper that the buyer issues leaves payment to the buyer's pleasure.",
        ),
        fix: (
            "审证时就定好每份单据谁出、要几天。拿不到的请客户改证删掉，或改成我们、商检机构能出的。",
            "Settle on arrival who issues each paper and how long it takes. What cannot be had is to be deleted by an amendment, or issued by us or an inspection body instead.",
        ),
    },
    example: example!("lc-docs-obtainable"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for credit in arrival::credits(case) {
        for (n, said) in credit.documents.iter().enumerate() {
            if let Some(issuer) = by_applicant(credit, said.value) {
                issued_by_applicant(case, credit, (n + 1, said), issuer, out);
            } else if let Some(mode) = other_mode(case, said.value) {
                other_carriage(case, credit, (n + 1, said), mode, out);
            } else if !is_known(said.value) {
                unknown(case, credit, (n + 1, said), out);
            }
        }
    }
}

/// The applicant, where 46A names it as issuer.
fn by_applicant<'a>(credit: &Credit<'_>, required: &'a Required) -> Option<&'a str> {
    let applicant = credit.applicant.map(|a| a.value);
    required.issuer.as_deref().filter(|issuer| clause::is_applicant(issuer, applicant))
}

/// The order's mode, where the transport document asked for belongs to another.
fn other_mode(case: &Case<'_>, required: &Required) -> Option<Mode> {
    let mode = case.order.mode?;
    let other = match required.kind.as_deref()? {
        "bl" => matches!(mode, Mode::Air | Mode::Rail | Mode::Road | Mode::Courier),
        "awb" => mode.is_sea() || matches!(mode, Mode::Rail | Mode::Road | Mode::Courier),
        _ => false,
    };
    let shipped_so = case.order.shipments.iter().any(|s| s.mode.is_some_and(|own| own != mode));
    (other && !shipped_so).then_some(mode)
}

fn is_known(required: &Required) -> bool {
    required.kind.as_deref().is_some_and(|kind| {
        papers::title(kind) != papers::title("") || PaperKind::ALL.iter().any(|k| k.code() == kind)
    })
}

/// `46A 第 5 项`, and where it stands.
type Item<'s, 'a> = (usize, &'s Said<&'a Required>);

fn issued_by_applicant(
    case: &Case<'_>,
    credit: &Credit<'_>,
    (n, said): Item<'_, '_>,
    issuer: &str,
    out: &mut Sink<'_>,
) {
    let called = arrival::called(credit);
    let what = name(said.value);
    let finding = out.report(bi!(
        "{called} 46A 第 {n} 项（{what}）由申请人出：{issuer}",
        "item {n} of 46A of {called} ({what}) is to be issued by the applicant: {issuer}"; called, what
    ));
    finding
        .at(
            case.order.origin.place(&format!("{}.issuer", said.source.path())),
            arrival::label(credit, said.source, ("46A 出具人", "46A issuer")),
        )
        .help(arrival::amend(&bi!(
            "删掉第 {n} 项，或改成由我们、检验机构出具",
            "delete item {n}, or have it issued by the beneficiary or an inspection body"
        )))
        .values([issuer]);
    arrival::close(case, credit, finding, Matters::UntilPresented);
}

fn other_carriage(
    case: &Case<'_>,
    credit: &Credit<'_>,
    (n, said): Item<'_, '_>,
    mode: Mode,
    out: &mut Sink<'_>,
) {
    let called = arrival::called(credit);
    let (what, (zh, en)) = (name(said.value), mode.name());
    let by = bi!("{zh}", "{en}");
    let finding = out.report(bi!(
        "{called} 46A 第 {n} 项要{what}，订单走{by}，出不了",
        "item {n} of 46A of {called} asks for the {what}; the order goes by {by}, which has none"; called, what, by
    ));
    finding
        .at(arrival::at(case, said), arrival::label(credit, said.source, ("46A 单据", "46A document")))
        .at(crate::check::shared::terms::filled(case, "mode"), bi!("运输方式", "mode of transport"))
        .help(arrival::amend(&bi!(
            "第 {n} 项改成这种运输方式的单据；或者改走信用证写的运输方式",
            "item {n} to be the transport document of this mode; or ship by the mode the credit means"
        )))
        .values([said.value.kind.as_deref().unwrap_or_default(), mode.code()]);
    arrival::close(case, credit, finding, Matters::UntilPresented);
}

fn unknown(case: &Case<'_>, credit: &Credit<'_>, (n, said): Item<'_, '_>, out: &mut Sink<'_>) {
    let called = arrival::called(credit);
    let text = said.value.text.as_deref().or(said.value.kind.as_deref()).unwrap_or_default();
    let finding = out.report(bi!(
        "{called} 46A 第 {n} 项认不出是什么单据，请人看：{text}",
        "item {n} of 46A of {called} is a paper of no known kind, to be looked at: {text}"; called
    ));
    finding
        .severity(Severity::Warning)
        .judgement()
        .at(arrival::at(case, said), arrival::label(credit, said.source, ("46A 单据", "46A document")))
        .help(bi!(
            "看原文：能归到 invoice、packing、bl、insurance、origin、certificate、draft 的写上 kind；谁出、要几天先问清楚，拿不到的请客户改证",
            "read it and write its kind (invoice, packing, bl, insurance, origin, certificate, draft); find out who issues it and how long that takes, and have it amended away if it cannot be had"
        ))
        .values([text]);
    arrival::close(case, credit, finding, Matters::UntilPresented);
}

/// What the paper is called.
fn name(required: &Required) -> crate::text::Bi {
    papers::title(required.kind.as_deref().unwrap_or_default()).into()
}
