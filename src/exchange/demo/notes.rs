//! `notes.md`: correspondence and decisions, newest first.

use chrono::NaiveDate;

use super::order::Order;

/// The file as of a day.
pub(super) fn file(order: &Order, horizon: NaiveDate) -> String {
    let life = &order.life;
    let to = order.terms.to;
    let mut entries = vec![
        (life.inquiry, "邮件 客户", format!("{} 询价, 目的地 {to}.", order.customer.name)),
        (
            life.signed,
            "邮件 客户",
            format!(
                "Order confirmed, payment **{}**, ship by {}.\n\n- 内盒白色, 不贴条码\n- Carton marks as per order",
                order.terms.payment(),
                life.ship_by
            ),
        ),
        (life.released, "会议", "评审通过, 采购单已下. 产前样确认后上线.".to_owned()),
        (life.started, "工厂", "开线, 每周五报进度 / line started, report every Friday.".to_owned()),
        (
            life.booked,
            "货代",
            format!("Booking {} confirmed, ETD {}, ETA {}.", order.booking(1), life.etd, life.eta),
        ),
        (life.etd, "货代", format!("已开船 / departed. 预计 {} 到 {to}.", life.eta)),
        (life.arrived, "客户", "货已到港, 客户安排提货 / arrived, buyer arranges pick-up.".to_owned()),
        (life.paid, "财务", format!("余款到账 / balance received, {}.", order.terms.currency)),
    ];
    if let Some((day, new)) = life.amended {
        entries.push((day, "邮件 客户", format!("Buyer agrees to ship by {new}. 原因: 产线延误.")));
    }
    entries.retain(|(day, _, _)| *day <= horizon);
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.0));
    let mut out = format!("# {}\n", order.id);
    for (day, who, text) in entries {
        out.push_str(&format!("\n## {day} {who}\n\n{text}\n"));
    }
    out
}
