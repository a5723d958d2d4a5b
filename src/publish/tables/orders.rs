//! The order register: every order with what people filter and sum by.

use crate::derive::OrderFacts;
use crate::exchange::table::{Cell, Field, Kind, Table};
use crate::model::Order;
use crate::model::party::PartyKind;
use crate::model::stage::Milestone;
use crate::model::value::Currency;
use crate::publish::ctx::Ctx;
use crate::publish::exports::{Export, Make};
use crate::publish::row;
use crate::publish::state::{self, OrderState};
use crate::report::Counts;
use crate::site::view::Mark;
use crate::text::StaticBi;

/// `gendan export orders`.
pub const EXPORT: Export =
    Export { name: "orders", title: ("订单登记表", "Order register"), makes: &[Make::Table(table)] };

/// The register, by order number.
#[must_use]
pub fn table(ctx: &Ctx<'_>) -> Table {
    let rows = ctx.facts.each().map(|(order, own)| Row {
        ctx,
        order,
        own,
        state: state::of(ctx, order, own),
        counts: Counts::of(ctx.findings.order(&order.id).iter().copied()),
    });
    Table::of(EXPORT.name, 1, EXPORT.title, &fields(), rows)
}

/// An order with what is asked of it more than once.
struct Row<'r, 'a> {
    ctx: &'r Ctx<'a>,
    order: &'r Order,
    own: &'r OrderFacts,
    state: OrderState,
    counts: Counts,
}

impl Row<'_, '_> {
    /// Nothing useful could be read of it.
    fn unread(&self) -> bool {
        self.order.broken && self.order.items.is_empty()
    }

    fn currency(&self) -> Option<Currency> {
        self.own.goods.currency
    }

    fn word(&self, code: &'static str, word: StaticBi) -> Cell {
        Cell::word(code, self.ctx.word(word))
    }

    fn person(&self, id: Option<&str>) -> Cell {
        id.map_or(Cell::Empty, |id| Cell::word(id.to_owned(), self.ctx.person(id)))
    }
}

fn text(text: Option<&String>) -> Cell {
    Cell::text(text.cloned().unwrap_or_default())
}

