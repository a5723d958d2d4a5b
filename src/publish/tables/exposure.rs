//! Exposure: what each customer owes in each currency, what stands behind it, its credit limit and how it pays.

use rust_decimal::Decimal;

use crate::derive::exposure::{Customer, Exposure, Limit, Owed};
use crate::derive::kpi::rounded;
use crate::exchange::table::{Cell, Field, Kind, Table};
use crate::model::party::PartyKind;
use crate::model::value::Currency;
use crate::publish::ctx::Ctx;
use crate::publish::exports::{Export, Make};

/// `gendan export exposure`.
pub const EXPORT: Export =
    Export {
        name: "exposure", title: ("客户敞口", "Exposure by customer"), makes: &[Make::Table(table)]
    };

/// A row per customer and currency in which it owes something or has a limit; one where it only paid.
#[must_use]
pub fn table(ctx: &Ctx<'_>) -> Table {
    let exposure = Exposure::of(ctx.facts);
    let rows = exposure.customers.iter().flat_map(|customer| {
        let mut currencies: Vec<Option<Currency>> =
            customer.owed.keys().copied().chain(customer.limits.iter().map(|l| l.currency)).collect();
        currencies.sort_unstable();
        currencies.dedup();
        if currencies.is_empty() {
            currencies.push(None);
        }
        currencies.into_iter().map(move |currency| Row { ctx, customer, currency })
    });
    Table::of(EXPORT.name, 1, EXPORT.title, &fields(), rows)
}

struct Row<'r, 'a> {
    ctx: &'r Ctx<'a>,
    customer: &'r Customer<'a>,
    currency: Option<Currency>,
}

impl Row<'_, '_> {
    fn owed(&self) -> Option<&Owed> {
        self.customer.owed.get(&self.currency)
    }

    fn amount(&self, part: fn(&Owed) -> Decimal) -> Cell {
        Cell::amount(self.owed().map(part), self.currency)
    }

    /// The limit in this currency; one that counts before one that has expired.
    fn limit(&self) -> Option<&Limit<'_>> {
        let own = self.customer.limits.iter().filter(|limit| limit.currency == self.currency);
        own.min_by_key(|limit| limit.expired)
    }
}

