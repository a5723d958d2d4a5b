//! The page of a month: which orders its manifest lists, each with a link to its own page. One page for both languages,
//! so its headings stand in both.

use crate::archive::making::filed_day;
use crate::archive::manifest::Stem;
use crate::derive::OrderFacts;
use crate::model::Order;
use crate::publish::ctx::Ctx;
use crate::publish::forge::percent;
use crate::site::view::{FiledMonthPage, FiledOrderPage, FiledRow, Link, Mark};

/// An order's line on the page of its month.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filed {
    /// `2026/GD26-0061`.
    pub folder: String,
    /// `GD26-0061`.
    pub id: String,
    /// Name of the customer.
    pub customer: String,
    /// The customer's order number.
    pub po: String,
    /// When it was filed.
    pub day: String,
    /// Complete, something missing, cancelled.
    pub state: &'static str,
}

pub(super) fn filed(
    ctx: &Ctx<'_>,
    order: &Order,
    own: &OrderFacts,
    folder: &str,
    page: &FiledOrderPage,
) -> Filed {
    Filed {
        folder: folder.to_owned(),
        id: order.id.to_string(),
        customer: ctx.customer(order).text,
        po: order.po.clone().unwrap_or_default(),
        day: filed_day(own).map(|day| day.to_string()).unwrap_or_default(),
        state: match page.mark {
            Mark::Done => "✓ 完整 complete",
            Mark::Na => "– 取消 cancelled",
            _ => "✗ 缺件 incomplete",
        },
    }
}

/// The page of a month; `rows` by folder.
#[must_use]
pub fn page(ctx: &Ctx<'_>, stem: Stem, rows: &[Filed]) -> FiledMonthPage {
    let manifest = stem.manifest();
    let row = |filed: &Filed| FiledRow {
        order: Link::new(&filed.id, percent(&format!("{}/index.html", filed.folder))),
        cells: vec![filed.customer.clone(), filed.po.clone(), filed.day.clone(), filed.state.to_owned()],
    };
    FiledMonthPage {
        file: format!("archive/{}", stem.page()),
        title: format!("归档 Archive {}", stem.text()),
        company: ctx.company(),
        columns: ["订单 Order", "客户 Customer", "客户单号 PO", "归档日 Filed on", "资料 Papers"]
            .map(str::to_owned)
            .to_vec(),
        rows: rows.iter().map(row).collect(),
        verify: vec![
            format!("验证本月：在这个文件夹里运行 sha256sum -c {manifest}；全部检查见 README.txt。"),
            format!(
                "To check this month run sha256sum -c {manifest} in this folder; README.txt says how to check everything."
            ),
        ],
    }
}
