//! `lc-soft-clause`: a clause puts payment into other hands.

use super::super::prelude::*;

use crate::check::finding::Place;
use crate::check::shared::arrival::{self, Matters};
use crate::derive::credit::clause::{self, Soft};
use crate::derive::credit::{Credit, Said};
use crate::model::document::Required;
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "lc-soft-clause",
    group: Group::Intake,
    class: Class::Risk,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("行业做法（软条款）；UCP 600 第 4 条、第 7 条", "practice; UCP 600 articles 4 and 7"),
    title: ("软条款", "a clause puts payment into other hands"),
    docs: Docs {
        checks: (
            "46A、47A 里没有这些写法：申请人签字、会签、出具或批准的单据；签字要和银行留底一致；等卖掉、到货、申请人给钱才付款；信用证另行通知才生效；正本提单直接寄申请人；提单收货人是申请人；船名、港口、装运要等申请人或改证通知。按字面找，请人看。",
            "46A and 47A hold none of these: a paper signed, countersigned, issued or approved by the applicant; signatures matched against a bank's records; payment after sale, arrival or the applicant's funds; a credit that becomes operative later; an original B/L sent straight to the applicant; a B/L consigned to the applicant; vessel, port or shipment still to be named by the applicant or an amendment. Found by their words, for a person to look at.",
        ),
        why: (
            "信用证是银行的付款承诺。有了软条款，收不收得到钱又看客户的脸色：他不签字、不通知，单据再好也没用。",
            "A credit is the bank's own promise. A soft clause gives it back to the buyer: without his signature or notice the best papers are worth nothing.",
        ),
        fix: (
            "装运前请客户改证删掉，或改成我们自己或独立检验机构出的证明。客户坚持的，先拿到他签好的单据、货权在手再发，并由老板批准。",
            "Have it deleted before shipment, or replaced by a certificate of ours or of an independent inspector. If the buyer insists, have the signed paper in hand and the title to the goods before they leave, and the boss's approval.",
        ),
    },
    example: example!("lc-soft-clause"),
    scope: Scope::Order(check),
};

/// A clause that was found: which item of which field, its words, and where it stands.
struct Found<'a> {
    item: Bi,
    text: &'a str,
    place: Place,
    label: Bi,
}

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for credit in arrival::credits(case) {
        for kind in [
            Soft::ApplicantSigns,
            Soft::BankRecords,
            Soft::PaysLater,
            Soft::NotOperative,
            Soft::DirectOriginals,
            Soft::Instructions,
        ] {
            // The same demand in 46A and again in 47A is one demand.
            let found = of_kind(case, credit, kind);
            if !found.is_empty() {
                say(case, credit, kind, &found, out);
            }
        }
        for (n, said) in credit.documents.iter().enumerate() {
            consigned(case, credit, n + 1, said, out);
        }
    }
}

fn of_kind<'a>(case: &Case<'_>, credit: &Credit<'a>, kind: Soft) -> Vec<Found<'a>> {
    let applicant = credit.applicant.map(|a| a.value);
    let mut all = Vec::new();
    for (n, said) in credit.documents.iter().enumerate() {
        // That the applicant issues it, as its key says, is for the rule about what can be had.
        let by_key = said.value.issuer.as_deref().is_some_and(|i| clause::is_applicant(i, applicant));
        let text = said.value.text.as_deref().filter(|_| !by_key);
        if let Some(text) = text.filter(|text| clause::soft(text, applicant) == Some(kind)) {
            let n = n + 1;
            all.push(Found {
                item: bi!("46A 第 {n} 项", "item {n} of 46A"),
                text,
                place: case.order.origin.place(&format!("{}.text", said.source.path())),
                label: arrival::label(credit, said.source, ("46A", "46A")),
            });
        }
    }
    for (n, said) in credit.conditions.iter().enumerate() {
        if clause::soft(said.value, applicant) == Some(kind) {
            let n = n + 1;
            all.push(Found {
                item: bi!("47A 第 {n} 条", "item {n} of 47A"),
                text: said.value,
                place: arrival::at(case, said),
                label: arrival::label(credit, said.source, ("47A", "47A")),
            });
        }
    }
    all
}

