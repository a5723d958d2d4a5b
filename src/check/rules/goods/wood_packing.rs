//! `wood-packing`: wooden packing without a recorded ISPM 15 mark.

use chrono::NaiveDate;

use super::super::prelude::*;
use crate::model::stage::StageKey;
use crate::model::value::Package;
use crate::model::value::fold::fold;
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "wood-packing",
    group: Group::Goods,
    class: Class::Document,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.2.0",
    source: (
        "国际植物检疫措施标准第 15 号（ISPM 15）；海关总署出境货物木质包装检疫处理管理办法",
        "ISPM 15 (IPPC), Regulation of wood packaging material",
    ),
    title: ("木包装没有登记 IPPC 标识", "wooden packing without ISPM 15 mark"),
    docs: Docs {
        checks: (
            "从订舱起到到港：包装是托盘、木箱、板条箱、滑木的，货物登记了木包装标识（wood = \"CN-330 HT\"），或写明没有木头（wood = \"none\"），或有熏蒸、热处理证书。胶合板、塑料、纸质的不查。写了标识的，要像一个标识。",
            "From booking to arrival: goods on pallets, in wooden cases, crates or on skids record the mark of the wood (wood = \"CN-330 HT\"), or that there is none (wood = \"none\"), or there is a fumigation or heat treatment certificate. Plywood, plastic and paper are not checked. A mark that is recorded looks like one.",
        ),
        why: (
            "没有 IPPC 标识的木包装，欧盟、美国、澳大利亚等都会退运或销毁，费用我们出。",
            "The EU, the US, Australia and most others send back or destroy unmarked wood, at our cost.",
        ),
        fix: (
            "请工厂拍下托盘上的标识，照抄到 wood；用的是胶合板或塑料托盘就写 \"none\"。",
            "Have the factory take a photo of the mark and copy it into `wood`; for plywood or plastic pallets write \"none\".",
        ),
    },
    example: example!("wood-packing"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let order = case.order;
    let booked = case.facts.progress.current.is_none_or(|stage| stage >= StageKey::Book);
    let arrived = |day: Option<NaiveDate>| day.is_some_and(|day| day <= case.as_of());
    let there = !order.shipments.is_empty()
        && order.shipments.iter().all(|s| arrived(s.arrived) || arrived(s.released) || arrived(s.delivered));
    if !case.facts.is_open() || !booked || there || treated(case) {
        return;
    }
    let mut said = false;
    for (i, item) in order.items.iter().enumerate() {
        let kind = item.pack.as_deref().and_then(|pack| pack.kind.as_deref());
        let path = |field: &str| order.origin.place(&format!("items[{i}].{field}"));
        match (item.wood.as_deref(), kind) {
            (Some(mark), _) if !is_none(mark) && !is_mark(mark) => {
                said = true;
                out.report(bi!(
                    "木包装标识“{mark}”不像 IPPC 标识",
                    "`{mark}` does not look like a mark of wooden packing"
                ))
                .at(path("wood"), bi!("不像标识", "no mark"))
                .values([mark])
                .help(help());
            }
            (None, Some(kind)) if is_wooden(kind) => {
                said = true;
                let name = item.sku.as_deref().or(item.name.as_deref()).unwrap_or_default();
                let packed = named(kind);
                out.report(bi!(
                    "货物 {name} 包装是{packed}，没有登记木包装标识",
                    "item {name} is packed in {packed}, but no mark of the wood is recorded"; packed
                ))
                .at(path("pack.kind"), packed)
                .values([kind])
                .help(help());
            }
            _ => {}
        }
    }
    if !said && order.items.iter().all(|item| item.wood.is_none()) {
        on_papers(case, out);
    }
}

/// The packing list or the transport document says that there is wood, and no item does.
fn on_papers(case: &Case<'_>, out: &mut Sink<'_>) {
    let papers = case.sets().iter().flat_map(|set| set.papers.each());
    let wooden =
        papers.filter(|paper| matches!(paper.key, "packing" | "bl" | "awb" | "waybill")).find_map(|paper| {
            Some((paper, paper.printed.package_kind.as_deref().filter(|kind| is_wooden(kind))?))
        });
    let Some((paper, kind)) = wooden else { return };
    let (name, packed) = (paper.name(), named(kind));
    out.report(bi!(
        "{name} 写包装是{packed}，订单没有登记木包装标识",
        "{name} says {packed}, but the order records no mark of the wood"; name, packed
    ))
    .at(case.order.origin.place(&paper.path("package_kind")), name)
    .at(case.order.origin.place("items[0]"), bi!("没有 wood", "no `wood`"))
    .values([kind])
    .help(help());
}

fn help() -> Bi {
    bi!(
        "请工厂拍标识，照抄：wood = \"CN-330 HT\"；胶合板、塑料托盘写 wood = \"none\"",
        "have the factory take a photo of the mark and copy it: wood = \"CN-330 HT\"; for plywood or plastic write wood = \"none\""
    )
}

/// What a code stands for.
fn named(kind: &str) -> Bi {
    let package = Package::parse(kind).filter(|package| package.code() == kind);
    package.map_or_else(|| Bi::same(kind), |package| package.name().into())
}

/// Pallets, crates and skids are of wood unless something else is said; a case is where wood is named.
fn is_wooden(kind: &str) -> bool {
    let text = fold(kind);
    let other = ["PLYWOOD", "PLASTIC", "PAPER", "STEEL", "METAL", "胶合板", "塑料", "纸", "铁", "钢"];
    if other.iter().any(|word| text.contains(word)) {
        return false;
    }
    text.contains("WOOD")
        || text.contains('木')
        || Package::parse(kind).is_some_and(|package| matches!(package.code(), "PX" | "CR" | "SI"))
}

fn is_none(mark: &str) -> bool {
    matches!(fold(mark).as_str(), "NONE" | "NO" | "N/A" | "无")
}

/// Country, number and treatment: `CN-330 HT`, `IPPC CN330 MB`.
fn is_mark(mark: &str) -> bool {
    let text = fold(mark);
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let country = |w: &str| w.len() >= 2 && w.bytes().take(2).all(|b| b.is_ascii_uppercase());
    let number = |w: &str| w.bytes().any(|b| b.is_ascii_digit());
    words.iter().zip(words.iter().skip(1)).any(|(a, b)| country(a) && number(b))
        || words.iter().any(|w| country(w) && number(w))
}

/// A certificate says that the wood was treated.
fn treated(case: &Case<'_>) -> bool {
    let words = ["FUMIGATION", "ISPM", "IPPC", "HEAT TREATMENT", "熏蒸", "热处理"];
    let says = |text: &Option<String>| {
        text.as_deref().map(fold).is_some_and(|text| words.iter().any(|word| text.contains(word)))
    };
    case.sets()
        .iter()
        .flat_map(|set| &set.papers.certificate)
        .any(|(_, d)| says(&d.kind) || says(&d.title) || says(&d.text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_marks() {
        for kind in ["PX", "PALLETS", "WOODEN CASES", "木箱", "CRATE", "skids"] {
            assert!(is_wooden(kind), "{kind}");
        }
        for kind in ["CT", "CASE", "PLYWOOD CASES", "PLASTIC PALLETS", "胶合板箱", "BAGS", ""] {
            assert!(!is_wooden(kind), "{kind}");
        }
        for mark in ["CN-330 HT", "IPPC CN-330 HT DB", "CN330 MB", "DE-NW 490123 HT"] {
            assert!(is_mark(mark), "{mark}");
        }
        for mark in ["yes", "木托盘", "pallet", "有"] {
            assert!(!is_mark(mark), "{mark}");
        }
    }
}
