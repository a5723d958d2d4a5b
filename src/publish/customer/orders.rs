//! The pages of one customer: their orders and nothing else, filled from an allow-list.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::teller::Teller;
use super::{asks, claims, money, papers, place};
use crate::derive::{Facts, OrderFacts};
use crate::model::Order;
use crate::model::order::Item;
use crate::model::party::Party;
use crate::model::stage::Milestone;
use crate::say;
use crate::site::format;
use crate::site::view::{
    CustomerFile, CustomerFinished, CustomerGoods, CustomerNeed, CustomerOrder, CustomerPage, CustomerPart,
    CustomerWords, Link, anchor,
};
use crate::text::Lang;

/// Finished orders on the first page; more of them stand on a page for each year.
const FINISHED: usize = 40;

/// The orders of a customer that concern the customer.
pub(super) struct Orders<'a> {
    /// Whose.
    pub party: &'a Party,
    /// Under way, by number.
    pub open: Vec<(&'a Order, &'a OrderFacts)>,
    /// Done or cancelled, the newest number first.
    pub finished: Vec<(&'a Order, &'a OrderFacts)>,
}

impl<'a> Orders<'a> {
    /// Those of a customer. An order whose files are broken is left out: half of it would be wrong.
    pub(super) fn of(facts: &'a Facts<'a>, party: &'a Party) -> Self {
        let teller = Teller { facts, lang: Lang::En };
        let own = facts.each().filter(|(order, own)| {
            order.customer.as_deref() == Some(&*party.id)
                && !order.broken
                && place::is_theirs(&teller, order, own)
        });
        let (open, mut finished): (Vec<_>, Vec<_>) = own.partition(|(_, own)| own.is_open());
        finished.reverse();
        Self { party, open, finished }
    }

    /// All of them.
    pub(super) fn each(&self) -> impl Iterator<Item = (&'a Order, &'a OrderFacts)> {
        self.open.iter().chain(&self.finished).copied()
    }

