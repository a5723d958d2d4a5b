//! `decl-deal-mode`: a deal mode that does not fit the trade term.

use super::super::prelude::*;
use crate::check::shared::{customs, papers, terms};

/// The rule.
pub static RULE: Rule = Rule {
    name: "decl-deal-mode",
    group: Group::Goods,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("海关总署报关单填制规范（成交方式）", "GACC rules for filling in declarations (deal mode)"),
    title: ("成交方式和贸易术语不符", "deal mode does not fit the trade term"),
    docs: Docs {
        checks: (
            "一般贸易（监管方式 0110）的报关单：FCA、FAS、FOB 报 FOB，CFR、CPT 报 C&F，CIF、CIP 和 D 组报 CIF，EXW 报 EXW 或加上内陆费用后报 FOB。术语看发票上印的，没印看订单的。样品等其他监管方式不查。",
            "On declarations of general trade (regime 0110): FCA, FAS, FOB as FOB; CFR, CPT as C&F; CIF, CIP and the D rules as CIF; EXW as EXW, or as FOB with the inland costs added. The term is the one the invoice prints, else the order's. Other regimes, such as samples, are not checked.",
        ),
        why: (
            "成交方式决定海关怎么算 FOB 价，退税按 FOB 价算；报错口径，退税额和统计都错。",
            "The deal mode decides how customs computes the FOB value, on which the refund is paid: a wrong one makes both refund and statistics wrong.",
        ),
        fix: (
            "先看登记有没有抄错；真报错了请报关行改单。发票术语和订单不同，先弄清哪个对。",
            "See first whether it was copied wrongly; a wrong declaration is amended through the broker. Where invoice and order differ in the term, settle that first.",
        ),
    },
    example: example!("decl-deal-mode"),
    scope: Scope::Order(check),
};

/// General trade.
const GENERAL: &str = "0110";

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for set in case.sets() {
        let Some((term, invoice)) = customs::term(case, &set.papers) else { continue };
        let modes = customs::expected(term.rule);
        for &(index, declaration) in &set.papers.customs {
            let general = declaration.mode.as_deref().is_some_and(|mode| mode.trim() == GENERAL);
            let Some(is) = declaration.deal_mode.filter(|is| general && !modes.contains(is)) else {
                continue;
            };
            let paper = customs::paper(index, declaration);
            let (name, rule, written) = (paper.name(), term.rule.code(), term.written.trim());
            let wanted: Vec<&str> = modes.iter().map(|mode| mode.code()).collect();
            let (wanted, wanted_en, is) = (wanted.join("、"), wanted.join(" or "), is.code());
            let (place, label) = match invoice {
                Some(i) => (
                    case.order.origin.place(&format!("invoice[{i}].term")),
                    bi!("发票术语", "term on the invoice"),
                ),
                None => (terms::place(case), bi!("贸易术语", "trade term")),
            };
            let title = crate::text::Bi {
                zh: format!("{} 成交方式 {is}，术语是 {written}，应报 {wanted}", name.zh),
                en: format!(
                    "{}: deal mode {is}, but the term is {written}, to be declared as {wanted_en}",
                    name.en
                ),
            };
            let finding = out
                .report(title)
                .at(case.order.origin.place(&paper.path("deal_mode")), name)
                .at(place, label)
                .values([is, rule])
                .help(bi!(
                    "先看登记有没有抄错；真报错了请报关行向海关申请改单，运费保费按新口径一起填",
                    "see first whether it was copied wrongly; if it was declared so, have the broker amend it, with freight and insurance on the new basis"
                ));
            papers::soften(finding, &declaration.paper);
        }
    }
}
