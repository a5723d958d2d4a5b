//! Receivables: every amount that somebody owes, with its due day, its age, what secures it and who is to be reminded.

use rust_decimal::Decimal;

use crate::derive::OrderFacts;
use crate::derive::aging::{Aging, Buckets, Owed};
use crate::derive::cash::{Basis, Cash, Expected};
use crate::derive::money::chase::{Chase, Step};
use crate::derive::money::{Line, Security};
use crate::exchange::table::{Cell, Field, Kind, Table};
use crate::model::Order;
use crate::model::party::PartyKind;
use crate::model::setup::Rate;
use crate::model::value::Currency;
use crate::publish::ctx::Ctx;
use crate::publish::exports::{Export, Make};
use crate::publish::pay;
use crate::text::StaticBi;

/// `gendan export receivables`.
pub const EXPORT: Export =
    Export { name: "receivables", title: ("应收明细", "Receivables"), makes: &[Make::Table(table)] };

/// What is owed: by currency, what hurts most on top.
#[must_use]
pub fn table(ctx: &Ctx<'_>) -> Table {
    let aging = Aging::of(ctx.facts);
    let cash = Cash::of(ctx.facts, &aging);
    let base = ctx.book().config.base.as_deref().and_then(Currency::parse);
    let rows = aging.owed.iter().enumerate().filter_map(|(at, owed)| {
        let order = ctx.book().orders.get(owed.order)?;
        let own = ctx.facts.orders.get(owed.order)?;
        let line = owed.line.and_then(|at| own.money.lines.get(at));
        Some(Row {
            ctx,
            order,
            own,
            owed,
            line,
            buckets: &aging.buckets,
            chase: own.money.chase.iter().find(|c| Some(c.line) == owed.line),
            expected: cash.expected(at),
            base,
        })
    });
    Table::of(EXPORT.name, 1, EXPORT.title, &fields(), rows)
}

/// An amount that is owed, with what its columns ask.
struct Row<'r, 'a> {
    ctx: &'r Ctx<'a>,
    order: &'r Order,
    own: &'r OrderFacts,
    owed: &'r Owed,
    /// Nothing where the payment line cannot be read.
    line: Option<&'r Line>,
    buckets: &'r Buckets,
    chase: Option<&'r Chase>,
    expected: Option<&'r Expected>,
    base: Option<Currency>,
}

impl<'a> Row<'_, 'a> {
    fn word(&self, code: &'static str, word: StaticBi) -> Cell {
        Cell::word(code, self.ctx.word(word))
    }

    fn person(&self, id: Option<&str>) -> Cell {
        id.map_or(Cell::Empty, |id| Cell::word(id.to_owned(), self.ctx.person(id)))
    }

    fn amount(&self, get: impl Fn(&Line) -> Decimal) -> Cell {
        Cell::amount(self.line.map(get), self.owed.currency)
    }

    /// The rate into the base currency; none is made up.
    fn rate(&self) -> Option<&'a Rate> {
        let code = self.owed.currency.filter(|c| self.base.is_some_and(|base| base != *c))?.code();
        self.ctx.book().rate(code, self.ctx.as_of())
    }

    fn in_base(&self) -> Option<Decimal> {
        let rate = if self.owed.currency == self.base { Decimal::ONE } else { self.rate()?.rate };
        let base = self.base?;
        let value = self.owed.open.checked_mul(rate)?;
        Some(crate::model::value::money::round(value, base.minor()))
    }

    fn step(&self, step: Option<Step>) -> Cell {
        Cell::id(step.map(|s| s.to_string()).unwrap_or_default())
    }
}

