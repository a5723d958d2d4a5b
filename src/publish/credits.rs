//! The register of letters of credit: which live, with which terms after accepted amendments, what is still to draw,
//! which clock runs out first.

use chrono::NaiveDate;

use super::ctx::Ctx;
use super::dashboard::short_customer;
use super::finding::{anchor_of as finding_anchor, touches};
use super::paging;
use super::state::left_text;
use crate::check::finding::{Finding, Severity, Verdict};
use crate::check::rule::Group;
use crate::derive::credit::{Credit, clock};
use crate::derive::exam::Exams;
use crate::derive::standing::{Standing, Step};
use crate::derive::{Facts, OrderFacts};
use crate::model::Order;
use crate::model::document::LetterOfCredit;
use crate::model::value::Country;
use crate::model::value::calendar::Dated;
use crate::say;
use crate::site::view::{
    CreditDay, CreditFinding, CreditRow, CreditState, CreditsPage, Day, Link, Mark, anchor,
};

/// A day this near is marked.
const NEAR: i64 = 7;

/// Every credit of the book, made once for both languages.
pub struct Register<'a> {
    live: Vec<Entry<'a>>,
    closed: Vec<Entry<'a>>,
}

struct Entry<'a> {
    order: &'a Order,
    facts: &'a OrderFacts,
    credit: Credit<'a>,
    /// Nothing where the credit was replaced by another.
    standing: Option<Standing<'a>>,
}

impl<'a> Register<'a> {
    /// Looks at every credit that is known by the day of the facts.
    #[must_use]
    pub fn of(facts: &'a Facts<'a>) -> Self {
        let (mut live, mut closed) = (Vec::new(), Vec::new());
        for (order, own) in facts.book.orders.iter().zip(&facts.orders).filter(|(o, _)| !o.docs.lc.is_empty())
        {
            let exams = Exams::of(facts.book, order, facts.as_of);
            for (index, lc) in order.docs.lc.iter().enumerate().filter(|(_, lc)| known(lc, facts.as_of)) {
                let current = exams.credits.iter().find(|c| c.index == index);
                let entry = match current {
                    Some(credit) => Entry {
                        order,
                        facts: own,
                        credit: Credit::clone(credit),
                        standing: Some(Standing::of(facts.book, own, &exams, credit, facts.as_of)),
                    },
                    None => {
                        let credit = Credit::of(index, lc, facts.as_of);
                        Entry { order, facts: own, credit, standing: None }
                    }
                };
                let is_live = entry.standing.as_ref().is_some_and(Standing::is_live);
                if is_live { live.push(entry) } else { closed.push(entry) }
            }
        }
        // The clock that runs out first on top; those that a bank holds have none of ours.
        let key = |e: &Entry<'_>| {
            let due = e.standing.as_ref().and_then(|s| Some((!ours(s.step), s.due?.date)));
            (due.unwrap_or((true, NaiveDate::MAX)), std::sync::Arc::clone(&e.order.id), e.credit.index)
        };
        live.sort_by_key(key);
        closed.sort_by(|a, b| {
            let day = |e: &Entry<'_>| e.credit.expiry.map(|d| d.value);
            day(b)
                .cmp(&day(a))
                .then_with(|| a.order.id.cmp(&b.order.id))
                .then(a.credit.index.cmp(&b.credit.index))
        });
        Self { live, closed }
    }

    /// How many pages the register has.
    #[must_use]
    pub fn pages(&self) -> usize {
        paging::count(self.live.len().saturating_add(self.closed.len()))
    }

    /// One page, from 0: first the live ones, then the others.
    #[must_use]
    pub fn page(&self, ctx: &Ctx<'_>, page: usize) -> CreditsPage {
        let all: Vec<(&Entry<'_>, bool)> =
            self.live.iter().map(|e| (e, true)).chain(self.closed.iter().map(|e| (e, false))).collect();
        let shown = paging::slice(&all, page);
        let rows = |live: bool| {
            shown.iter().filter(|(_, l)| *l == live).map(|(e, _)| row(ctx, e)).collect::<Vec<_>>()
        };
        let (verdict, verdict_mark) = self.verdict(ctx);
        let closed = self.closed.len();
        CreditsPage {
            path: paging::file("credits", page),
            title: say!(ctx, "信用证", "Letters of credit"),
            as_of: crate::site::format::full(ctx.as_of(), ctx.lang),
            verdict,
            verdict_mark,
            live: rows(true),
            closed: rows(false),
            closed_title: say!(ctx, "已结束 {closed} 份", "Closed: {closed}"),
            pages: paging::links("credits", self.pages(), page),
        }
    }

    fn verdict(&self, ctx: &Ctx<'_>) -> (String, Mark) {
        let n = self.live.len();
        if n == 0 {
            return (say!(ctx, "没有在用的信用证", "No letter of credit is in use"), Mark::Done);
        }
        let mut text = match n {
            1 => say!(ctx, "1 份在用", "1 credit in use"),
            _ => say!(ctx, "{n} 份在用", "{n} credits in use"),
        };
        let next =
            self.live.iter().filter_map(|e| e.standing.as_ref().map(|s| (e, s))).find(|(_, s)| ours(s.step));
        let Some((entry, standing, due)) = next.and_then(|(e, s)| Some((e, s, s.due?))) else {
            return (text, Mark::Open);
        };
        let (id, what) = (&entry.order.id, ctx.word(clock_word(standing.step)));
        let (day, days) = (ctx.weekday(due.date).text, (due.date - ctx.as_of()).num_days());
        let left = left_text(ctx, days);
        text.push_str(&say!(
            ctx,
            "；最先到点：{id} {what} {day}，{left}",
            "; first to run out: {id}, {what} {day}, {left}"
        ));
        let mark = match days {
            ..0 => Mark::Late,
            0..=NEAR => Mark::Warn,
            _ => Mark::Open,
        };
        (text, mark)
    }
}

