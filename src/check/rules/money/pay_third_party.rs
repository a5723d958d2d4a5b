//! `pay-third-party`: somebody else than the buyer paid.

use super::super::prelude::*;

use crate::check::shared::banks;
use crate::check::shared::figures::money;
use crate::compare::{Outcome, name};
use crate::model::document::{Paper, PaperKind};
use crate::model::money::Receipt;
use crate::model::order::Control;
use crate::model::value::Method;
use crate::model::value::fold::fold;
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "pay-third-party",
    group: Group::Money,
    class: Class::Risk,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.3.0",
    source: ("公司规定（收汇和反洗钱）", "house rule (receipt of foreign exchange, money laundering)"),
    title: ("付款人不是客户", "paid by a third party"),
    docs: Docs {
        checks: (
            "写了付款人的收款：付款人是客户（英文名、中文名、简称、关联公司 affiliates），或合同买方、信用证申请人、订单的进口商。大小写、标点、公司类型的缩写不算不同，地址跟在后面也行；公司类型不同（GmbH 和 AG）算两家。信用证和托收项下由银行付款的不报。答复：[[papers]] kind = \"authorisation\"，from 或 note 写付款人，或 number 写银行流水号；没写 from 的，整单有效（有品牌授权要求的订单除外，那里 authorisation 是品牌授权书）。",
            "A receipt whose payer is written was paid by the customer (name, name_zh, short, affiliates), or by the buyer of the contract, the applicant of the credit or the importer of the order. Case, punctuation and the way a form of company is abbreviated make no difference, nor does an address behind the name; two forms (GmbH and AG) are two firms. A bank that pays under a credit or a collection is not meant. The answer is [[papers]] with kind = \"authorisation\" that names the payer under from or note, or the bank reference as its number; one without from stands for the order, except where the goods need the brand owner's authorisation, which is of the same kind.",
        ),
        why: (
            "收汇要和出口合同对得上，付款人不是买方，银行和税务会问，反洗钱也会查；钱被原路追回时，货已经走了。",
            "Money for an export has to match its contract: bank and tax office ask when somebody else paid, and so does whoever looks for laundered money. If it is called back, the goods are gone.",
        ),
        fix: (
            "先看水单的付款人：抄成了汇款行或简写的改正。关联公司代付的，核实后写进客户文件的 affiliates。别家代付的，请客户出代付声明或三方协议，登记 [[papers]]，再问收款银行要什么材料。",
            "First see the payer on the bank advice: the remitting bank may have been copied, or the name shortened. A company of the customer's group: verify and add it to affiliates of the customer. Anybody else: get the customer's declaration or an agreement of the three, record it under [[papers]], and ask the receiving bank what it wants.",
        ),
    },
    example: example!("pay-third-party"),
    scope: Scope::Order(check),
};

/// So many strangers are told apart; who has more has another problem.
const MOST: usize = 20;

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let known = |r: &&Receipt| r.date.is_none_or(|day| day <= case.as_of());
    let paid = case.order.received.iter().enumerate().filter(|(_, r)| known(r));
    let mut strangers: Vec<(&str, Outcome, Vec<usize>)> = Vec::new();
    let mut buyers = None;
    for (index, receipt) in paid {
        if strangers.len() >= MOST {
            break;
        }
        let Some(payer) = receipt.payer.as_deref().map(str::trim).filter(|p| !p.is_empty()) else { continue };
        if let Some((_, _, seen)) =
            strangers.iter_mut().find(|(other, ..)| name::compare(other, payer).agrees())
        {
            seen.push(index);
            continue;
        }
        let buyers = buyers.get_or_insert_with(|| buyers_of(case));
        let Some(outcome) = buyers.iter().map(|buyer| name::firm_block(payer, buyer)).min() else { return };
        if !outcome.agrees() && !paid_by_bank(case, receipt, payer) {
            strangers.push((payer, outcome, vec![index]));
        }
    }
    for (payer, outcome, mut receipts) in strangers {
        receipts.retain(|i| case.order.received.get(*i).is_some_and(|r| !is_explained(case, r, payer)));
        if !receipts.is_empty() {
            say(case, payer, outcome, &receipts, out);
        }
    }
}

/// Whoever may pay for the order, as far as the records name them; nobody where the customer is not on record.
fn buyers_of<'a>(case: &Case<'a>) -> Vec<&'a str> {
    let Some(customer) = case.book().customer(case.order) else { return Vec::new() };
    let docs = &case.order.docs;
    let own = [&customer.file.name, &customer.file.name_zh, &customer.file.short];
    let contracts = docs.contract.iter().chain(&docs.proforma).filter(|c| c.paper.is_current());
    let credits = docs.lc.iter().filter(|lc| lc.paper.is_current());
    let importer = case.order.import.as_deref().and_then(|import| import.importer.as_deref());
    own.into_iter()
        .chain(contracts.map(|c| &c.buyer))
        .chain(credits.map(|lc| &lc.applicant))
        .filter_map(|name| name.as_deref())
        .chain(customer.file.affiliates.iter().map(String::as_str))
        .chain(importer)
        .filter(|name| !name.trim().is_empty())
        .collect()
}

/// A credit or a collection is paid by a bank.
fn paid_by_bank(case: &Case<'_>, receipt: &Receipt, payer: &str) -> bool {
    let through = |method: Method| matches!(method, Method::Lc | Method::Dp | Method::Da);
    let money = &case.facts.money;
    let Some(terms) = money.terms.as_ref() else { return false };
    let named = receipt.r#for.as_deref().and_then(|name| money.named(name));
    let by_bank = match named.and_then(|at| terms.instalments.get(at)) {
        Some(part) => through(part.method),
        None => terms.instalments.iter().any(|part| through(part.method)),
    };
    by_bank
        && (banks::is_bank(payer)
            || banks::named(case.order).any(|bank| name::firm_block(payer, bank).agrees()))
}

