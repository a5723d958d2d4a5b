//! Customer, supplier and forwarder.

use super::*;

pub(super) fn party(t: T, kind: PartyKind) -> PartyPage {
    let customer = kind == PartyKind::Customer;
    PartyPage {
        id: match kind {
            PartyKind::Customer => "hanse-licht",
            PartyKind::Supplier => "ningbo-haoyu",
            PartyKind::Forwarder => "cosco-nb",
        }
        .into(),
        kind,
        title: if customer {
            "Hanse Licht GmbH".into()
        } else {
            t.t("宁波浩宇照明", "Ningbo Haoyu Lighting Co., Ltd.")
        },
        other_name: if customer {
            "汉萨照明".into()
        } else {
            t.t("Ningbo Haoyu Lighting", "宁波浩宇照明")
        },
        figures: vec![
            t.fig("2", "进行中", "open orders", Mark::Todo, ""),
            t.fig("2/9", "改单", "orders amended", Mark::Todo, ""),
        ],
        money: customer.then(|| {
            let hanse = hanse(t);
            PartyMoney {
                owed: hanse.owed,
                pending: "USD 28,200.00".into(),
                limits: hanse.limits,
                habit: hanse.habit,
            }
        }),
        fields: vec![
            t.f("地址", "Address", "Speicherstadt 4, 20457 Hamburg, DE"),
            t.f("默认术语", "Default term", "FOB Ningbo"),
            t.f("默认付款", "Default payment", "30% deposit, 70% copy-bl"),
            t.f("邮箱", "E-mail", "einkauf@hanse-licht.example"),
        ],
        notes_html: markdown::render(
            &t.t(
                "财务每周五付款；唛头固定；提单要 FREIGHT COLLECT。",
                "Pays on Fridays; fixed marks; the B/L must say FREIGHT COLLECT.",
            ),
            2,
        ),
        open: rows(t).into_iter().take(2).collect(),
        closed: rows(t).into_iter().skip(4).take(1).collect(),
        more: Link::default(),
        findings: vec![],
    }
}