fn known(lc: &LetterOfCredit, as_of: NaiveDate) -> bool {
    lc.received.or(lc.paper.day()).is_none_or(|day| day <= as_of)
}

/// The clock is ours to keep, not a bank's.
fn ours(step: Step) -> bool {
    matches!(step, Step::Ship | Step::Present | Step::Cure)
}

fn clock_word(step: Step) -> crate::text::StaticBi {
    match step {
        Step::Ship => ("最迟装运", "latest shipment"),
        Step::Present => ("最后交单", "last presentation"),
        Step::Cure => ("补正重交", "cure"),
        Step::Examined => ("最迟拒付", "refusal not after"),
        Step::Mature => ("到期", "maturity"),
        Step::None => ("", ""),
    }
}

/// Where a credit stands on its order's page, without `#`.
#[must_use]
pub fn anchor_of(credit: &Credit<'_>) -> String {
    match credit.number() {
        "" => format!("credit-{}", credit.index + 1),
        number => anchor(&format!("credit-{number}")),
    }
}

fn row(ctx: &Ctx<'_>, entry: &Entry<'_>) -> CreditRow {
    let (order, credit) = (entry.order, &entry.credit);
    let currency = credit.money().or(entry.facts.goods.currency);
    let number = match credit.number() {
        "" => ctx.word(("无编号", "no number")).to_owned(),
        number => number.to_owned(),
    };
    let tolerance = credit.tolerance.map(|t| format!(" ±{}", t.value).replace("±+", "+"));
    let figure = credit.figure().map(|n| ctx.money(n, currency)).unwrap_or_default();
    let standing = entry.standing.as_ref();
    let page = format!("o/{}.html", order.id);
    CreditRow {
        number: Link::new(number, format!("{page}#{}", anchor_of(credit))),
        order: ctx.order_link(&order.id),
        customer: short_customer(ctx, order),
        amount: format!("{figure}{}", tolerance.unwrap_or_default()),
        drawn: standing.map(|s| ctx.amount(s.drawn, currency)).unwrap_or_default(),
        left: standing.and_then(Standing::left).map(|n| ctx.amount(n, currency)).unwrap_or_default(),
        latest: latest(ctx, entry),
        last: last(ctx, entry),
        expiry: expiry(ctx, entry),
        amendments: amendments(ctx, credit),
        step: step(ctx, entry),
        findings: findings(ctx.findings.order(&order.id), credit, order)
            .into_iter()
            .filter(|f| f.severity > Severity::Info)
            .map(|f| line(ctx, credit, f, &format!("{page}#{}", finding_anchor(f))))
            .collect(),
    }
}

/// Days left, with a colour when they are few.
fn left(ctx: &Ctx<'_>, day: NaiveDate) -> (String, Mark) {
    let days = (day - ctx.as_of()).num_days();
    let mark = match days {
        ..0 => Mark::Late,
        0..=NEAR => Mark::Warn,
        _ => Mark::Todo,
    };
    (left_text(ctx, days), mark)
}

