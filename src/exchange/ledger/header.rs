//! What stands at the head and at the end of the files, for the person who opens one.

use super::Journal;
use super::text::line;
use crate::bi;
use crate::text::Lang;

/// The ledger's title.
pub(super) fn title(journal: &Journal) -> String {
    let (company, day) = (&journal.company, journal.as_of);
    let text = bi!("{company} 订单账 {day}", "{company}: ledger of orders, {day}");
    journal.say(&text).trim_start_matches([' ', ':']).to_owned()
}

/// The lines at the head.
pub(super) fn lines(journal: &Journal) -> Vec<String> {
    let title = title(journal);
    let own: &[&str] = match journal.lang {
        Lang::Zh => &HEAD_ZH,
        Lang::En => &HEAD_EN,
    };
    std::iter::once(line(&title)).chain(own.iter().map(|line| (*line).to_owned())).collect()
}

/// The records that could not be booked.
pub(super) fn left_out(journal: &Journal) -> Vec<String> {
    if journal.left_out.is_empty() {
        return Vec::new();
    }
    let head = journal.say(&bi!("没有入账的记录：", "Records that could not be booked:"));
    let each = journal.left_out.iter().map(|l| line(&format!("{}: {}", l.place, l.why)));
    std::iter::once(head).chain(each).collect()
}

const HEAD_ZH: [&str; 15] = [
    "由 gendan 从订单导出：管理用的往来账，各记各的币种，不折算；不是法定账簿，改这里不会改订单。含采购价，不要外传。",
    "截止日以后的记录都不在里面。银行科目只有订单里登记的收付，不是银行余额。",
    "什么时候入账：",
    "  应收：合同生效日（签字日；没签的按第一笔收款或第一次出运），按合同总额，对方科目 Liabilities:Undelivered（已签未交货）；发票改了金额的，发票日调整。",
    "        所以任何一天的应收都是整张合同还没付的钱，到没到期都算，和 gendan 其他地方一致。",
    "  收入 Income:Sales：装运日（D 组术语为交货日），从 Liabilities:Undelivered 转入。",
    "  收款：到账日。水单列明的扣费记 Expenses:Bank-Charges，客户按扣费前的金额算付了。",
    "        多付的在 Liabilities:Customers；对不上的（别的币种、期次写错、负数没写理由）在 Liabilities:Unallocated。",
    "        折算过的外币收款经 Equity:Conversion，两种币种各自平衡。",
    "  容差内的短款：结清那天，记 Expenses:Bank-Charges:Difference。",
    "  贷项、折扣、核销、退款、没收：各自的日期；没写日期的按合同生效日。",
    "  取消：应收和收入冲回，已收的钱转 Liabilities:Customers，等退款或没收。",
    "  应付账单：账单日；没写按到期日，先付清的按付清日，最迟截止日。付款：付款日；先付的、对不上账单的在 Assets:Advances。",
    "科目里的客户、供应商、订单号照文件名写，首字母大写；别的字符写成 -x<十六进制>-。",
    "文件末尾核对余额：数字来自 gendan 的汇总，不是由这些分录加出来的。",
];

const HEAD_EN: [&str; 15] = [
    "Exported from the orders by gendan: a management ledger, each amount in its own currency; not the statutory books, and changing it changes no order. Holds purchase prices.",
    "Nothing dated later is in it. Bank accounts hold what the orders record, not what the bank says.",
    "What is booked when:",
    "  Claim: the day the contract binds (signature; else the first receipt or shipment), the contract total, against Liabilities:Undelivered; what an invoice changes, on its day.",
    "        So on any day the receivable is what is unpaid of the whole contract, due or not, as everywhere in gendan.",
    "  Income:Sales: the day of shipment (of delivery under D terms), out of Liabilities:Undelivered.",
    "  Receipt: its value date. Charges on the advice are Expenses:Bank-Charges, and the buyer has paid the gross amount.",
    "        Paid beyond what is due: Liabilities:Customers. Set against nothing (another currency, an unknown instalment, negative without a reason): Liabilities:Unallocated.",
    "        A converted receipt goes over Equity:Conversion, so that each currency balances by itself.",
    "  Short within the tolerance: the day it was settled, Expenses:Bank-Charges:Difference.",
    "  Credit note, discount, write-off, refund, forfeit: its date; without one, the day the contract binds.",
    "  Cancellation: claim and sales end; what was received is in Liabilities:Customers until refunded or kept.",
    "  Bill: its date; without one its due day or, if earlier, the day it was paid, at the latest the day of the export. Payment: its date; before its bill, or without one, it is in Assets:Advances.",
    "Customers, suppliers and orders stand in accounts as their files are named, with a capital; other characters as -x<hex>-.",
    "Balances are asserted at the end: the figures are gendan's sums, not added up from these entries.",
];
