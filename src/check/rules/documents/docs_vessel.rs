//! `docs-vessel`: papers disagree on vessel or voyage.

use super::super::prelude::*;

use crate::check::shared::conflicts::{self, Group as Papers};
use crate::check::shared::texts::{self, Split, Text};
use crate::compare::Outcome;
use crate::compare::vessel::{self, Vessel};
use crate::derive::papers::Paper;

/// The rule.
pub static RULE: Rule = Rule {
    name: "docs-vessel",
    group: Group::Documents,
    class: Class::Document,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 14 条 d 款（信用证项下）", "UCP 600 art. 14(d), under a credit"),
    title: ("单据之间船名航次不一致", "papers disagree on vessel or voyage"),
    docs: Docs {
        checks: (
            "同一批的发票、装箱单、保险单、产地证、证明上印的船名航次和提单的一样；没有提单的互相比。写 PER B/L、TBA 的不比，只有一边印航次的不比，M/V、航次前的 V. 和 0 不算。提单上有头程船、装船批注船名的，和其中一条相同就行。只差一个字母要人看。",
            "Vessel and voyage printed by invoice, packing list, insurance and certificates are those of the bill of lading; without one they are compared with each other. PER B/L and TBA are not compared, nor a voyage that only one prints; M/V, V. and zeros before a voyage do not count. Where the bill names a feeder or the vessel of the notation, either will do. One slip of a letter is for a person to look at.",
        ),
        why: (
            "甩柜换船以后，先出的保险单、产地证还是老船名：出险时保险公司会查，银行会拒。",
            "After a roll-over, insurance and certificate of origin issued before still name the old vessel: an insurer asks, a bank refuses.",
        ),
        fix: (
            "换了船，让保险公司出批单、签证机构更改；以后保险单和产地证可以印 PER B/L。",
            "If the vessel changed, have insurer and issuing body amend; next time let insurance and origin say PER B/L.",
        ),
    },
    example: example!("docs-vessel"),
    scope: Scope::Order(check),
};

/// A paper with the vessels that it names: one, or the feeder and the ocean vessel.
struct Named<'a> {
    text: Text<'a>,
    vessels: Vec<Vessel>,
}

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for group in conflicts::groups(case) {
        let mut printed = group.papers.each().map(|p| p.printed).filter(|p| p.vessel.is_some());
        let first = printed.next();
        if printed.all(|p| first.is_some_and(|f| f.vessel == p.vessel && f.voyage == p.voyage)) {
            continue;
        }
        let all: Vec<Named<'_>> = group.papers.each().filter_map(|paper| named(case, paper)).collect();
        // What sails is what the transport document says, however many papers name the old vessel.
        let (carriers, others): (Vec<&Named<'_>>, Vec<&Named<'_>>) =
            all.iter().partition(|n| matches!(n.text.paper.key, "bl" | "waybill"));
        match carriers.first() {
            Some(first) => against(case, &group, first, &carriers, &others, out),
            None => each_other(case, &group, &all, out),
        }
    }
}

fn named<'a>(case: &Case<'_>, paper: Paper<'a>) -> Option<Named<'a>> {
    // A declaration names the vessel by its number, an air waybill a flight that never counts.
    if matches!(paper.key, "awb" | "courier" | "customs" | "draft" | "collection") {
        return None;
    }
    let text = paper.printed.vessel.as_deref()?;
    let voyage = paper.printed.voyage.as_deref();
    let whole = vessel::read(text, voyage)?;
    let is_name = |v: &Vessel| v.name.split(' ').any(|w| w.len() > 2 && w.chars().all(char::is_alphabetic));
    let parts = text.split(['/', '+']).filter_map(|part| vessel::read(part, voyage)).filter(is_name);
    let bl = case.order.docs.bl.get(paper.index).filter(|_| paper.key == "bl");
    let also = bl.into_iter().flat_map(|bl| [bl.on_board_vessel.as_deref(), bl.pre_carriage.as_deref()]);
    let also = also.flatten().filter_map(|text| vessel::read(text, None));
    let vessels = std::iter::once(whole).chain(parts).chain(also).collect();
    let text = format!("{text} {}", voyage.unwrap_or_default()).trim().to_owned();
    Some(Named { text: Text { paper, field: "vessel", text }, vessels })
}

fn best(a: &Named<'_>, b: &Named<'_>) -> Outcome {
    let pairs = a.vessels.iter().flat_map(|x| b.vessels.iter().map(move |y| vessel::compare(x, y)));
    pairs.min().unwrap_or(Outcome::Same)
}

fn against(
    case: &Case<'_>,
    group: &Papers<'_, '_>,
    first: &Named<'_>,
    carriers: &[&Named<'_>],
    others: &[&Named<'_>],
    out: &mut Sink<'_>,
) {
    let outcome = |other: &Named<'_>| carriers.iter().map(|c| best(c, other)).min().unwrap_or(Outcome::Same);
    let agreeing = others.iter().filter(|other| outcome(other).agrees()).map(|other| &other.text);
    let supporters: Vec<&Text<'_>> = std::iter::once(&first.text).chain(agreeing).collect();
    let alone = supporters.len() == others.len() && carriers.len() == 1;
    let split = Split { reference: &first.text, supporters, out: Vec::new(), alone };
    for other in others.iter().filter(|other| group.blames(&other.text.paper)) {
        say(case, group, &split, &other.text, outcome(other), out);
    }
}

fn each_other(case: &Case<'_>, group: &Papers<'_, '_>, all: &[Named<'_>], out: &mut Sink<'_>) {
    let texts: Vec<Text<'_>> = all.iter().map(|n| n.text.clone()).collect();
    let of = |text: &Text<'_>| {
        all.iter().find(|n| n.text.paper.key == text.paper.key && n.text.paper.index == text.paper.index)
    };
    let outcome = |a: &Text<'_>, b: &Text<'_>| of(a).zip(of(b)).map_or(Outcome::Same, |(a, b)| best(a, b));
    let agree = |a: &Text<'_>, b: &Text<'_>| outcome(a, b) != Outcome::Different;
    let Some(split) = texts::split(group, &texts, texts::invoice_first, agree) else { return };
    for odd in &split.out {
        say(case, group, &split, odd, Outcome::Different, out);
    }
    let near = split.supporters.iter().filter(|t| outcome(split.reference, t) == Outcome::Typo);
    for near in near.filter(|t| group.blames(&t.paper)) {
        let alone = Split { supporters: vec![split.reference], out: Vec::new(), alone: true, ..split };
        say(case, group, &alone, near, Outcome::Typo, out);
    }
}

fn say(
    case: &Case<'_>,
    group: &Papers<'_, '_>,
    split: &Split<'_, '_>,
    odd: &Text<'_>,
    outcome: Outcome,
    out: &mut Sink<'_>,
) {
    if !matches!(outcome, Outcome::Different | Outcome::Typo) {
        return;
    }
    let finding = texts::say(case, group, ("船名航次", "vessel is"), split, odd, out);
    if outcome == Outcome::Typo {
        finding.judgement();
    }
}