fn shown(ctx: &Ctx<'_>, day: NaiveDate, note: String, mark: Mark) -> CreditDay {
    let day: Day = ctx.day(day);
    CreditDay { day: Some(day), derived: false, note, mark }
}

fn latest(ctx: &Ctx<'_>, entry: &Entry<'_>) -> CreditDay {
    let Some(day) = entry.credit.latest_shipment.map(|l| l.value) else { return CreditDay::default() };
    match entry.standing.as_ref().map(|s| s.step) {
        Some(Step::Ship) => {
            let (note, mark) = left(ctx, day);
            shown(ctx, day, note, mark)
        }
        Some(_) if !entry.facts.shipments.iter().any(|s| s.shipped.is_some()) => {
            shown(ctx, day, String::new(), Mark::Todo)
        }
        Some(_) => shown(ctx, day, ctx.word(("已装", "shipped")).to_owned(), Mark::Todo),
        None => shown(ctx, day, String::new(), Mark::Todo),
    }
}

/// The last presentation; before the goods have left, counted from the latest shipment.
fn last(ctx: &Ctx<'_>, entry: &Entry<'_>) -> CreditDay {
    let Some(standing) = entry.standing.as_ref() else { return CreditDay::default() };
    match (standing.last_presentation(), standing.step) {
        (Some(last), Step::Present | Step::Cure | Step::Ship) => {
            let (note, mark) = left(ctx, last.date);
            shown(ctx, last.date, provisional(ctx, note, last), mark)
        }
        (Some(last), _) => shown(ctx, last.date, ctx.word(("已交单", "presented")).to_owned(), Mark::Todo),
        (None, Step::Ship) => {
            let Some(last) = latest_presentation(ctx, &entry.credit) else { return CreditDay::default() };
            let (note, mark) = left(ctx, last.date);
            CreditDay { derived: true, ..shown(ctx, last.date, note, mark) }
        }
        (None, _) => CreditDay::default(),
    }
}

/// The last presentation of goods that leave on the last day.
#[must_use]
pub fn latest_presentation(ctx: &Ctx<'_>, credit: &Credit<'_>) -> Option<Dated> {
    let latest = credit.latest_shipment.map(|l| l.value);
    clock::limit(credit, latest, &clock::expiry_calendar(ctx.book(), credit)).last()
}

/// A place as written; a bare country code by its name.
#[must_use]
pub fn place(ctx: &Ctx<'_>, text: &str) -> String {
    Country::by_code(text).map_or_else(|| text.to_owned(), |country| ctx.word(country.name()).to_owned())
}

fn provisional(ctx: &Ctx<'_>, note: String, day: Dated) -> String {
    if day.provisional { say!(ctx, "{note}，暂定", "{note}, provisional") } else { note }
}

fn expiry(ctx: &Ctx<'_>, entry: &Entry<'_>) -> CreditDay {
    let Some(expiry) = entry.credit.expiry else { return CreditDay::default() };
    let place = entry.credit.expiry_place.map(|p| place(ctx, p.value)).unwrap_or_default();
    let passed = entry.standing.as_ref().is_some_and(|s| ours(s.step)) && expiry.value < ctx.as_of();
    shown(ctx, expiry.value, place, if passed { Mark::Late } else { Mark::Todo })
}

fn amendments(ctx: &Ctx<'_>, credit: &Credit<'_>) -> Vec<CreditState> {
    let as_of = ctx.as_of();
    let known = |day: Option<NaiveDate>| day.is_some_and(|d| d <= as_of);
    let came = credit.lc.amendments.iter().filter(|a| a.received.or(a.date).is_none_or(|d| d <= as_of));
    came.map(|a| {
        let number = a.number.as_deref().unwrap_or_default();
        if known(a.rejected) {
            CreditState { text: say!(ctx, "{number} 拒绝", "{number} rejected"), mark: Mark::Na }
        } else if known(a.accepted) {
            CreditState { text: say!(ctx, "{number} 接受", "{number} accepted"), mark: Mark::Done }
        } else {
            let days = a.received.or(a.date).map_or(0, |d| (as_of - d).num_days());
            let text = match days {
                0 => say!(ctx, "{number} 待答", "{number} to be answered"),
                1 => say!(ctx, "{number} 待答 1 天", "{number} unanswered, 1 day"),
                _ => say!(ctx, "{number} 待答 {days} 天", "{number} unanswered, {days} days"),
            };
            CreditState { text, mark: Mark::Warn }
        }
    })
    .collect()
}