fn fields<'r, 'a>() -> [Field<Row<'r, 'a>>; 35] {
    use Kind::{Amount, Bool, Date, Id, Number, Text, Word};
    [
        Field::new(
            "id",
            Id,
            ("订单号", "Order"),
            ("订单文件夹的名字", "Name of the order's folder"),
            |r| Cell::id(&*r.order.id),
        ),
        Field::new(
            "state",
            Word,
            ("状态", "State"),
            ("进行中、已结案、已归档、已取消、读不出", "Open, closed, archived, cancelled or unreadable"),
            state,
        ),
        Field::new(
            "stage",
            Word,
            ("阶段", "Stage"),
            (
                "十个阶段里最早一个没完成的；全部完成和已取消的空着",
                "The earliest of the ten stages that is not over; empty when all are, or the order is cancelled",
            ),
            |r| match r.state.stage {
                Some(key) => Cell::word(key.code(), state::stage_name(r.ctx, key)),
                None => Cell::Empty,
            },
        ),
        Field::new("waits", Text, ("在等什么", "Waiting for"), ("下一步", "The next step"), |r| {
            Cell::text(&*r.state.waits)
        }),
        Field::new(
            "late",
            Bool,
            ("晚了", "Late"),
            (
                "已过计划或最后期限，或文件有写法错误；推算的日期不算",
                "Past its plan or its limit, or with mistakes in its files; derived dates do not count",
            ),
            |r| Cell::Bool(r.state.mark == Mark::Late),
        ),
        Field::new(
            "slack_days",
            Number,
            ("余量（天）", "Slack (days)"),
            ("离下一个期限还有几天，负数是已经过了", "Days left to the next limit; negative: past it"),
            |r| Cell::number(r.state.slack_days.map(Into::into)),
        ),
        Field::new(
            "slack_to",
            Word,
            ("余量到", "Slack to"),
            ("余量算到哪个期限", "Which limit the slack is counted to"),
            |r| match r.state.slack_to {
                Some(what) => Cell::word(what.1.to_lowercase(), r.ctx.word(what)),
                None => Cell::Empty,
            },
        ),
        Field::new(
            "slack_derived",
            Bool,
            ("余量是推算", "Slack derived"),
            ("没人写过计划，按最迟装运日推算", "Nobody wrote a plan; counted back from the latest shipment"),
            |r| if r.state.slack_days.is_some() { Cell::Bool(r.state.slack_derived) } else { Cell::Empty },
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
            "po",
            Id,
            ("客户订单号", "PO"),
            ("客户的订单号", "The customer's order number"),
            |r| Cell::id(r.order.po.clone().unwrap_or_default()),
        ),
        Field::new(
            "goods",
            Text,
            ("货物", "Goods"),
            ("第一款和款数", "The first item and how many there are"),
            |r| Cell::text(row::goods_text(r.ctx, r.order)),
        ),
        Field::new(
            "qty",
            Number,
            ("数量", "Quantity"),
            ("单位都一样时的总数", "Sum, where all units are the same"),
            |r| Cell::number(r.own.goods.qty),
        ),
        Field::new("unit", Text, ("单位", "Unit"), ("数量的单位", "Unit of the quantity"), |r| {
            if r.own.goods.qty.is_some() { text(r.own.goods.unit.as_ref()) } else { Cell::Empty }
        }),
        Field::new(
            "packages",
            Number,
            ("件数", "Packages"),
            ("按每箱数量算", "From the quantity per carton"),
            |r| Cell::number(r.own.goods.packages),
        ),
        Field::new(
            "gross_kg",
            Number,
            ("毛重 KG", "Gross kg"),
            ("按每箱毛重算", "From the weight per carton"),
            |r| Cell::number(r.own.goods.gross_kg),
        ),
        Field::new(
            "cbm",
            Number,
            ("体积 CBM", "CBM"),
            ("按外箱尺寸算", "From the size of the cartons"),
            |r| Cell::number(r.own.goods.cbm),
        ),
        Field::new(
            "signed",
            Date,
            ("签约日", "Signed"),
            ("双方签字的日子", "The day both sides signed"),
            |r| Cell::date(r.order.signed),
        ),
        Field::new(
            "ship_by",
            Date,
            ("最迟装运", "Latest shipment"),
            ("合同的最迟装运日", "As the contract says"),
            |r| Cell::date(r.order.ship_by),
        ),
        Field::new(
            "shipped",
            Date,
            ("装运日", "Shipped"),
            ("最后一批装运的日子", "The day the last shipment left"),
            |r| Cell::date(r.own.progress.done_on(Milestone::Shipped)),
        ),
        Field::new(
            "incoterm",
            Text,
            ("贸易术语", "Incoterm"),
            ("术语和地点", "Term and named place"),
            |r| Cell::text(r.order.incoterm.as_ref().map(|t| t.text.clone()).unwrap_or_default()),
        ),
        Field::new("mode", Word, ("运输方式", "Mode"), ("海运、空运……", "Sea, air …"), |r| {
            r.order.mode.map_or(Cell::Empty, |mode| r.word(mode.code(), mode.name()))
        }),
        Field::new(
            "from",
            Text,
            ("起运", "From"),
            ("装货港或起运地", "Port of loading or place of dispatch"),
            |r| text(r.order.from.as_ref()),
        ),
        Field::new(
            "to",
            Text,
            ("目的", "To"),
            ("卸货港或目的地", "Port of discharge or destination"),
            |r| text(r.order.to.as_ref()),
        ),
        Field::new(
            "payment",
            Text,
            ("付款方式", "Payment"),
            ("合同的付款方式", "Terms as written in the order"),
            |r| text(r.order.payment.as_ref()),
        ),
        Field::new(
            "currency",
            Id,
            ("币种", "Currency"),
            ("后面几列金额的币种", "Of the amounts that follow"),
            |r| Cell::id(r.order.currency.clone().unwrap_or_default()),
        ),
        Field::new(
            "total",
            Amount,
            ("合同金额", "Contract total"),
            ("货物加费用", "Goods and charges"),
            |r| Cell::amount(r.own.goods.total, r.currency()),
        ),
        Field::new(
            "payable",
            Amount,
            ("应收总额", "To be paid"),
            (
                "正式发票的金额，加上还没开票的货",
                "Final invoices, and the contract value of goods not yet invoiced",
            ),
            |r| Cell::amount(r.own.money.total, r.currency()),
        ),
        Field::new(
            "received",
            Amount,
            ("已收", "Received"),
            (
                "水单上的金额加银行扣费，只算本币种",
                "Bank advices with their charges, in the order's currency",
            ),
            |r| if r.unread() { Cell::Empty } else { Cell::amount(Some(r.own.money.received), r.currency()) },
        ),
        Field::new(
            "open",
            Amount,
            ("未收", "Open"),
            ("应收减已收和贷项；负数是多收", "What is still to come in, less credits; negative: over-paid"),
            |r| Cell::amount(r.own.money.open, r.currency()),
        ),
        Field::new(
            "paid",
            Date,
            ("收齐", "Paid"),
            ("全部收齐的日子；差额在容差内也算", "The day everything was in, small differences aside"),
            |r| Cell::date(r.own.progress.done_on(Milestone::Paid)),
        ),
        Field::new(
            "merchandiser",
            Word,
            ("跟单", "Merchandiser"),
            ("跟单员", "Who follows the order"),
            |r| r.person(r.order.merchandiser.as_deref()),
        ),
        Field::new("clerk", Word, ("单证", "Clerk"), ("单证员", "Who makes the documents"), |r| {
            r.person(r.order.clerk.as_deref())
        }),
        Field::new(
            "errors",
            Number,
            ("错误", "Errors"),
            (
                "记录和单据里没豁免的错误，归档后的不算",
                "Errors of records and documents, without waived ones and history",
            ),
            |r| Cell::count(r.counts.errors),
        ),
        Field::new(
            "risks",
            Number,
            ("风险", "Risks"),
            ("延误、逾期、敞口的提醒", "What is late, overdue or exposed"),
            |r| Cell::count(r.counts.risks),
        ),
    ]
}

fn state(r: &Row<'_, '_>) -> Cell {
    let own = r.own;
    if r.unread() {
        r.word("unreadable", ("读不出", "unreadable"))
    } else if own.is_cancelled() {
        r.word("cancelled", ("已取消", "cancelled"))
    } else if own.is_archived() {
        r.word("archived", ("已归档", "archived"))
    } else if own.is_open() {
        r.word("open", ("进行中", "open"))
    } else {
        r.word("closed", ("已结案", "closed"))
    }
}
