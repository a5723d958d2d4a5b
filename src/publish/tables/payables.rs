//! What we owe: every bill with what was paid for it, what was paid ahead, and what was ordered and not billed yet.
//! Finance's view: see [`crate::publish::payables`].

use rust_decimal::Decimal;

use crate::derive::payable::{Commitment, Unmatched, Vat};
use crate::exchange::table::{Cell, Field, Kind, Table};
use crate::model::Order;
use crate::model::money::Payment;
use crate::model::value::Currency;
use crate::publish::ctx::Ctx;
use crate::publish::exports::{Export, Make};
use crate::publish::payables::{self, BillRow, Owing};

/// `gendan export payables`.
pub const EXPORT: Export =
    Export { name: "payables", title: ("应付", "Payables"), makes: &[Make::Table(table)] };

/// Bills by due day, open ones first; then what was paid without a bill, then what was ordered without one.
#[must_use]
pub fn table(ctx: &Ctx<'_>) -> Table {
    let owing = Owing::of(ctx.facts, ctx.audience);
    let bills = owing.bills().map(|row| Row { ctx, what: What::Bill(row) });
    let ahead = owing.ahead().map(|(order, u, paid)| Row { ctx, what: What::Ahead(order, u, paid) });
    let ordered = owing.ordered().map(|(order, c)| Row { ctx, what: What::Ordered(order, c) });
    let rows: Vec<Row<'_, '_>> = bills.chain(ahead).chain(ordered).collect();
    Table::of(EXPORT.name, 1, EXPORT.title, &fields(), rows)
}

struct Row<'r, 'a> {
    ctx: &'r Ctx<'a>,
    what: What<'r, 'a>,
}

enum What<'r, 'a> {
    Bill(&'r BillRow<'a>),
    Ahead(&'a Order, &'r Unmatched, &'a Payment),
    Ordered(&'a Order, &'r Commitment),
}

impl<'a> Row<'_, 'a> {
    fn order(&self) -> &'a Order {
        match self.what {
            What::Bill(row) => row.order,
            What::Ahead(order, ..) | What::Ordered(order, _) => order,
        }
    }

    fn party(&self) -> &str {
        match &self.what {
            What::Bill(row) => row.party(),
            What::Ahead(_, _, paid) => paid.to.as_deref().unwrap_or_default().trim(),
            What::Ordered(_, c) => &c.to,
        }
    }

    fn currency(&self) -> Option<Currency> {
        match &self.what {
            What::Bill(row) => row.fact.currency,
            What::Ahead(_, u, _) => u.currency,
            What::Ordered(_, c) => c.currency,
        }
    }

    fn bill(&self) -> Option<&BillRow<'a>> {
        match self.what {
            What::Bill(row) => Some(row),
            _ => None,
        }
    }

    fn amount(&self, value: Option<Decimal>) -> Cell {
        Cell::amount(value, self.currency())
    }
}

