//! `dg-complete`: dangerous goods whose data or papers are not complete.

use chrono::NaiveDate;

use super::super::prelude::*;
use crate::check::shared::timing;
use crate::model::document::PaperKind;
use crate::model::order::{DangerousGoods, Item};
use crate::model::stage::StageKey;
use crate::model::value::HsCode;
use crate::model::value::fold::fold;
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "dg-complete",
    group: Group::Goods,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: (
        "《国际海运危险货物规则》（IMDG Code）；IATA《危险品规则》；UN 试验和标准手册 38.3 节",
        "IMDG Code; IATA Dangerous Goods Regulations; UN Manual of Tests and Criteria, 38.3",
    ),
    title: ("危险品资料不全", "dangerous goods incomplete"),
    docs: Docs {
        checks: (
            "从订舱起，危险品有 UN 编号、类别、包装类（第 3、4、5.1、6.1、8 类），有 MSDS、危险品申报，锂电池还有 UN38.3 报告；海运登记了截止时间的，也有危险品截单。货装走以前缺的是警告，装走以后是错误。HS 编码或品名是锂电池、烟花而没登记 dg 的，提醒看一眼。按豁免条款不用申报的，在 not_needed 里写 dgd 或 msds 和理由。",
            "From booking on dangerous goods have UN number, class and packing group (classes 3, 4, 5.1, 6.1, 8), a safety data sheet and a declaration, lithium batteries also a UN 38.3 report, and by sea a cut-off for dangerous goods where cut-offs are recorded. What is missing is a warning before loading and an error after. Goods whose HS code or name says lithium battery or fireworks without `dg` are to be looked at. What an exemption makes needless stands under `not_needed` as dgd or msds, with the reason.",
        ),
        why: (
            "危险品要提前申报、单独订舱，截单更早；瞒报漏报会甩柜、罚款，出了火灾要赔全船。",
            "Dangerous goods are booked and declared earlier and apart. Undeclared they are left behind and fined, and after a fire the shipper pays for the ship.",
        ),
        fix: (
            "向工厂要 MSDS 和运输鉴定书，照上面填 UN 编号、类别、包装类；请货代做危申报，登记到 [[papers]]。",
            "Ask the factory for the safety data sheet and the transport report and copy UN number, class and group; have the forwarder declare the goods and record it under [[papers]].",
        ),
    },
    example: example!("dg-complete"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let booked = case.facts.progress.current.is_none_or(|stage| stage >= StageKey::Book);
    let gone = gone(case);
    if case.facts.is_cancelled() || !(booked || gone) || case.is_register_entry() {
        return;
    }
    let goods: Vec<(usize, &Item, &DangerousGoods)> = case
        .order
        .items
        .iter()
        .enumerate()
        .filter_map(|(i, item)| Some((i, item, item.dg.as_deref()?)))
        .collect();
    for (i, item, dg) in &goods {
        data(case, *i, item, dg, gone, out);
    }
    match goods.first() {
        Some((i, ..)) => papers(case, *i, &goods, gone, out),
        None if case.facts.is_open() => suspects(case, out),
        None => {}
    }
}

/// Some of the goods are on their way.
fn gone(case: &Case<'_>) -> bool {
    let loaded = |day: Option<NaiveDate>| day.is_some_and(|day| day <= case.as_of());
    case.facts.shipments.iter().any(|s| s.shipped.is_some())
        || case.order.shipments.iter().any(|s| loaded(s.loaded))
}

fn label(item: &Item) -> &str {
    item.sku.as_deref().or(item.name.as_deref()).unwrap_or_default()
}

fn un(dg: &DangerousGoods) -> Option<String> {
    let text = fold(dg.un.as_deref()?).replace([' ', '-'], "");
    Some(text.strip_prefix("UN").unwrap_or(&text).to_owned())
}