fn fields<'r, 'a>() -> [Field<Row<'r, 'a>>; 22] {
    use Kind::{Amount, Bool, Date, Id, Number, Text};
    [
        Field::new(
            "customer",
            Id,
            ("客户代码", "Customer ID"),
            ("customers/ 里的文件名", "Name of the file in customers/"),
            |r| Cell::id(r.customer.id),
        ),
        Field::new(
            "customer_name",
            Text,
            ("客户", "Customer"),
            ("客户名称", "The customer's name"),
            |r| Cell::text(r.ctx.party(PartyKind::Customer, r.customer.id).text),
        ),
        Field::new(
            "country",
            Id,
            ("国家", "Country"),
            ("ISO 两位代码", "ISO code, two letters"),
            |r| {
                let party = r.ctx.book().party(PartyKind::Customer, r.customer.id);
                Cell::id(party.and_then(|p| p.country.clone()).unwrap_or_default())
            },
        ),
        Field::new(
            "currency",
            Id,
            ("币种", "Currency"),
            ("后面金额的币种", "Of the amounts that follow"),
            |r| Cell::id(r.currency.map_or("", |c| c.code())),
        ),
        Field::new(
            "secured",
            Amount,
            ("有保障", "Secured"),
            ("生效、没被拒付的信用证", "An effective credit, not refused"),
            |r| r.amount(|o| o.secured),
        ),
        Field::new(
            "controlled",
            Amount,
            ("货或单据在手", "In hand"),
            ("货没出，或正本在我们或银行手里", "Goods not shipped, or originals with us or a bank"),
            |r| r.amount(|o| o.controlled),
        ),
        Field::new(
            "unsecured",
            Amount,
            ("无保障", "Unsecured"),
            ("只有客户的一句话", "Nothing but the buyer's word"),
            |r| r.amount(|o| o.unsecured),
        ),
        Field::new(
            "total",
            Amount,
            ("敞口合计", "Exposure"),
            ("前三列之和", "Sum of the three"),
            |r| r.amount(Owed::total),
        ),
        Field::new(
            "overdue",
            Amount,
            ("其中逾期", "Of it overdue"),
            ("过了到期日、没有争议的", "Past its due day and not disputed"),
            |r| r.amount(|o| o.overdue),
        ),
        Field::new(
            "oldest_days",
            Number,
            ("最久逾期（天）", "Oldest (days)"),
            ("逾期最久的一笔", "Of what is overdue longest"),
            |r| Cell::number(r.owed().filter(|o| o.oldest > 0).map(|o| o.oldest.into())),
        ),
        Field::new(
            "disputed",
            Amount,
            ("其中有争议", "Of it disputed"),
            ("投诉里没谈定的", "Claimed and not agreed"),
            |r| r.amount(|o| o.disputed),
        ),
        Field::new(
            "pending",
            Amount,
            ("未投产", "Not in production"),
            ("不算敞口", "No exposure yet"),
            |r| r.amount(|o| o.pending),
        ),
        Field::new(
            "limit",
            Amount,
            ("额度", "Credit limit"),
            ("客户的额度，没有就是在手订单批的", "The customer's, else what was approved for open orders"),
            |r| Cell::amount(r.limit().map(|l| l.amount), r.currency),
        ),
        Field::new(
            "limit_until",
            Date,
            ("额度到期", "Limit until"),
            ("额度的最后一天", "Its last day"),
            |r| Cell::date(r.limit().and_then(|l| l.until)),
        ),
        Field::new(
            "limit_expired",
            Bool,
            ("额度已过期", "Limit expired"),
            ("过期的额度不算数", "An expired limit does not count"),
            |r| r.limit().map_or(Cell::Empty, |l| Cell::Bool(l.expired)),
        ),
        Field::new(
            "used_percent",
            Number,
            ("额度已用 %", "Used, %"),
            ("无保障 ÷ 额度，同一币种", "Unsecured ÷ limit, in one currency"),
            |r| Cell::number(r.limit().and_then(|l| r.customer.used(l)).map(|used| rounded(used, 1))),
        ),
        Field::new(
            "settled",
            Number,
            ("12 个月付了几笔", "Settled in 12 months"),
            ("收齐的款项，所有币种", "Parts that were settled, in all currencies"),
            |r| Cell::count(r.customer.habit.on_time().1),
        ),
        Field::new(
            "on_time",
            Number,
            ("其中按时", "Of them on time"),
            ("不晚于到期日", "Not after the due day"),
            |r| Cell::count(r.customer.habit.on_time().0),
        ),
        Field::new(
            "median_days_late",
            Number,
            ("晚几天，中位", "Days late, median"),
            ("负数是早了", "Negative: early"),
            |r| Cell::number(r.customer.habit.median()),
        ),
        Field::new(
            "longest_days",
            Number,
            ("最长拖期（天）", "Longest delay (days)"),
            ("含还没付的", "What is still open included"),
            |r| Cell::number(r.customer.habit.longest.map(|d| d.days.into())),
        ),
        Field::new(
            "longest_open",
            Bool,
            ("最长的还没了", "Longest still open"),
            ("是不是还没付", "Whether it is still unpaid"),
            |r| r.customer.habit.longest.map_or(Cell::Empty, |d| Cell::Bool(d.open)),
        ),
        Field::new(
            "longest_order",
            Id,
            ("最长的是哪一单", "Order of the longest"),
            ("订单号", "Its order"),
            |r| {
                let order = r.customer.habit.longest.and_then(|d| r.ctx.book().orders.get(d.order));
                Cell::id(order.map(|o| o.id.to_string()).unwrap_or_default())
            },
        ),
    ]
}
