//! The comment on a pull request: first the verdict, then money, then deadlines; everything else below or folded.
//! Never longer than a forge takes.

use crate::bi;
use crate::check::finding::{Class, Finding, Severity};
use crate::diff::{Diff, OrderDiff, is_purchase};
use crate::report::Langs;
use crate::report::escape::{self, markdown as md};
use crate::text::{Bi, Lang};

/// Most characters of the whole comment.
pub const MAX: usize = 60_000;
/// Most rows of one table or list.
const ROWS: usize = 40;

/// Renders the comment.
#[must_use]
pub fn comment(diff: &Diff<'_>, langs: Langs) -> String {
    let lang = langs.first();
    let (base, head) = (md(&diff.base), md(&diff.head));
    let marker = format!("<!-- gendan:pr v1 base={base} head={head} -->\n");
    if diff.is_empty() {
        return format!("{marker}### ✅ {}\n", super::nothing().get(lang));
    }
    if is_routine(diff) {
        return format!("{marker}{}", routine(diff, lang));
    }
    // Rows are left out, all tables alike, until the whole fits.
    let mut rows = ROWS;
    loop {
        let text = format!("{marker}{}", whole(diff, lang, rows));
        if text.chars().count() <= MAX || rows == 0 {
            return text;
        }
        rows /= 2;
    }
}

fn is_routine(diff: &Diff<'_>) -> bool {
    use crate::change::Kind;
    diff.kinds.iter().all(|kind| *kind == Kind::Routine)
        && diff.outside.is_empty()
        && diff.new.is_empty()
        && diff.orders.len() == 1
}

fn routine(diff: &Diff<'_>, lang: Lang) -> String {
    let Some(order) = diff.orders.first() else { return String::new() };
    let said = order.stages.iter().find(|row| row.done).or_else(|| order.stages.first());
    let said = match said {
        Some(row) => {
            let (name, after) = (Bi::from(row.key.title()), &row.after);
            bi!("{name} {after}", "{name} {after}"; name, after)
        }
        None => super::sentences(order, true).into_iter().next().unwrap_or_default(),
    };
    let head = bi!("✅ 可以合并", "✅ can be merged");
    let resolved = diff.resolved.len();
    let tail = match (order.money.is_empty(), resolved) {
        (true, 0) => bi!("没有金额变化，没有新问题。", "No amount changed, nothing new is wrong."),
        (true, _) => {
            bi!(
                "没有金额变化，没有新问题，解决 {resolved} 个。",
                "No amount changed, nothing new is wrong, {resolved} resolved."
            )
        }
        (false, _) => bi!("没有新问题，解决 {resolved} 个。", "Nothing new is wrong, {resolved} resolved."),
    };
    format!("### {} · {} {}\n{}\n", head.get(lang), md(&order.id), md(said.get(lang)), tail.get(lang))
}

fn more(left: usize) -> Bi {
    bi!("还有 {left} 行没有列出", "{left} more rows are not listed")
}