fn data(case: &Case<'_>, i: usize, item: &Item, dg: &DangerousGoods, gone: bool, out: &mut Sink<'_>) {
    let name = label(item);
    let blank = |text: Option<&str>| text.is_none_or(|text| text.trim().is_empty());
    let number = un(dg).unwrap_or_default();
    let class = dg.class.as_deref().unwrap_or_default().trim();
    let mut missing: Vec<Bi> = Vec::new();
    if number.len() != 4 || !number.bytes().all(|b| b.is_ascii_digit()) {
        missing.push(bi!("UN 编号（UN 加 4 位数字）", "the UN number (UN and four digits)"));
    }
    if !class.starts_with(|c: char| ('1'..='9').contains(&c)) {
        missing.push(bi!("类别（1 到 9）", "the class (1 to 9)"));
    }
    let grouped =
        ["3", "4", "5.1", "6.1", "8"].iter().any(|c| class == *c || class.starts_with(&format!("{c}.")));
    if grouped && blank(dg.group.as_deref()) {
        missing.push(bi!("包装类（I、II、III）", "the packing group (I, II, III)"));
    }
    if missing.is_empty() {
        return;
    }
    let list = join(&missing);
    let finding = out.report(bi!(
        "危险品 {name} 缺：{list}",
        "dangerous goods {name}, missing: {list}"; list
    ));
    finding.at(case.order.origin.place(&format!("items[{i}].dg")), bi!("不全", "incomplete")).help(bi!(
        "照 MSDS 第 14 节（运输信息）填：dg = {{ un = \"UN3480\", class = \"9\", group = \"\" }}",
        "copy them from section 14 of the safety data sheet: dg = {{ un = \"UN3480\", class = \"9\", group = \"\" }}"
    ));
    weigh(finding, gone);
}

fn papers(
    case: &Case<'_>,
    first: usize,
    goods: &[(usize, &Item, &DangerousGoods)],
    gone: bool,
    out: &mut Sink<'_>,
) {
    let order = case.order;
    let known = |day: Option<NaiveDate>| day.is_none_or(|day| day <= case.as_of());
    let has = |kind: PaperKind| order.docs.papers.iter().any(|p| p.kind == Some(kind) && known(p.date));
    let left_out = |key: &str| order.not_needed.contains_key(key);
    let mut missing: Vec<Bi> = Vec::new();
    if !has(PaperKind::Msds) && !left_out("msds") {
        missing.push(bi!("MSDS", "the safety data sheet"));
    }
    if goods.iter().any(|(.., dg)| is_battery(dg)) && !tested(case) && !left_out("un38.3") {
        missing.push(bi!("UN38.3 报告", "the UN 38.3 report"));
    }
    if !has(PaperKind::Dgd) && !left_out("dgd") {
        missing.push(bi!("危险品申报", "the dangerous goods declaration"));
    }
    let cut = order.shipments.iter().filter_map(|s| s.cutoffs.as_deref());
    let early = |s: &crate::model::order::Cutoffs| s.dg.is_none() && (s.cy.is_some() || s.si.is_some());
    let sea = order.mode.is_none_or(crate::model::value::Mode::is_sea);
    if sea
        && !gone
        && !left_out("dgd")
        && order.shipments.iter().filter_map(|s| s.cutoffs.as_deref()).any(early)
    {
        missing.push(bi!("危险品截单时间", "the cut-off for dangerous goods"));
    }
    if missing.is_empty() {
        return;
    }
    let list = join(&missing);
    let names: Vec<&str> = goods.iter().map(|(_, item, _)| label(item)).collect();
    let names = names.join("、");
    let names_en = names.replace('、', ", ");
    let until = cut.filter_map(|c| c.dg.or(c.si)).map(|at| at.date_naive()).min().filter(|_| !gone);
    let finding = out.report(Bi {
        zh: format!("危险品 {names} 没有登记：{}", list.zh),
        en: format!("dangerous goods {names_en}, not recorded: {}", list.en),
    });
    finding
        .at(order.origin.place(&format!("items[{first}].dg")), bi!("危险品", "dangerous goods"))
        .until(until)
        .help(bi!(
            "办好的登记到 [[papers]]（kind = \"msds\"、\"dgd\"），UN38.3 报告登记到 [[certificate]]；按豁免条款不用的写 not_needed = {{ dgd = \"SP188\" }}",
            "record what is there under [[papers]] (kind = \"msds\", \"dgd\") and the UN 38.3 report under [[certificate]]; what an exemption makes needless is not_needed = {{ dgd = \"SP188\" }}"
        ));
    weigh(finding, gone);
}