/// What to do next: an unanswered amendment comes before the goods and the papers.
fn step(ctx: &Ctx<'_>, entry: &Entry<'_>) -> CreditState {
    let Some(standing) = entry.standing.as_ref() else {
        let by = entry.credit.lc.paper.replaced_by.as_deref().unwrap_or_default();
        return CreditState { text: say!(ctx, "已被 {by} 取代", "replaced by {by}"), mark: Mark::Na };
    };
    let overdue = standing.due.is_some_and(|d| d.date < ctx.as_of());
    let open = if overdue && ours(standing.step) { Mark::Late } else { Mark::Open };
    let pending = standing.pending.first().and_then(|n| entry.credit.lc.amendments.get(*n));
    if let Some(amendment) = pending.filter(|_| matches!(standing.step, Step::Ship | Step::Present)) {
        let number = amendment.number.as_deref().unwrap_or_default();
        return CreditState {
            text: say!(ctx, "答复改证 {number}", "answer amendment {number}"),
            mark: Mark::Warn,
        };
    }
    let day = standing.due.map(|d| ctx.day(d.date).text).unwrap_or_default();
    let (text, mark) = match standing.step {
        Step::Ship => (ctx.word(("装运", "ship")).to_owned(), open),
        Step::Present => (ctx.word(("交单", "present the papers")).to_owned(), open),
        Step::Cure => (ctx.word(("补正重交", "cure and present again")).to_owned(), Mark::Late),
        Step::Examined if day.is_empty() => {
            (ctx.word(("等银行审单", "the bank examines")).to_owned(), Mark::Open)
        }
        Step::Examined => (say!(ctx, "等银行审单，到 {day}", "the bank examines, until {day}"), Mark::Open),
        Step::Mature => (say!(ctx, "等到期付款 {day}", "matures {day}"), Mark::Open),
        Step::None => closed(ctx, entry, standing),
    };
    CreditState { text, mark }
}

fn closed(ctx: &Ctx<'_>, entry: &Entry<'_>, standing: &Standing<'_>) -> (String, Mark) {
    if entry.facts.is_cancelled() {
        return (ctx.word(("订单取消", "order cancelled")).to_owned(), Mark::Na);
    }
    if standing.drawn.is_zero() {
        return (ctx.word(("没有用到", "not drawn")).to_owned(), Mark::Na);
    }
    (ctx.word(("已付清", "paid")).to_owned(), Mark::Done)
}

/// What the examination on arrival found and still matters, worst first.
#[must_use]
pub fn findings<'a>(all: &[&'a Finding], credit: &Credit<'_>, order: &Order) -> Vec<&'a Finding> {
    let whole = order.origin.place(&format!("lc[{}]", credit.index));
    let mine = all
        .iter()
        .filter(|f| f.rule.group == Group::Intake && f.waived.is_none() && !f.past && touches(f, &whole));
    let mut mine: Vec<&Finding> = mine.copied().collect();
    mine.sort_by_key(|f| std::cmp::Reverse(f.severity));
    mine
}

/// The finding is about one clause of 46A or 47A, where it stands in the list.
#[must_use]
pub fn is_on_clause(order: &Order, credit: &Credit<'_>, finding: &Finding) -> bool {
    let documents = credit.documents.iter().map(|d| d.source);
    let conditions = credit.conditions.iter().map(|c| c.source);
    documents.chain(conditions).any(|source| touches(finding, &order.origin.place(&source.path())))
}

