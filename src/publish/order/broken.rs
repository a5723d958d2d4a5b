//! The red page of an order whose files cannot be read: the messages, and whatever could be read.

use super::show::Sheet;
use crate::check::finding::{Class, Finding, Severity};
use crate::derive::OrderFacts;
use crate::model::Order;
use crate::publish::ctx::Ctx;
use crate::publish::finding;
use crate::say;
use crate::site::view::{BrokenFile, BrokenOrderPage};

/// Fills the page of a broken order.
#[must_use]
pub fn broken(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts) -> BrokenOrderPage {
    let findings = ctx.findings.order(&order.id);
    let id = &order.id;
    BrokenOrderPage {
        id: id.to_string(),
        title: say!(ctx, "{id} 读不了", "{id} cannot be read"),
        verdict: verdict(ctx, order, findings),
        fields: fields(ctx, order, facts),
        files: order.origin.files().iter().map(|file| self::file(ctx, file, findings)).collect(),
        findings: finding::list(ctx, findings),
    }
}

fn is_fault(finding: &Finding, file: &str) -> bool {
    finding.class == Class::Record
        && finding.severity == Severity::Error
        && finding.spots.first().is_some_and(|s| &*s.place.file == file)
}

fn verdict(ctx: &Ctx<'_>, order: &Order, findings: &[&Finding]) -> String {
    let bad: Vec<(&str, usize)> = order
        .origin
        .files()
        .iter()
        .map(|file| (&**file, findings.iter().filter(|f| is_fault(f, file)).count()))
        .filter(|(_, n)| *n > 0)
        .collect();
    let names: Vec<String> = bad
        .iter()
        .map(|(file, n)| {
            let name = file.rsplit('/').next().unwrap_or(file);
            match n {
                1 => say!(ctx, "{name} 有 1 处写错", "{name} has 1 error"),
                n => say!(ctx, "{name} 有 {n} 处写错", "{name} has {n} errors"),
            }
        })
        .collect();
    let what = if names.is_empty() {
        say!(ctx, "这一单的文件读不了", "The files of this order cannot be read")
    } else {
        names.join(ctx.word(("，", ", ")))
    };
    say!(
        ctx,
        "{what}。改好以前，这一单不参加统计。",
        "{what}. Until they are corrected this order is in no figure."
    )
}

fn fields(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts) -> Vec<crate::site::view::Field> {
    let mut sheet = Sheet::new(ctx);
    sheet.link(("客户", "Customer"), ctx.customer(order));
    sheet.text(("客户订单", "PO"), order.po.as_ref());
    sheet.put(
        ("金额", "Amount"),
        facts.goods.total.map(|t| ctx.money(t, facts.goods.currency)).unwrap_or_default(),
    );
    sheet.put(("货物", "Goods"), crate::publish::row::goods_text(ctx, order));
    sheet.day(("签约", "Signed"), order.signed);
    sheet.day(("最迟装运", "Ship by"), order.ship_by);
    sheet.text(("付款", "Payment"), order.payment.as_ref());
    sheet.put(
        ("跟单", "Merchandiser"),
        order.merchandiser.as_deref().map(|id| ctx.person(id)).unwrap_or_default(),
    );
    sheet.fields
}

fn file(ctx: &Ctx<'_>, file: &str, findings: &[&Finding]) -> BrokenFile {
    let faults = findings.iter().filter(|f| is_fault(f, file)).count();
    BrokenFile {
        file: file.to_owned(),
        broken: faults > 0,
        state: match faults {
            0 => say!(ctx, "读好了", "read"),
            1 => say!(ctx, "1 处写错", "1 error"),
            n => say!(ctx, "{n} 处写错", "{n} errors"),
        },
        href: ctx.edit_href(file),
    }
}
