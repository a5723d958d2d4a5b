//! `gate-document-control`: the papers that give the goods were let go too early.

use crate::derive::ahead;
use crate::derive::money::Line;
use crate::derive::release::{self, Handed, How, Wait};
use crate::model::document::Collection;
use crate::model::value::Method;
use crate::model::value::money::group;
use crate::text::Bi;

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "gate-document-control",
    group: Group::Gate,
    class: Class::Risk,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: (
        "合同的付款条件；托收见 URC 522 第 7 条",
        "payment terms of the contract; for collections URC 522 art. 7",
    ),
    title: ("货权单据放早了", "documents of title released too early"),
    docs: Docs {
        checks: (
            "正本提单交给客户或交回承运人、电放、代收行放单，之前该有的要有：见提单副本的，余款到账；D/P，已付款；D/A，已承兑；信用证，先交单到银行；赊销，有额度批准（[[approvals]] 的 credit，或客户的 credit_limit）。看 [[presentation]] 和托收的 `documents_released`。登记了 release-unpaid 批准的不查；信用证本来就要客户留一份正本的不查。",
            "Before original bills of lading go to the buyer or back to the carrier, before a telex release and before the collecting bank hands them over: payment against copies needs the balance, D/P the payment, D/A the acceptance, a credit the presentation to the bank, open account an approval (credit under [[approvals]], or the customer's credit_limit). Looks at [[presentation]] and `documents_released` of the collection. Silent with an approval release-unpaid, and where the credit itself leaves an original to the buyer.",
        ),
        why: (
            "提单就是货。单一放，货就是客户的，钱只能靠他自觉。",
            "The bill of lading is the goods. Once it is gone the goods are the buyer's, and the money depends on his good will.",
        ),
        fix: (
            "先看日期有没有抄错：寄单日看快递单，到账日看水单。真放早了，马上问快递或银行能不能截回；老板同意先放的，登记 [[approvals]]。",
            "First see whether a date was copied wrongly: the courier receipt has the day of dispatch, the bank advice that of the money. If they really left early, ask the courier or bank at once to stop them; if the boss agreed, record [[approvals]].",
        ),
    },
    example: example!("gate-document-control"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    if case.facts.is_cancelled() || case.is_register_entry() {
        return;
    }
    for handed in release::handed(case.order, case.as_of()) {
        let waits = release::early(case.book(), case.order, case.facts, &handed, case.as_of());
        // One release, one finding: what comes first is what was skipped first.
        if let Some(wait) = waits.first() {
            report(case, &handed, *wait, out);
        }
    }
}

fn report(case: &Case<'_>, handed: &Handed<'_>, wait: Wait, out: &mut Sink<'_>) {
    let (what, day) = (what(case, handed), handed.date);
    let (why, second) = reason(case, handed, wait);
    let finding = out.report(bi!("{day} {what}，{why}", "{what} on {day}, but {why}"; what, why));
    finding.at(case.order.origin.place(&handed.path), bi!("放出 {day}", "let go {day}")).values([day]);
    if let Some((path, label)) = second {
        finding.at(case.order.origin.place(&path), label);
    }
    finding.help(help(wait));
}

fn what(case: &Case<'_>, handed: &Handed<'_>) -> Bi {
    match handed.how {
        How::Telex => bi!("已电放", "telex release given"),
        How::Collection => bi!("代收行放单给客户", "collecting bank released the documents"),
        How::Originals => {
            let presentation = case.order.docs.presentation.get(handed.index);
            match presentation.and_then(|p| p.to.as_deref()) {
                Some("carrier") => bi!("正本提单交回承运人", "original B/L surrendered to the carrier"),
                _ => bi!("正本提单已给客户", "original B/L handed to the buyer"),
            }
        }
    }
}