fn fields<'r, 'a>() -> [Field<Row<'r, 'a>>; 38] {
    use Kind::{Amount, Bool, Date, Id, Number, Text, Word};
    [
        Field::new(
            "order",
            Id,
            ("订单号", "Order"),
            ("订单文件夹的名字", "Name of the order's folder"),
            |r| Cell::id(&*r.order.id),
        ),
        Field::new(
            "po",
            Id,
            ("客户订单号", "PO"),
            ("客户的订单号", "The customer's order number"),
            |r| Cell::id(r.order.po.clone().unwrap_or_default()),
        ),
        Field::new(
            "customer",
            Id,
            ("客户代码", "Customer ID"),
            ("customers/ 里的文件名", "Name of the file in customers/"),
            |r| Cell::id(r.order.customer.clone().unwrap_or_default()),
        ),
        Field::new(
            "customer_name",
            Text,
            ("客户", "Customer"),
            ("客户名称", "The customer's name"),
            |r| {
                let id = r.order.customer.as_deref();
                Cell::text(id.map(|id| r.ctx.party(PartyKind::Customer, id).text).unwrap_or_default())
            },
        ),
        Field::new(
            "instalment",
            Number,
            ("第几期", "Instalment"),
            (
                "付款方式里的第几项；空着是付款方式读不出来",
                "Position in the payment terms; empty: they cannot be read",
            ),
            |r| Cell::number(r.line.map(|line| Decimal::from(line.instalment.saturating_add(1)))),
        ),
        Field::new(
            "method",
            Word,
            ("怎么付", "Method"),
            ("定金、信用证、赊销……", "Deposit, letter of credit, open account …"),
            |r| r.line.map_or(Cell::Empty, |line| r.word(line.method.code(), line.method.name())),
        ),
        Field::new("what", Text, ("款项", "What"), ("份额和方式", "Share and method"), |r| {
            Cell::text(r.line.map(|line| pay::label(r.ctx, r.own, line)).unwrap_or_default())
        }),
        Field::new(
            "shipment",
            Id,
            ("批次", "Shipment"),
            ("按批付的才有", "Where it is paid by shipment"),
            |r| Cell::id(r.line.and_then(|line| line.shipment.clone()).unwrap_or_default()),
        ),
        Field::new(
            "currency",
            Id,
            ("币种", "Currency"),
            (
                "后面几列金额的币种；不同币种不能相加",
                "Of the amounts that follow; currencies are not to be added",
            ),
            |r| Cell::id(r.owed.currency.map_or("", Currency::code)),
        ),
        Field::new("amount", Amount, ("应收", "Amount"), ("这一期的金额", "What falls due"), |r| {
            Cell::amount(r.line.and_then(|line| line.amount), r.owed.currency)
        }),
        Field::new(
            "received",
            Amount,
            ("实收", "Received"),
            ("到账净额", "Net, as the bank advices say"),
            |r| r.amount(|line| line.applied.saturating_sub(line.charges)),
        ),
        Field::new(
            "charges",
            Amount,
            ("手续费", "Charges"),
            ("水单上列的扣费", "Deducted on the way, as the advices say"),
            |r| r.amount(|line| line.charges),
        ),
        Field::new(
            "credited",
            Amount,
            ("扣减", "Credited"),
            ("贷项、折扣、核销", "Credit notes, discounts, write-offs"),
            |r| r.amount(|line| line.credited),
        ),
        Field::new("open", Amount, ("未收", "Open"), ("还没收的", "What is still open"), |r| {
            Cell::amount(Some(r.owed.open), r.owed.currency)
        }),
        Field::new(
            "disputed",
            Amount,
            ("有争议", "Disputed"),
            ("未收里客户有争议的部分", "The part of it that the customer disputes"),
            |r| Cell::amount(Some(r.owed.disputed), r.owed.currency),
        ),
        Field::new(
            "due",
            Date,
            ("到期日", "Due"),
            ("遇休息日已经挪到工作日", "Moved to an open day where it falls on a closed one"),
            |r| Cell::date(r.owed.due),
        ),
        Field::new(
            "due_estimated",
            Bool,
            ("到期日是推算", "Due day estimated"),
            ("触发日还没到，按计划推算", "Its event has not happened; from the plan"),
            |r| match (r.owed.due, r.line) {
                (Some(_), Some(line)) => Cell::Bool(line.due.estimated),
                (Some(_), None) => Cell::Bool(true),
                (None, _) => Cell::Empty,
            },
        ),
        Field::new(
            "due_provisional",
            Bool,
            ("到期日暂定", "Due day provisional"),
            ("当地那一年的假日没登记", "Holidays of that place and year are not on record"),
            |r| match r.line.filter(|_| r.owed.due.is_some()) {
                Some(line) => Cell::Bool(line.due.provisional),
                None => Cell::Empty,
            },
        ),
        Field::new(
            "due_from",
            Text,
            ("从哪天算", "Counted from"),
            ("到期日从什么算起；没有到期日的写原因", "What starts the clock, or why there is no day"),
            |r| {
                let due = r.line.map(|line| pay::due(r.ctx, line)).unwrap_or_default();
                Cell::text(if due.waits.is_empty() { due.basis } else { due.waits })
            },
        ),
        Field::new(
            "days_overdue",
            Number,
            ("逾期天数", "Days overdue"),
            ("0 是没逾期", "0: not overdue"),
            |r| Cell::number(Some(Decimal::from(r.owed.overdue))),
        ),
        Field::new(
            "bucket",
            Word,
            ("账龄", "Bucket"),
            ("按逾期天数分段；有争议的部分另看", "By days overdue; what is disputed is not aged"),
            |r| match r.owed.bucket.and_then(|at| r.buckets.ranges().nth(at)) {
                None => r.word("not-due", ("未到期", "not due")),
                Some((from, Some(to))) => Cell::word(format!("{from}-{to}"), format!("{from}–{to}")),
                Some((from, None)) => {
                    let over = from.saturating_sub(1);
                    Cell::word(format!("over-{over}"), format!(">{over}"))
                }
            },
        ),
        Field::new(
            "security",
            Word,
            ("保障", "Security"),
            (
                "信用证、货或单据在手、无保障、未投产",
                "A bank, goods or documents in hand, nothing, not in production",
            ),
            |r| {
                let code = match r.owed.security {
                    Security::Secured => "secured",
                    Security::Controlled => "controlled",
                    Security::Unsecured => "unsecured",
                    Security::Pending => "pending",
                };
                r.word(code, r.owed.security.title())
            },
        ),
        Field::new(
            "expected",
            Date,
            ("预计到账", "Expected"),
            (
                "到期日；客户另说了日子的按他说的；有争议的没有",
                "The due day, or the day that was promised; none of what is disputed",
            ),
            |r| Cell::date(r.expected.and_then(|e| e.day)),
        ),
        Field::new(
            "expected_by",
            Word,
            ("预计的依据", "Expected by"),
            ("到期日、推算、客户说的", "Due day, estimate, promise"),
            |r| match r.expected.filter(|e| e.day.is_some()).map(|e| e.basis) {
                None => Cell::Empty,
                Some(Basis::Due) => r.word("due", ("到期日", "due day")),
                Some(Basis::Estimated) => r.word("estimate", ("推算", "estimate")),
                Some(Basis::Forecast) => r.word("forecast", ("客户说的", "promise")),
            },
        ),
        Field::new("owner", Word, ("谁催", "Owner"), ("跟单员", "Who follows the order"), |r| {
            r.person(r.order.merchandiser.as_deref())
        }),
        Field::new(
            "reminded",
            Date,
            ("上次催款", "Last reminder"),
            ("这一期最近一次催款", "The last reminder of this amount"),
            |r| Cell::date(r.line.and_then(|line| pay::reminded(r.ctx, r.order, r.own, line)?.date)),
        ),
        Field::new(
            "reminded_by",
            Word,
            ("上次谁催的", "Reminded by"),
            ("最近一次催款的人", "Who sent it"),
            |r| {
                let last = r.line.and_then(|line| pay::reminded(r.ctx, r.order, r.own, line));
                r.person(last.and_then(|reminder| reminder.who.as_deref()))
            },
        ),
        Field::new(
            "step_done",
            Id,
            ("做到哪一步", "Step done"),
            ("催款台阶里做过的最高一步", "The highest step of the ladder that was done"),
            |r| r.step(r.chase.and_then(|c| c.done).map(|(step, _)| step)),
        ),
        Field::new(
            "step_now",
            Id,
            ("现在该做", "Step to do"),
            ("到了还没做的一步", "The step that is reached and not done"),
            |r| r.step(r.chase.and_then(Chase::waiting).map(|(step, _)| step)),
        ),
        Field::new(
            "step_now_since",
            Date,
            ("从哪天起该做", "To do since"),
            ("那一步的日子", "The day of that step"),
            |r| Cell::date(r.chase.and_then(Chase::waiting).map(|(_, day)| day)),
        ),
        Field::new(
            "step_next",
            Id,
            ("下一步", "Next step"),
            ("催款台阶的下一步", "The next step of the ladder"),
            |r| r.step(r.chase.and_then(|c| c.next).map(|(step, _)| step)),
        ),
        Field::new(
            "step_next_on",
            Date,
            ("下一步哪天", "Next step on"),
            ("下一步的日子", "Its day"),
            |r| Cell::date(r.chase.and_then(|c| c.next).map(|(_, day)| day)),
        ),
        Field::new(
            "said",
            Text,
            ("客户怎么说", "Customer said"),
            ("最近一次催款的答复", "The answer to the last reminder"),
            |r| {
                let last = r.line.and_then(|line| pay::reminded(r.ctx, r.order, r.own, line));
                Cell::text(last.and_then(|reminder| reminder.said.clone()).unwrap_or_default())
            },
        ),
        Field::new(
            "base_currency",
            Id,
            ("本位币", "Base currency"),
            ("后面一列金额的币种", "Of the amount in the base currency"),
            |r| Cell::id(r.base.map_or("", Currency::code)),
        ),
        Field::new(
            "rate",
            Number,
            ("汇率", "Rate"),
            (
                "1 个外币折多少本位币；没有就空着，不当成 1",
                "One unit in the base currency; empty where there is none, never 1",
            ),
            |r| Cell::number(r.rate().map(|rate| rate.rate)),
        ),
        Field::new(
            "rate_date",
            Date,
            ("汇率日期", "Rate of"),
            ("汇率是哪天的", "The day of the rate"),
            |r| Cell::date(r.rate().map(|rate| rate.date)),
        ),
        Field::new(
            "rate_source",
            Text,
            ("汇率来源", "Rate from"),
            ("谁公布的", "Who published it"),
            |r| Cell::text(r.rate().map(|rate| rate.source.clone()).unwrap_or_default()),
        ),
        Field::new(
            "open_in_base",
            Amount,
            ("未收折本位币", "Open in base currency"),
            ("只供参考，不用来核销", "For display only; nothing is settled with it"),
            |r| Cell::amount(r.in_base(), r.base),
        ),
    ]
}
