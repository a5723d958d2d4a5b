//! `term-in-set`: trade term not in Incoterms.

use super::super::prelude::*;

use crate::check::finding::Place;
use crate::check::shared::terms;
use crate::load::fields::TermText;
use crate::model::value::{Incoterm, fold};
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "term-in-set",
    group: Group::Term,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("Incoterms 2020 引言", "Incoterms 2020, introduction"),
    title: ("贸易术语不在 Incoterms 里", "trade term not in Incoterms"),
    docs: Docs {
        checks: (
            "订单、合同、形式发票、发票、信用证里的贸易术语是该版 Incoterms 的一个术语；没写年份按 2020 版。C&F、CNF 不是术语，应写 CFR。同一个写法只报一次。",
            "The trade term of the order, contract, proforma, invoice and credit is a rule of its edition of Incoterms, 2020 where no year is written. C&F and CNF are no rules; CFR is. One spelling is reported once.",
        ),
        why: (
            "不在 Incoterms 里的术语没有公认的含义：风险、费用在哪里转移，打官司时各说各话。",
            "A term outside Incoterms has no agreed meaning: where risk and cost pass is anybody's guess in a dispute.",
        ),
        fix: (
            "先看合同怎么写：只是登记时写错就改登记；合同本身写的是旧术语，请客户书面确认对应的 2020 版术语，或写明合同用的版本。单据上印错的，改单重出；信用证里的，下次改证时一并改。",
            "Look at the contract first: if only the record is wrong, correct it. If the contract itself uses an old term, have the buyer confirm the 2020 rule in writing, or write the edition it means. Papers with it are issued again; a credit is amended with the next amendment.",
        ),
    },
    example: example!("term-in-set"),
    scope: Scope::Order(check),
};

/// A text that is no term, with every place that has it.
struct Odd {
    folded: String,
    text: String,
    own: bool,
    firm: bool,
    credit: bool,
    spots: Vec<(Place, Bi)>,
}

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let mut all: Vec<Odd> = Vec::new();
    let mut add = |term: &TermText, place: Place, name: Bi, own: bool, firm: bool, credit: bool| {
        if term.term.as_ref().is_some_and(|t| t.alias.is_none()) {
            return;
        }
        let folded = fold::fold(&term.text);
        match all.iter_mut().find(|odd| odd.folded == folded) {
            Some(odd) => {
                odd.spots.push((place, name));
                odd.firm |= firm;
            }
            None => all.push(Odd {
                folded,
                text: term.text.clone(),
                own,
                firm,
                credit,
                spots: vec![(place, name)],
            }),
        }
    };
    if let Some(term) = &case.order.incoterm {
        add(term, terms::place(case), bi!("订单", "order"), true, true, false);
    }
    for p in terms::printed(case) {
        let place = case.order.origin.place(&p.path);
        let firm = !p.paper.is_draft();
        add(p.term, place, p.name, false, firm, false);
    }
    for (i, lc) in case.order.docs.lc.iter().enumerate().filter(|(_, lc)| lc.paper.is_current()) {
        if let Some(term) = &lc.term {
            let place = case.order.origin.place(&format!("lc[{i}].term"));
            add(term, place, bi!("信用证", "letter of credit"), false, true, true);
        }
    }
    for odd in all {
        say(odd, out);
    }
}

fn say(odd: Odd, out: &mut Sink<'_>) {
    let alias = Incoterm::parse(&odd.text).ok();
    let (title, help) = match &alias {
        Some(term) => aliased(&odd, term),
        None => strange(&odd),
    };
    let finding = out.report(title);
    for (place, name) in odd.spots {
        finding.at(place, name);
    }
    finding.help(help).values([&odd.text]);
    if odd.credit {
        // The credit is the bank's text: it is to be amended, our record of it is right.
        finding.class(Class::Risk).severity(Severity::Warning);
    } else if !odd.own {
        finding.class(if odd.firm { Class::Document } else { Class::Risk });
        if alias.is_some() || !odd.firm {
            // A reader understands CFR; the paper deserves better, the money is not at stake.
            finding.severity(Severity::Warning);
        }
    }
}

fn aliased(odd: &Odd, term: &Incoterm) -> (Bi, Bi) {
    let (text, alias) = (&odd.text, term.alias.unwrap_or_default());
    let right = term.to_string();
    (
        bi!(
            "“{text}”：{alias} 不是 Incoterms 的术语，应写 {right}",
            "`{text}`: {alias} is no Incoterms rule; write {right}"
        ),
        bi!(
            "把 {alias} 改成 CFR，含义一样（成本加运费）；合同印的是 {alias} 时请客户确认一句即可",
            "write CFR for {alias}, it means the same (cost and freight); if the contract prints {alias}, one line of confirmation from the buyer is enough"
        ),
    )
}

fn strange(odd: &Odd) -> (Bi, Bi) {
    let text = odd.text.trim();
    let message = Incoterm::parse(&odd.text).err().map(|e| e.message()).unwrap_or_default();
    let why = &message;
    let title = if text.is_empty() {
        message.clone()
    } else {
        bi!("贸易术语“{text}”：{why}", "trade term `{text}`: {why}"; why)
    };
    let help = if odd.credit {
        bi!(
            "先核对登记；信用证确是这样写的，下次改证时请客户一并改成 Incoterms 2020 的术语",
            "compare the record first; if the credit says so, ask the buyer to have the rule of Incoterms 2020 put in with the next amendment"
        )
    } else {
        bi!(
            "先看合同原文：登记时写错就改这里；合同写的就是旧术语，请客户书面确认对应的新术语，或照合同写明年份",
            "look at the contract: if it was copied wrongly, correct it here; if the contract has the old term, have the buyer confirm the new one in writing, or write the year the contract names"
        )
    };
    (title, help)
}