/// A paper on record says why this payer paid.
fn is_explained(case: &Case<'_>, receipt: &Receipt, payer: &str) -> bool {
    let branded = case.order.items.iter().any(|item| item.controls.contains(&Control::Brand));
    let known = |p: &&Paper| p.date.is_none_or(|day| day <= case.as_of());
    let papers = case.order.docs.papers.iter().filter(|p| p.kind == Some(PaperKind::Authorisation));
    papers.filter(known).any(|paper| {
        let by_number = paper.number.is_some() && paper.number == receipt.r#ref;
        let names = |text: &str| fold(text).contains(&fold(payer)) || name::firm_block(text, payer).agrees();
        let named = [&paper.from, &paper.note].into_iter().flatten().any(|text| names(text));
        let whole = !branded && paper.from.as_deref().is_none_or(|from| from.trim().is_empty());
        let here =
            paper.shipment.is_none() || receipt.shipment.is_none() || paper.shipment == receipt.shipment;
        here && (by_number || named || whole)
    })
}

fn say(case: &Case<'_>, payer: &str, outcome: Outcome, receipts: &[usize], out: &mut Sink<'_>) {
    let list: Vec<(usize, &Receipt)> =
        receipts.iter().filter_map(|i| Some((*i, case.order.received.get(*i)?))).collect();
    let sums: Vec<String> = list
        .iter()
        .map(|(_, r)| {
            let amount = r.amount.map(|a| money(a.value, a.currency.or(case.facts.goods.currency)));
            let day = r.date.map(|day| day.to_string());
            [day, amount].into_iter().flatten().collect::<Vec<_>>().join(" ")
        })
        .collect();
    let customer = case.book().customer(case.order);
    let buyer =
        customer.and_then(|c| c.file.name.as_deref().or(c.file.name_zh.as_deref())).unwrap_or_default();
    let (zh, en) = match sums.as_slice() {
        [one] => (one.clone(), one.clone()),
        [first, rest @ ..] => {
            (format!("{first} 等 {} 笔", sums.len()), format!("{first} and {} more", rest.len()))
        }
        [] => Default::default(),
    };
    let title = if outcome == Outcome::Typo {
        Bi {
            zh: format!("付款人写的是“{payer}”，客户是“{buyer}”，差一两个字母（{zh}）"),
            en: format!(
                "the payer is written `{payer}`, the customer is `{buyer}`: a letter or two apart ({en})"
            ),
        }
    } else if banks::is_bank(payer) {
        Bi {
            zh: format!("付款人写的是银行“{payer}”，不是客户“{buyer}”（{zh}）"),
            en: format!("a bank, `{payer}`, is written as the payer, not the customer `{buyer}` ({en})"),
        }
    } else {
        Bi {
            zh: format!("付款人“{payer}”不是客户“{buyer}”（{zh}）"),
            en: format!("paid by `{payer}`, not by the customer `{buyer}` ({en})"),
        }
    };
    let finding = out.report(title);
    for (index, _) in &list {
        finding.at(case.order.origin.place(&format!("received[{index}].payer")), bi!("付款人", "payer"));
    }
    if let Some(party) = customer {
        finding.at(party.origin.place("name"), bi!("客户", "customer"));
    }
    if let Some(path) = notified(case, payer) {
        finding
            .at(case.order.origin.place(&path), bi!("单据上的通知人是它", "the notify party of the paper"));
    }
    finding.values([payer, buyer]);
    finding.help(if outcome == Outcome::Typo {
        bi!(
            "看水单：抄错就改 payer；水单上就是这样写的，问客户是不是同一家公司",
            "see the bank advice and correct `payer` if it was copied wrongly; if the advice has it so, ask the customer whether it is the same company"
        )
    } else if banks::is_bank(payer) {
        bi!(
            "水单上汇款行和付款人是两栏：payer 写付款人（50 栏）。付款人真不是客户的，请客户出代付声明，登记 [[papers]] kind = \"authorisation\"、from = 付款人",
            "the advice shows the remitting bank and the payer apart: `payer` is the ordering customer (field 50). If that is not the customer either, get his declaration and record it as [[papers]] with kind = \"authorisation\" and `from` the payer"
        )
    } else {
        bi!(
            "先看水单的付款人有没有抄错。客户的关联公司，核实后写进客户文件的 affiliates；别家代付的，请客户出代付声明或三方协议，登记 [[papers]] kind = \"authorisation\"、from = \"{payer}\"，并问收款银行要什么材料",
            "first see whether the payer was copied rightly from the advice. A company of his group: verify it and add it to affiliates of the customer. Anybody else: get the customer's declaration or an agreement of the three, record it as [[papers]] with kind = \"authorisation\" and from = \"{payer}\", and ask the receiving bank what it wants"
        )
    });
    if outcome == Outcome::Typo {
        finding.judgement();
    }
}

/// Where a transport document names the payer as notify party.
fn notified(case: &Case<'_>, payer: &str) -> Option<String> {
    let docs = &case.order.docs;
    let bills = docs.bl.iter().enumerate().map(|(i, d)| (format!("bl[{i}].notify"), &d.notify));
    let airs = docs.awb.iter().enumerate().map(|(i, d)| (format!("awb[{i}].notify"), &d.notify));
    bills
        .chain(airs)
        .find(|(_, lines)| lines.iter().any(|line| name::firm_block(line, payer).agrees()))
        .map(|(path, _)| path)
}