fn say(case: &Case<'_>, credit: &Credit<'_>, kind: Soft, found: &[Found<'_>], out: &mut Sink<'_>) {
    let Some(first) = found.first() else { return };
    let called = arrival::called(credit);
    let join =
        |pick: fn(&Bi) -> &str, by: &str| found.iter().map(|f| pick(&f.item)).collect::<Vec<_>>().join(by);
    let items = Bi { zh: join(|b| &b.zh, "、"), en: join(|b| &b.en, " and ") };
    let (what, text) = (Bi::from(kind.title()), first.text);
    let finding = out.report(bi!(
        "{called} {items}：{what}（{text}）",
        "{items} of {called}: {what} ({text})"; called, items, what
    ));
    finding.judgement();
    for one in found {
        finding.at(one.place.clone(), one.label.clone());
    }
    let demand = match kind {
        Soft::ApplicantSigns => bi!(
            "删掉，或改成我们或独立检验机构出具；改不了，装运前先拿到客户签好的那张",
            "delete it, or let the beneficiary or an independent inspector issue it; failing that, have the buyer's signed paper in hand before shipment"
        ),
        Soft::BankRecords => bi!("删掉签字核对的要求", "delete the matching of signatures"),
        Soft::PaysLater => bi!("付款只以相符单据为条件", "payment against complying documents alone"),
        Soft::NotOperative => bi!(
            "删掉生效条件；生效通知没到之前不投产、不装运",
            "delete the condition; neither produce nor ship before the notice that it is operative"
        ),
        Soft::DirectOriginals => bi!(
            "全套正本都交银行；改不了，这批货当赊账看，要老板批准",
            "the full set of originals to the bank; failing that, treat the goods as sold on open account, with the boss's approval"
        ),
        Soft::Instructions => bi!(
            "写明船、港口和装运期，或删掉要等通知的话；通知没到不装",
            "name vessel, port and time of shipment, or delete what waits for a notice; do not load before it comes"
        ),
    };
    finding.help(arrival::amend(&demand)).values(found.iter().map(|f| f.text));
    arrival::close(case, credit, finding, Matters::UntilPresented);
}

/// A bill of lading that makes the applicant consignee gives the goods away without payment.
fn consigned(case: &Case<'_>, credit: &Credit<'_>, n: usize, said: &Said<&Required>, out: &mut Sink<'_>) {
    let applicant = credit.applicant.map(|a| a.value);
    let consignee = said.value.consignee.as_deref().filter(|_| said.value.kind.as_deref() == Some("bl"));
    let Some(consignee) = consignee else { return };
    let folded = crate::model::value::fold::fold(consignee);
    let order_of = folded.strip_prefix("TO ORDER OF ").or(folded.strip_prefix("TO THE ORDER OF "));
    if !clause::is_applicant(order_of.unwrap_or(&folded), applicant) {
        return;
    }
    let called = arrival::called(credit);
    let finding = out.report(bi!(
        "{called} 46A 第 {n} 项：提单收货人是申请人（{consignee}），银行和我们都管不住货",
        "item {n} of 46A of {called}: the B/L is consigned to the applicant ({consignee}), so neither bank nor we control the goods"; called
    ));
    finding
        .judgement()
        .at(
            case.order.origin.place(&format!("{}.consignee", said.source.path())),
            arrival::label(credit, said.source, ("46A 提单收货人", "46A consignee of the B/L")),
        )
        .help(arrival::amend(&bi!(
            "收货人改成 TO ORDER（空白背书）或 TO ORDER OF ISSUING BANK",
            "consignee to read TO ORDER (blank endorsed) or TO ORDER OF ISSUING BANK"
        )))
        .values([consignee]);
    arrival::close(case, credit, finding, Matters::UntilPresented);
}