    /// The people named as contact.
    pub(super) fn contacts(&self, teller: &Teller<'a>) -> BTreeSet<&'a str> {
        let by_order = self.open.iter().filter_map(|(order, _)| teller.contact(order));
        by_order.chain(self.contact(teller)).collect()
    }

    /// The contact of the page: of the newest order, else the customer's usual one.
    fn contact(&self, teller: &Teller<'a>) -> Option<&'a str> {
        let newest = self.open.iter().rev().find_map(|(order, _)| teller.contact(order));
        newest.or_else(|| {
            let id = self.party.file.defaults.as_deref()?.merchandiser.as_deref()?;
            let person = teller.facts.book.people.get(id)?;
            person.left.is_none_or(|day| day > teller.as_of()).then_some(id)
        })
    }

    /// Every page.
    pub(super) fn pages(&self, facts: &'a Facts<'a>) -> Vec<CustomerPage> {
        let tellers = [Teller { facts, lang: Lang::En }, Teller { facts, lang: Lang::Zh }];
        let years = self.years();
        let several = self.finished.len() > FINISHED;
        let links = |lang: Lang, page: Option<i32>| -> Vec<Link> {
            let all = years.iter().rev().filter(|(year, _)| several && page != Some(**year));
            let link = |(year, list): (&i32, &Vec<_>)| {
                // An order without any day stands under none.
                let name = if *year == 0 { "—".to_owned() } else { year.to_string() };
                Link::new(format!("{name} ({})", list.len()), format!("finished-{year}.html"))
            };
            let back = page.map(|_| Link::new(words(lang).orders, "index.html"));
            back.into_iter().chain(all.map(link)).collect()
        };
        let title = |teller: &Teller<'a>| self.title(teller);
        let first = tellers.map(|teller| CustomerPart {
            needs: self.needs(&teller),
            orders: self.open.iter().map(|(order, own)| self.order(&teller, order, own)).collect(),
            finished: self.finished.iter().take(FINISHED).map(|(o, f)| finished(&teller, o, f)).collect(),
            years: links(teller.lang, None),
            ..self.part(&teller)
        });
        let page = |path: String, parts: [CustomerPart; 2]| CustomerPage {
            path,
            title: title(&Teller { facts, lang: Lang::En }),
            parts: parts.into(),
        };
        let mut pages = vec![page("index.html".to_owned(), first)];
        for (year, list) in years.iter().filter(|_| several) {
            let parts = tellers.map(|teller| CustomerPart {
                finished: list.iter().map(|(o, f)| finished(&teller, o, f)).collect(),
                years: links(teller.lang, Some(*year)),
                ..self.part(&teller)
            });
            pages.push(page(format!("finished-{year}.html"), parts));
        }
        pages
    }

    /// The first page for programs.
    pub(super) fn file(&self, facts: &'a Facts<'a>) -> CustomerFile {
        let teller = Teller { facts, lang: Lang::En };
        CustomerFile {
            version: 1,
            as_of: teller.as_of().to_string(),
            seller: teller.seller(),
            customer: self.party.label(Lang::En).to_owned(),
            needs: self.needs(&teller),
            orders: self.open.iter().map(|(order, own)| self.order(&teller, order, own)).collect(),
            finished: self.finished.iter().map(|(o, f)| finished(&teller, o, f)).collect(),
        }
    }

    fn years(&self) -> BTreeMap<i32, Vec<(&'a Order, &'a OrderFacts)>> {
        let mut years: BTreeMap<i32, Vec<_>> = BTreeMap::new();
        for (order, own) in &self.finished {
            let day = shipped(own).or(own.progress.cancelled).or(order.signed);
            years.entry(day.map_or(0, |day| day.year())).or_default().push((*order, *own));
        }
        years
    }

    fn title(&self, teller: &Teller<'a>) -> String {
        let (name, seller) = (self.party.label(teller.lang), teller.seller());
        match seller.is_empty() {
            true => say!(teller, "{name}：您的订单", "{name}: your orders"),
            false => say!(teller, "{name}：您在{seller}的订单", "{name}: your orders with {seller}"),
        }
    }

    fn part(&self, teller: &Teller<'a>) -> CustomerPart {
        let company = teller.facts.book.config.company();
        let name = self.contact(teller).and_then(|id| teller.name(id)).map(str::to_owned);
        CustomerPart {
            lang: match teller.lang {
                Lang::En => "en",
                Lang::Zh => "zh-Hans",
            },
            prefix: prefix(teller.lang),
            title: self.title(teller),
            as_of: format::full(teller.as_of(), teller.lang),
            words: words(teller.lang),
            contact: [name, company.email, company.phone].into_iter().flatten().collect(),
            warning: say!(
                teller,
                "我们从不用邮件更改收款账号。收到这样的邮件，请先打电话，用您以前就有的号码核实。",
                "We never change account details by e-mail. If you receive such a message, telephone us first, on a number that you already had."
            ),
            ..CustomerPart::default()
        }
    }

    fn needs(&self, teller: &Teller<'a>) -> Vec<CustomerNeed> {
        let mut all: Vec<(NaiveDate, CustomerNeed)> = Vec::new();
        for (order, own) in &self.open {
            let name = order.po.as_deref().unwrap_or(&order.id);
            for ask in asks::of(teller, order, own) {
                let need = CustomerNeed {
                    order: Link::new(name, format!("#{}", id(teller.lang, order))),
                    text: ask.text,
                    day: ask.day.map(|day| teller.day(day)),
                    late: ask.day.is_some_and(|day| day < teller.as_of()),
                };
                all.push((ask.day.unwrap_or(teller.as_of()), need));
            }
        }
        all.sort_by_key(|(day, _)| *day);
        all.into_iter().map(|(_, need)| need).collect()
    }

    fn order(&self, teller: &Teller<'a>, order: &'a Order, own: &OrderFacts) -> CustomerOrder {
        let contact = teller.contact(order).filter(|id| self.contact(teller) != Some(*id));
        let items = order.items.iter().zip(&own.goods.items);
        CustomerOrder {
            anchor: id(teller.lang, order),
            po: order.po.clone().unwrap_or_default(),
            reference: order.id.to_string(),
            state: place::state(teller, order, own),
            lines: place::lines(teller, order, own),
            needs: asks::of(teller, order, own).into_iter().map(|ask| ask.text).collect(),
            goods: items
                .map(|(item, fact)| CustomerGoods {
                    name: name(item),
                    sku: item.customer_sku.clone().or(item.sku.clone()).unwrap_or_default(),
                    quantity: fact
                        .qty
                        .map(|qty| format!("{} {}", teller.number(qty), fact.unit))
                        .unwrap_or_default(),
                })
                .collect(),
            instalments: money::instalments(teller, order, own),
            papers: papers::of(teller, order).iter().map(|paper| papers::view(teller, paper)).collect(),
            claims: claims::of(teller, order, own),
            contact: contact.and_then(|id| teller.name(id)).unwrap_or_default().to_owned(),
        }
    }
}

/// The wording of the documents; the Chinese name is for our customs.
fn name(item: &Item) -> String {
    item.name.clone().or(item.sku.clone()).unwrap_or_default()
}

fn shipped(own: &OrderFacts) -> Option<NaiveDate> {
    own.shipments.iter().filter_map(|s| s.shipped).max().or(own.progress.done_on(Milestone::Shipped))
}

fn finished(teller: &Teller<'_>, order: &Order, own: &OrderFacts) -> CustomerFinished {
    let goods = &own.goods;
    let first = order.items.first().map(name).unwrap_or_default();
    let more = match order.items.len() {
        0 | 1 => String::new(),
        n => {
            let n = n.saturating_sub(1);
            say!(teller, "，另 {n} 种", ", {n} more")
        }
    };
    let quantity =
        goods.qty.zip(goods.unit.as_ref()).map(|(qty, unit)| format!("; {} {unit}", teller.number(qty)));
    CustomerFinished {
        po: order.po.clone().unwrap_or_default(),
        reference: order.id.to_string(),
        goods: format!("{first}{more}{}", quantity.unwrap_or_default()),
        shipped: shipped(own).map(|day| teller.day(day)),
        state: match own.is_cancelled() {
            true => say!(teller, "已取消", "cancelled"),
            false => say!(teller, "已完成", "completed"),
        },
        papers: papers::of(teller, order).iter().map(|paper| papers::view(teller, paper)).collect(),
    }
}

fn prefix(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "",
        Lang::Zh => "zh-",
    }
}

/// The id of an order's section.
fn id(lang: Lang, order: &Order) -> String {
    format!("{}o-{}", prefix(lang), anchor(&order.id))
}

fn words(lang: Lang) -> CustomerWords {
    match lang {
        Lang::En => CustomerWords {
            as_of: "as of",
            needs: "What we need from you",
            no_needs: "Nothing at the moment.",
            orders: "Orders under way",
            no_orders: "No order is under way.",
            finished: "Finished orders",
            po: "PO",
            reference: "our no.",
            goods: "Goods",
            payment: "Payment",
            amount: "Amount",
            due: "Due",
            paid: "Paid",
            open: "Open",
            papers: "Documents sent to you",
            claims: "Your claims",
            shipped: "Shipped",
            state: "State",
            contact: "Your contact",
            more: "Other pages",
            calendar: "dates for your calendar",
        },
        Lang::Zh => CustomerWords {
            as_of: "数据日期",
            needs: "请您办理",
            no_needs: "目前没有。",
            orders: "进行中的订单",
            no_orders: "没有进行中的订单。",
            finished: "已完成的订单",
            po: "订单",
            reference: "我方编号",
            goods: "货物",
            payment: "付款",
            amount: "金额",
            due: "到期",
            paid: "已付",
            open: "未付",
            papers: "已给您的单据",
            claims: "您的索赔",
            shipped: "装运",
            state: "状态",
            contact: "联系人",
            more: "其他页",
            calendar: "日历文件",
        },
    }
}