/// What is not there before loading can still be got.
fn weigh(finding: &mut crate::check::finding::Finding, gone: bool) {
    if !gone {
        finding.class(Class::Risk).severity(Severity::Warning);
    }
}

fn join(parts: &[Bi]) -> Bi {
    let side = |get: fn(&Bi) -> &str, with: &str| parts.iter().map(get).collect::<Vec<_>>().join(with);
    Bi { zh: side(|b| &b.zh, "、"), en: side(|b| &b.en, ", ") }
}

/// UN numbers of lithium and sodium-ion batteries.
fn is_battery(dg: &DangerousGoods) -> bool {
    const BATTERIES: [&str; 6] = ["3480", "3481", "3090", "3091", "3551", "3552"];
    un(dg).is_some_and(|number| BATTERIES.contains(&number.as_str()))
}

/// A certificate or an attachment of the data sheet names the test.
fn tested(case: &Case<'_>) -> bool {
    let says = |text: &Option<String>| text.as_deref().is_some_and(|text| text.contains("38.3"));
    let docs = &case.order.docs;
    docs.certificate.iter().any(|d| says(&d.kind) || says(&d.title) || says(&d.text) || says(&d.paper.number))
        || docs.papers.iter().any(|p| says(&p.note) || says(&p.number) || says(&p.file))
}

/// Lithium batteries 8506.50 and 8507.60, explosives and fireworks 36.01 to 36.04.
const SUSPECTS: [&str; 6] = ["850650", "850760", "3601", "3602", "3603", "3604"];

fn suspects(case: &Case<'_>, out: &mut Sink<'_>) {
    for (i, item) in case.order.items.iter().enumerate() {
        let code = item.hs.as_deref().and_then(|text| HsCode::parse(text).ok());
        let by_code = code.is_some_and(|code| SUSPECTS.iter().any(|start| code.root().starts_with(start)));
        let lithium = |text: &Option<String>| {
            let text = text.as_deref().map(fold).unwrap_or_default();
            (text.contains("LITHIUM") && text.contains("BATTER"))
                || text.contains("锂电")
                || text.contains("锂离子")
        };
        let by_name = lithium(&item.name) || lithium(&item.name_zh);
        if !by_code && !by_name {
            continue;
        }
        let (name, hs) = (label(item), item.hs.as_deref().unwrap_or_default());
        let (field, what) = if by_code {
            ("hs", bi!("HS 编码 {hs}", "HS code {hs}"))
        } else {
            ("name", bi!("品名", "its name"))
        };
        let until = timing::departure(case).into_iter().map(|(day, _)| day).min();
        out.report(bi!(
            "货物 {name} 看{what}像危险品，没有登记 dg",
            "item {name} looks like dangerous goods by {what}, but `dg` is not recorded"; what
        ))
        .severity(Severity::Warning)
        .class(Class::Risk)
        .judgement()
        .at(case.order.origin.place(&format!("items[{i}].{field}")), what)
        .values([hs])
        .until(until)
        .help(bi!(
            "问工厂要运输鉴定书：是危险品就填 dg，按普通货运的写豁免并附鉴定书",
            "ask the factory for the transport report: if the goods are dangerous write `dg`, if they travel as ordinary goods waive this and keep the report"
        ));
    }
}