/// A finding in one line. The credit it is about is named beside it and not again.
#[must_use]
pub fn line(ctx: &Ctx<'_>, credit: &Credit<'_>, finding: &Finding, href: &str) -> CreditFinding {
    let number = credit.number();
    let title = super::finding::title(ctx, finding);
    let named = [
        format!("信用证 {number} 的 "),
        format!("信用证 {number} 的"),
        format!("信用证 {number} "),
        format!(" of credit {number}"),
        format!("credit {number}: "),
        format!("credit {number} "),
    ];
    let found = named.iter().find(|name| !number.is_empty() && title.contains(name.as_str()));
    let short = found.map_or_else(|| title.clone(), |name| title.replacen(name.as_str(), "", 1));
    let mark = match (finding.severity, finding.verdict) {
        (Severity::Error, _) => Mark::Late,
        (Severity::Warning, _) => Mark::Warn,
        (Severity::Info, Verdict::Conflict | Verdict::Judgement) => Mark::Open,
    };
    CreditFinding { mark, link: Link::new(short, href) }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::check::check;
    use crate::derive::derive;
    use crate::history;
    use crate::load::load;
    use crate::publish::audience::Reader;
    use crate::publish::ctx::Findings;
    use crate::text::Lang;

    /// The register of the example on a day, after a change of its records.
    fn register(as_of: &str, lang: Lang, change: impl FnOnce(&mut crate::book::Book)) -> CreditsPage {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
        let mut loaded = load(&root).unwrap();
        change(&mut loaded.book);
        let history = history::read(Path::new("/nowhere"));
        let facts = derive(&loaded.book, &history, as_of.parse().unwrap());
        let findings = check(&facts, loaded.findings).findings;
        let findings = Findings::of(&findings);
        Register::of(&facts).page(&Ctx::of(&facts, &findings, Reader::Internal, lang), 0)
    }

    fn order<'b>(book: &'b mut crate::book::Book, id: &str) -> &'b mut Order {
        book.orders.iter_mut().find(|o| &*o.id == id).unwrap()
    }

    #[test]
    fn the_clock_that_runs_out_first_stands_on_top() {
        let page = register("2026-11-23", Lang::Zh, |_| {});
        let rows: Vec<(&str, &str, &str)> = page
            .live
            .iter()
            .map(|r| (r.order.text.as_str(), r.step.text.as_str(), r.left.as_str()))
            .collect();
        assert_eq!(
            rows,
            [
                ("GD26-0122", "答复改证 02", "59,640.00"),
                ("GD26-0124", "交单", "60,060.00"),
                ("GD-2026-0103", "等到期付款 11-23", "0.00"),
            ]
        );
        assert_eq!(page.verdict, "3 份在用；最先到点：GD26-0122 最迟装运 11-30 周一，剩 7 天");
        let meghna = &page.live[0];
        assert_eq!(
            meghna.amendments.iter().map(|a| a.text.as_str()).collect::<Vec<_>>(),
            ["01 接受", "02 待答 4 天"]
        );
        assert_eq!((meghna.last.day.as_ref().unwrap().text.as_str(), meghna.last.derived), ("12-14", true));
        let said: Vec<&str> = meghna.findings.iter().map(|f| f.link.text.as_str()).collect();
        assert_eq!(said.len(), 3, "{said:?}");
        assert!(
            said[0].starts_with("46A 第 5 项、47A 第 3 条："),
            "the worst first, without the number: {said:?}"
        );
        assert_eq!(page.closed.len(), 4);
        assert!(page.closed.iter().all(|r| r.step.text == "已付清" && r.findings.is_empty()));
    }

    #[test]
    fn before_an_amendment_is_accepted_the_old_terms_stand() {
        let page = register("2026-09-08", Lang::En, |_| {});
        let row = &page.live[0];
        assert_eq!((row.order.text.as_str(), row.latest.note.as_str()), ("GD-2026-0103", "2 days left"));
        assert_eq!(row.step.text, "answer amendment 01");
        assert_eq!(
            row.findings[0].link.text,
            "shipment expected on 2026-09-22, 12 days after the latest shipment 2026-09-10"
        );
    }

    #[test]
    fn a_refused_presentation_is_to_be_cured_and_draws_nothing() {
        let page = register("2026-10-28", Lang::Zh, |_| {});
        let row = page.live.iter().find(|r| r.order.text == "GD-2026-0104").unwrap();
        assert_eq!((row.step.text.as_str(), row.step.mark), ("补正重交", Mark::Late));
        assert_eq!((row.drawn.as_str(), row.last.note.as_str()), ("0.00", "剩 5 天"));
    }

    #[test]
    fn a_replaced_credit_is_closed() {
        let page = register("2026-11-23", Lang::Zh, |book| {
            order(book, "GD26-0124").file.docs.lc[0].paper.replaced_by = Some("ILC26DXB08000".into());
        });
        assert!(page.live.iter().all(|r| r.order.text != "GD26-0124"));
        let row = page.closed.iter().find(|r| r.order.text == "GD26-0124").unwrap();
        assert_eq!(row.step.text, "已被 ILC26DXB08000 取代");
    }

    #[test]
    fn without_credits_the_page_says_so() {
        let page = register("2026-11-23", Lang::En, |book| book.orders.clear());
        assert_eq!((page.verdict.as_str(), page.verdict_mark), ("No letter of credit is in use", Mark::Done));
    }
}