fn fields<'r, 'a>() -> [Field<Row<'r, 'a>>; 17] {
    use Kind::{Amount, Date, Id, Number, Text, Word};
    [
        Field::new(
            "row",
            Word,
            ("是什么", "What"),
            ("账单；没有账单的付款；已下单还没账单", "A bill; a payment without one; an order without one"),
            |r| {
                let (code, word) = match r.what {
                    What::Bill(_) => ("bill", ("账单", "bill")),
                    What::Ahead(..) => ("payment", ("没有账单的付款", "payment without a bill")),
                    What::Ordered(..) => ("ordered", ("已下单，还没账单", "ordered, not billed")),
                };
                Cell::word(code, r.ctx.word(word))
            },
        ),
        Field::new("order", Id, ("订单号", "Order"), ("哪一单的", "For which order"), |r| {
            Cell::id(&*r.order().id)
        }),
        Field::new(
            "party",
            Id,
            ("对方代码", "Party ID"),
            ("suppliers/ 或 forwarders/ 里的文件名", "Name of the file in suppliers/ or forwarders/"),
            |r| Cell::id(r.party()),
        ),
        Field::new("party_name", Text, ("对方", "Party"), ("名称", "Its name"), |r| {
            let id = r.party();
            Cell::text(if id.is_empty() { String::new() } else { payables::party(r.ctx, id).text })
        }),
        Field::new("kind", Word, ("种类", "Kind"), ("货款、运费……", "Goods, freight …"), |r| {
            let kind = r.bill().and_then(|row| row.bill.kind);
            kind.map_or(Cell::Empty, |kind| Cell::word(kind.code(), r.ctx.word(kind.title())))
        }),
        Field::new(
            "number",
            Id,
            ("账单号", "Bill"),
            ("账单上的号码；付款写的账单号", "The bill's number, or the one a payment names"),
            |r| {
                Cell::id(match &r.what {
                    What::Bill(row) => row.bill.number.clone().unwrap_or_default(),
                    What::Ahead(_, _, paid) => paid.bill.clone().unwrap_or_default(),
                    What::Ordered(..) => String::new(),
                })
            },
        ),
        Field::new(
            "date",
            Date,
            ("日期", "Date"),
            ("账单日或付款日", "Of the bill or the payment"),
            |r| {
                Cell::date(match &r.what {
                    What::Bill(row) => row.bill.date,
                    What::Ahead(_, _, paid) => paid.date,
                    What::Ordered(..) => None,
                })
            },
        ),
        Field::new(
            "due",
            Date,
            ("到期", "Due"),
            ("账单到期；已下单的是要求完工日", "Of the bill; of what is ordered, the day to finish"),
            |r| {
                Cell::date(match &r.what {
                    What::Bill(row) => row.fact.due,
                    What::Ahead(..) => None,
                    What::Ordered(_, c) => c.due,
                })
            },
        ),
        Field::new(
            "currency",
            Id,
            ("币种", "Currency"),
            ("后面金额的币种", "Of the amounts that follow"),
            |r| Cell::id(r.currency().map_or("", |c| c.code())),
        ),
        Field::new(
            "amount",
            Amount,
            ("金额", "Amount"),
            ("账单额、付款额、采购额", "Of the bill, the payment, the purchase order"),
            |r| {
                r.amount(match &r.what {
                    What::Bill(row) => Some(row.fact.amount),
                    What::Ahead(_, u, _) => Some(u.amount),
                    What::Ordered(_, c) => Some(c.ordered),
                })
            },
        ),
        Field::new(
            "paid",
            Amount,
            ("已付", "Paid"),
            ("对上这张账单的付款", "Payments set against the bill"),
            |r| r.amount(r.bill().map(|row| row.fact.paid)),
        ),
        Field::new(
            "open",
            Amount,
            ("未付", "Open"),
            ("账单还欠多少；负数是对方的贷项", "Still to be paid; negative: a credit of the party"),
            |r| r.amount(r.bill().map(|row| row.fact.open)),
        ),
        Field::new(
            "to_be_billed",
            Amount,
            ("还要开", "To be billed"),
            ("已下单还没开账单的", "Ordered and not billed"),
            |r| {
                r.amount(match &r.what {
                    What::Ordered(_, c) => Some(c.rest),
                    _ => None,
                })
            },
        ),
        Field::new(
            "overdue_days",
            Number,
            ("逾期（天）", "Overdue (days)"),
            ("没逾期的空着", "Empty where it is not"),
            |r| Cell::number(r.bill().filter(|row| row.fact.overdue > 0).map(|row| row.fact.overdue.into())),
        ),
        Field::new(
            "vat",
            Id,
            ("增值税发票号", "VAT invoice"),
            ("登记的号码", "Its number"),
            |r| Cell::id(r.bill().and_then(|row| row.bill.vat.clone()).unwrap_or_default()),
        ),
        Field::new(
            "vat_state",
            Word,
            ("增值税发票", "VAT invoice recorded"),
            ("有、没登记、不适用", "Recorded, missing or none expected"),
            |r| {
                r.bill().map_or(Cell::Empty, |row| {
                    let (code, word) = match row.fact.vat {
                        Vat::There => ("recorded", ("有", "recorded")),
                        Vat::Missing => ("missing", ("没登记", "missing")),
                        Vat::None => ("none", ("不适用", "none expected")),
                    };
                    Cell::word(code, r.ctx.word(word))
                })
            },
        ),
        Field::new(
            "note",
            Text,
            ("说明", "Note"),
            ("付款写的用途，和没对上账单的原因", "What a payment was for, and why it has no bill"),
            |r| {
                Cell::text(match &r.what {
                    What::Ahead(_, u, paid) => {
                        let why = r.ctx.word(u.reason.title());
                        match paid.r#for.as_deref() {
                            Some(what) => format!("{what}{}{why}", r.ctx.word(("；", "; "))),
                            None => why.to_owned(),
                        }
                    }
                    _ => String::new(),
                })
            },
        ),
    ]
}