fn whole(diff: &Diff<'_>, lang: Lang, rows: usize) -> String {
    let mut out = String::new();
    let pick = |said: &Bi| said.get(lang).to_owned();
    out.push_str(&format!("### {}\n\n", pick(&super::verdict(diff))));
    let all: Vec<(&OrderDiff, &crate::diff::MoneyRow)> =
        diff.orders.iter().flat_map(|o| o.money.iter().map(move |row| (o, row))).collect();
    let totals: Vec<String> = diff
        .orders
        .iter()
        .filter_map(|o| o.total.as_ref().map(|(a, b)| format!("{} {} → {}", md(&o.id), md(a), md(b))))
        .collect();
    let total = match (totals.len(), totals.iter().take(3).cloned().collect::<Vec<_>>().join("；")) {
        (0, _) => bi!("应收总额不变", "total due unchanged"),
        (_, list) => bi!("应收总额 {list}", "total due {list}"),
    };
    let count = all.len();
    let money = if count == 0 {
        bi!("收付没有变化 · {total}", "receipts unchanged · {total}"; total)
    } else {
        bi!("{count} 处金额变化 · {total}", "{count} amounts changed · {total}"; total)
    };
    out.push_str(&format!("**{}** {}\n", pick(&bi!("钱", "Money")), pick(&money)));
    let mut dates: Vec<String> = Vec::new();
    for order in &diff.orders {
        dates
            .extend(super::deadlines(order).iter().map(|d| format!("{} {}", md(&order.id), md(d.get(lang)))));
    }
    let risks = diff.new.iter().filter(|f| f.class == Class::Risk);
    dates.extend(risks.map(|f| format!("⚠ {} {}", md(f.rule.name), title(f, lang))));
    if !dates.is_empty() {
        let left = dates.len().saturating_sub(5);
        let mut shown = dates.iter().take(5).cloned().collect::<Vec<_>>().join(" · ");
        if left > 0 {
            shown.push_str(&format!(" · {}", pick(&more(left))));
        }
        out.push_str(&format!("**{}** {shown}\n", pick(&bi!("期限", "Deadlines"))));
    }
    let (new, gone, old) = (diff.new.len(), diff.resolved.len(), diff.existing.len());
    let found =
        bi!("新问题 {new} · 解决 {gone} · 原有 {old}", "new {new} · resolved {gone} · existing {old}");
    out.push_str(&format!("**{}** {}\n", pick(&bi!("问题", "Findings")), pick(&found)));

    out.push_str(&format!("\n| {} |\n|---|---|\n", pick(&bi!("订单 | 变化", "Order | What changed"))));
    let said: Vec<(String, String)> = diff
        .orders
        .iter()
        .flat_map(|o| {
            let id = linked(&md(&o.id), &diff.forge.file(&o.file, None));
            let name = format!("{id} {}", md(&o.customer));
            super::sentences(o, true).into_iter().map(move |s| (name.clone(), md(s.get(lang))))
        })
        .collect();
    for (name, said) in said.iter().take(rows) {
        out.push_str(&format!("| {name} | {said} |\n"));
    }
    if said.len() > rows {
        out.push_str(&format!("| … | {} |\n", pick(&more(said.len() - rows))));
    }
    if !all.is_empty() {
        let title = bi!("订单 | 款项 | 币种 | 之前 | 之后", "Order | Amount | Currency | Before | After");
        out.push_str(&format!("\n| {} |\n|---|---|---|--:|--:|\n", pick(&title)));
        for (order, row) in all.iter().take(rows) {
            let show = |v: &Option<String>| v.as_deref().map_or_else(|| "–".to_owned(), md);
            let what = md(row.what.get(lang));
            out.push_str(&format!(
                "| {} | {what} | {} | {} | {} |\n",
                md(&order.id),
                md(&row.currency),
                show(&row.before),
                show(&row.after)
            ));
        }
        if all.len() > rows {
            out.push_str(&format!("| … | {} | | | |\n", pick(&more(all.len() - rows))));
        }
    }
    let mut list = |title: Bi, items: Vec<String>| {
        if items.is_empty() {
            return;
        }
        out.push_str(&format!("\n#### {}\n", pick(&title)));
        for item in items.iter().take(rows) {
            out.push_str(&format!("- {item}\n"));
        }
        if items.len() > rows {
            out.push_str(&format!("- … {}\n", pick(&more(items.len() - rows))));
        }
    };
    list(bi!("订单以外", "Outside orders"), diff.outside.iter().map(|s| md(s.get(lang))).collect());
    list(bi!("新问题", "New findings"), diff.new.iter().map(|f| finding(diff, f, lang, true)).collect());
    list(bi!("已解决", "Resolved"), diff.resolved.iter().map(|f| finding(diff, f, lang, false)).collect());
    let (other, title) = match lang {
        Lang::Zh => (Lang::En, "English summary"),
        Lang::En => (Lang::Zh, "中文摘要"),
    };
    let mut summary = vec![md(super::verdict(diff).get(other))];
    summary.extend(diff.new.iter().take(10).map(|f| self::title(f, other)));
    out.push_str(&format!("\n<details><summary>{title}</summary>\n\n{}\n</details>\n", summary.join("\n\n")));
    let old = diff.existing.len();
    if old > 0 {
        let title = bi!(
            "原有问题 {old} 个（不影响合并）",
            "{old} findings that stood there before (they do not stand in the way)"
        );
        out.push_str(&format!("\n<details><summary>{}</summary>\n\n", pick(&title)));
        for known in diff.existing.iter().take(rows) {
            out.push_str(&format!("- {}\n", finding(diff, known, lang, true)));
        }
        if old > rows {
            out.push_str(&format!("- … {}\n", pick(&more(old - rows))));
        }
        out.push_str("\n</details>\n");
    }
    if !diff.eyes.is_empty() {
        // As code: a name that is also an account must not call anybody.
        let names: Vec<String> = diff.eyes.iter().map(|id| escape::code(id)).collect();
        let names = names.join(" ");
        let title = bi!("要看的人 {names}", "to be looked at by {names}");
        out.push_str(&format!("\n{}\n", pick(&title)));
    }
    let kinds: Vec<&str> = diff.kinds.iter().rev().map(|k| k.code()).collect();
    let (kinds, version, day) = (kinds.join(", "), env!("CARGO_PKG_VERSION"), diff.as_of);
    let foot = bi!(
        "分类 {kinds} · gendan {version} · 数据日期 {day}",
        "kinds {kinds} · gendan {version} · as of {day}"
    );
    out.push_str(&format!("\n{}\n", pick(&foot)));
    out
}

/// A text as a link, where there is an address.
fn linked(text: &str, href: &str) -> String {
    if href.is_empty() { text.to_owned() } else { format!("[{text}]({href})") }
}

fn finding(diff: &Diff<'_>, finding: &Finding, lang: Lang, open: bool) -> String {
    let mark = match (open, finding.class, finding.severity) {
        (false, ..) => "",
        (_, Class::Risk, _) | (_, _, Severity::Warning) => "⚠ ",
        (_, _, Severity::Error) => "❌ ",
        (_, _, Severity::Info) => "ℹ ",
    };
    let id = finding.subject.order().map(|id| format!(" {}", md(id))).unwrap_or_default();
    let spot = finding.spots.first().filter(|_| open);
    let href = spot.map(|s| diff.forge.file(&s.place.file, s.region.map(|r| r.line))).unwrap_or_default();
    let rule = linked(&format!("**{}**", finding.rule.name), &href);
    format!("{mark}{rule}{id} {}", title(finding, lang))
}

/// The title, but for what is about purchase prices and payments: that is named, not shown.
fn title(finding: &Finding, lang: Lang) -> String {
    if is_purchase(&finding.identity) {
        return bi!("（采购与付款，见 gendan check）", "(purchase side: see gendan check)")
            .get(lang)
            .to_owned();
    }
    md(finding.title.get(lang))
}