/// What had not happened, and the place that says when it did, or that it should have.
fn reason(case: &Case<'_>, handed: &Handed<'_>, wait: Wait) -> (Bi, Option<(String, Bi)>) {
    let terms = || Some(("payment".to_owned(), bi!("付款方式", "payment terms")));
    match wait {
        Wait::Money(open) => {
            let code = case.facts.goods.currency.map_or("", |c| c.code());
            let open = format!("{code} {}", group(open, case.facts.goods.minor()));
            let open = open.trim();
            let own = |line: &Line| handed.shipment.is_none() || line.shipment.as_deref() == handed.shipment;
            let copies = |line: &Line| line.method == Method::CopyBl && own(line);
            match ahead::settled_by(case.order, &case.facts.money, copies) {
                Some((paid, source)) => (
                    bi!("当时还差 {open}，{paid} 才收齐", "{open} was still open and came on {paid}"),
                    Some((source.path("date"), bi!("收齐 {paid}", "paid {paid}"))),
                ),
                None => (bi!("还差 {open} 没收到", "{open} is still open"), terms()),
            }
        }
        Wait::Payment => match collection(case, handed, |c| c.paid) {
            Some((i, paid)) => (
                bi!("{paid} 才付款（D/P 要先付款）", "the payment (D/P) came on {paid}"),
                Some((format!("collection[{i}].paid"), bi!("付款 {paid}", "paid {paid}"))),
            ),
            None => (bi!("D/P 还没付款", "the collection (D/P) is not paid"), terms()),
        },
        Wait::Acceptance => match collection(case, handed, |c| c.accepted) {
            Some((i, day)) => (
                bi!("{day} 才承兑（D/A 要先承兑）", "the acceptance (D/A) came on {day}"),
                Some((format!("collection[{i}].accepted"), bi!("承兑 {day}", "accepted {day}"))),
            ),
            None => (bi!("D/A 还没承兑", "the collection (D/A) is not accepted"), terms()),
        },
        Wait::Bank => {
            (bi!("还没向银行交单（信用证）", "nothing had been presented to the bank (L/C)"), terms())
        }
        Wait::Approval => (bi!("赊销额度没有批准（O/A）", "open credit (O/A) is not approved"), terms()),
    }
}

/// What a collection of the papers says: the one that let them go, or one of their shipment.
fn collection<T>(
    case: &Case<'_>,
    handed: &Handed<'_>,
    get: impl Fn(&Collection) -> Option<T>,
) -> Option<(usize, T)> {
    let mine = |(i, c): &(usize, &Collection)| match handed.how {
        How::Collection => *i == handed.index,
        _ => {
            handed.shipment.is_none()
                || c.paper.shipment.as_deref().is_none_or(|s| Some(s) == handed.shipment)
        }
    };
    let all = case.order.docs.collection.iter().enumerate();
    all.filter(|(_, c)| c.paper.is_current()).filter(mine).find_map(|(i, c)| Some((i, get(c)?)))
}

fn help(wait: Wait) -> Bi {
    match wait {
        Wait::Money(_) => bi!(
            "先看寄单日和到账日有没有抄错（快递单、水单）。没抄错又没收到钱：马上让快递或承运人截住。老板同意先放的，登记 [[approvals]]，kind = \"release-unpaid\"",
            "first see whether the day of dispatch or of the receipt was copied wrongly (courier receipt, bank advice). If both are right and the money is not in: have the courier or carrier stop it at once. If the boss agreed, record [[approvals]] with kind = \"release-unpaid\""
        ),
        Wait::Payment | Wait::Acceptance => bi!(
            "先看代收行的通知，日期抄错的改登记。真放早了：书面要求代收行说明并负责（URC 522），同时找客户付款或承兑；我们自己同意先放的，登记 [[approvals]]，kind = \"release-unpaid\"",
            "first compare the collecting bank's advice and correct what was copied wrongly. If it released early, hold the bank to its instructions in writing (URC 522) and have the buyer pay or accept; if we agreed, record [[approvals]] with kind = \"release-unpaid\""
        ),
        Wait::Bank => bi!(
            "交过单没登记的，在 [[presentation]] 补一条 to = \"bank\"。真先放了：马上让承运人停止放货，把正本要回来交银行，缺正本银行会拒付",
            "if the papers did go to the bank, add that [[presentation]] with to = \"bank\". If they really were let go, have the carrier hold the goods and get the originals back for the bank at once: it refuses a set that is not full"
        ),
        Wait::Approval => bi!(
            "批过没登记的，登记 [[approvals]]，kind = \"credit\"，写批准人和额度；没批过，今天补批或买信保",
            "if it was approved, record [[approvals]] with kind = \"credit\", who approved and how much; if not, have it approved or insured today"
        ),
    }
}
