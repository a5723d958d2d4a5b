//! What a change does, for people, for the comment on a pull request, and for programs.

pub mod human;
pub mod json;
pub mod markdown;

use crate::bi;
use crate::diff::{Diff, Fate, OrderDiff, is_purchase};
use crate::report::clean;
use crate::text::Bi;

/// The first line: may it be merged, and how much changed.
pub(super) fn verdict(diff: &Diff<'_>) -> Bi {
    let (errors, orders, outside) = (diff.blocking(), diff.orders.len(), diff.outside.len());
    let size = match (orders, outside) {
        (_, 0) => bi!("{orders} 单有变化", "{orders} orders changed"),
        _ => {
            bi!("{orders} 单有变化，另有 {outside} 处", "{orders} orders changed, and {outside} other things")
        }
    };
    if errors > 0 {
        bi!("❌ {errors} 个新错误，先不要合并 · {size}", "❌ {errors} new errors: do not merge yet · {size}"; size)
    } else {
        bi!("✅ 可以合并 · {size}", "✅ can be merged · {size}"; size)
    }
}

/// The line that stands alone when nothing of the business changed.
pub(super) fn nothing() -> Bi {
    bi!("没有业务变化", "no business change")
}

/// What is said of an order: where it went, what its records say, and how its milestones stand. In a comment
/// (`many` readers) the purchase side is a number.
pub(super) fn sentences(order: &OrderDiff, many: bool) -> Vec<Bi> {
    let mut said = Vec::new();
    if let Some((from, to)) = &order.moved {
        let (from, to) = (clean(from), clean(to));
        said.push(bi!("文件夹 {from} → {to}", "folder {from} → {to}"));
    }
    let shown = order.changes.iter().filter(|change| !many || !is_purchase(&change.key));
    said.extend(shown.clone().map(crate::change::Change::sentence));
    let purchases = order.changes.len() - shown.count();
    if purchases > 0 {
        said.push(bi!("采购与付款另有 {purchases} 处改动", "{purchases} more on the purchase side"));
    }
    if order.hidden > 0 {
        let hidden = order.hidden;
        said.push(bi!("另有 {hidden} 处不给这里看", "{hidden} more that are not shown here"));
    }
    if let Some((from, to)) = order.total.as_ref().filter(|_| order.fate == Fate::Kept) {
        said.push(bi!("应收总额 {from} → {to}", "total due {from} → {to}"));
    }
    for row in &order.stages {
        let (name, before, after) = (Bi::from(row.key.title()), &row.before, &row.after);
        said.push(bi!("节点 {name}：{before} → {after}", "milestone {name}: {before} → {after}"; name, before, after));
    }
    said
}

/// What is said of the deadlines of an order.
pub(super) fn deadlines(order: &OrderDiff) -> Vec<Bi> {
    order
        .deadlines
        .iter()
        .map(|row| {
            let what = &row.what;
            let day = |d: Option<chrono::NaiveDate>| d.map_or_else(|| "–".to_owned(), |d| d.to_string());
            let (from, to) = (day(row.before), day(row.after));
            match (row.done, row.before, row.after, row.left) {
                (true, ..) => bi!("{what} 已办（原期限 {from}）", "{what}: done (was due {from})"; what),
                (_, None, Some(_), Some(left)) => bi!("{what} {to}，还剩 {left} 天", "{what} {to}, {left} days left"; what),
                (_, Some(_), Some(_), Some(left)) => {
                    bi!("{what} {from} → {to}，还剩 {left} 天", "{what} {from} → {to}, {left} days left"; what)
                }
                _ => bi!("{what} 不再有（原期限 {from}）", "{what}: no longer there (was {from})"; what),
            }
        })
        .collect()
}
