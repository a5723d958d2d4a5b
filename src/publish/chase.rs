//! The ladder of a line that is open, and the texts to send on its steps. Nothing is sent from here: the texts are
//! there to be copied. They are polite first and firm later, name what a person needs to find the payment, and never
//! carry an account number: a text that does could be copied, changed and believed.
//!
//! [`texts`] serves every page that offers something to send.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::ctx::Ctx;
use super::pay;
use crate::derive::OrderFacts;
use crate::derive::custody::{self, Control, Holder};
use crate::derive::deadlines::{Deadline, Kind};
use crate::derive::money::chase::{self as ladder, Step};
use crate::derive::money::{Line, state};
use crate::derive::plan::shift;
use crate::derive::{credit, release, sailing};
use crate::model::Order;
use crate::model::document::Collection;
use crate::model::money::FilingKind;
use crate::model::value::Method;
use crate::say;
use crate::site::view::{Chase, ChaseStep, ChaseText, Mark, Said};
use crate::text::Lang;

/// Days in which a demand asks to be paid.
const TERM: i64 = 7;

/// Where a line stands on the ladder, with the texts for the step that is to be done, else for the next one.
#[must_use]
pub fn of(ctx: &Ctx<'_>, order: &Order, own: &OrderFacts, chase: &ladder::Chase) -> Chase {
    let Some(line) = own.money.lines.get(chase.line) else { return Chase::default() };
    let open = line.outstanding().map(|open| ctx.money(open, own.goods.currency)).unwrap_or_default();
    let lot = pay::lot(ctx, own, line);
    let what = [pay::label(ctx, own, line), lot, open].into_iter().filter(|part| !part.is_empty());
    let now = chase.waiting().map(|(step, since)| {
        let (since, action) = (ctx.weekday(since).text, ctx.word(step.action()));
        let mark = if step.0 > 0 { Mark::Late } else { Mark::Open };
        Said {
            mark, text: say!(ctx, "{step}（{since} 起）：{action}", "{step} (since {since}): {action}")
        }
    });
    let next = chase.next.map(|(step, day)| {
        let (day, action) = (ctx.weekday(day).text, ctx.word(step.action()));
        say!(ctx, "{step}，{day}：{action}", "{step}, {day}: {action}")
    });
    let send = chase.waiting().or(chase.next);
    let texts = send.map(|(step, day)| texts(ctx, order, own, chase.line, step, day.max(ctx.as_of())));
    let title = send.map(|(step, day)| match chase.waiting() {
        Some(_) => say!(ctx, "现在发：{step} 的文字", "To send now: texts for {step}"),
        None => {
            let day = ctx.day(day).text;
            say!(ctx, "{day} 要发的：{step} 的文字", "To send on {day}: texts for {step}")
        }
    });
    Chase {
        anchor: format!("chase-{}", chase.line.saturating_add(1)),
        what: what.collect::<Vec<_>>().join(" "),
        owner: order.merchandiser.as_deref().map(|id| ctx.person(id)).unwrap_or_default(),
        steps: steps(ctx, order, line, chase),
        now: now.unwrap_or_default(),
        next: next.unwrap_or_default(),
        texts: texts.unwrap_or_default(),
        texts_title: title.unwrap_or_default(),
    }
}

fn steps(ctx: &Ctx<'_>, order: &Order, line: &Line, chase: &ladder::Chase) -> Vec<ChaseStep> {
    let done = chase.done.map(|(step, _)| step);
    let waiting = chase.waiting().map(|(step, _)| step);
    let logged = |step: Step| {
        let known = order.reminders.iter().filter(|r| r.date.is_some_and(|day| day <= ctx.as_of()));
        known.filter_map(|r| r.step.as_deref().and_then(Step::parse)).any(|s| s == step)
    };
    let row = |(step, day): (Step, NaiveDate)| {
        let (mark, passed) = if done.is_some_and(|done| step <= done) {
            (Mark::Done, done != Some(step) && !logged(step))
        } else if waiting == Some(step) {
            (if step.0 > 0 { Mark::Late } else { Mark::Open }, false)
        } else if waiting.is_some_and(|waiting| step < waiting) {
            (Mark::Na, true)
        } else {
            (Mark::Todo, false)
        };
        ChaseStep {
            code: step.to_string(),
            action: ctx.word(step.action()).to_owned(),
            day: ctx.day(day),
            mark,
            passed,
        }
    };
    ladder::steps(ctx.book(), line).into_iter().map(row).collect()
}

/// The texts for a step of a line, to be sent on a day: mail and chat to the customer, an inquiry to the bank where
/// one pays or collects, and a line to colleagues. None for a line that is not open or has no day.
#[must_use]
pub fn texts(
    ctx: &Ctx<'_>,
    order: &Order,
    own: &OrderFacts,
    line: usize,
    step: Step,
    on: NaiveDate,
) -> Vec<ChaseText> {
    let Some(line) = own.money.lines.get(line) else { return Vec::new() };
    let (Some(open), Some(due)) = (line.outstanding(), line.due.day) else { return Vec::new() };
    let letter = Letter { ctx, order, own, line, open, due, step, on, tone: Tone::of(step) };
    let mut all = Vec::new();
    let by_credit = line.method == Method::Lc;
    all.extend(letter.to_bank());
    // Under a credit the bank owes; the buyer is asked to help once it is late.
    if !by_credit || step.0 >= 7 {
        all.extend(letter.mail());
        all.extend(letter.chat());
    }
    all.push(letter.internal());
    all
}

/// The texts for a reminder that stands in the list of deadlines.
#[must_use]
pub fn for_deadline(ctx: &Ctx<'_>, order: &Order, deadline: &Deadline) -> Vec<ChaseText> {
    let Some(own) = ctx.facts.of(order).filter(|_| deadline.kind == Kind::Chase) else { return Vec::new() };
    let mut named = own.money.chase.iter().filter_map(|chase| {
        let line = own.money.lines.get(chase.line)?;
        let position = line.instalment.saturating_add(1);
        let part = match line.shipment.as_deref() {
            Some(id) => format!("{position}-{id}-"),
            None => format!("{position}-"),
        };
        Some((chase.line, Step::parse(deadline.part.strip_prefix(&part)?)?))
    });
    let found = named.next();
    found
        .map(|(line, step)| texts(ctx, order, own, line, step, deadline.day.max(ctx.as_of())))
        .unwrap_or_default()
}

/// How firm a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tone {
    Notice,
    Today,
    First,
    Second,
    Held,
    Demand,
    Last,
    Insurer,
    Collection,
    WriteOff,
}

impl Tone {
    fn of(step: Step) -> Self {
        match step.0 {
            ..=-1 => Self::Notice,
            0 => Self::Today,
            1..=6 => Self::First,
            7..=14 => Self::Second,
            15..=29 => Self::Held,
            30..=44 => Self::Demand,
            45..=59 => Self::Last,
            60..=89 => Self::Insurer,
            90..=179 => Self::Collection,
            180.. => Self::WriteOff,
        }
    }
}

struct Letter<'l, 'a> {
    ctx: &'l Ctx<'a>,
    order: &'l Order,
    own: &'l OrderFacts,
    line: &'l Line,
    open: Decimal,
    due: NaiveDate,
    step: Step,
    on: NaiveDate,
    tone: Tone,
}

/// A text of a record on one line: what stands in a file must not break out of its place.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `20 November 2026`: no reader takes the month for the day.
fn english(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

fn days(n: i64) -> String {
    if n == 1 { "1 day".to_owned() } else { format!("{n} days") }
}

impl<'a> Letter<'_, 'a> {
    /// The same context in one of the languages, whatever the page's.
    fn speak(&self, lang: Lang) -> Ctx<'a> {
        Ctx { lang, ..*self.ctx }
    }

    fn late(&self) -> i64 {
        (self.on - self.due).num_days()
    }

    fn clear(&self) -> Decimal {
        self.open.saturating_sub(self.line.disputed)
    }

    /// Everything that is open is disputed: the claim is to be settled, not the invoice.
    fn is_disputed(&self) -> bool {
        self.clear() <= Decimal::ZERO
    }

    /// What is asked for: what nobody disputes, else what is withheld.
    fn amount(&self) -> String {
        let amount = if self.is_disputed() { self.open } else { self.clear() };
        self.ctx.money(amount, self.own.goods.currency)
    }

    fn disputed(&self) -> String {
        self.ctx.money(self.line.disputed, self.own.goods.currency)
    }

    fn claim(&self) -> String {
        let open = self.order.complaints.iter().filter(|c| state::is_open(c, self.ctx.as_of()));
        let numbers: Vec<String> = open.filter_map(|c| c.number.as_deref()).map(plain).collect();
        numbers.join(", ")
    }

    fn deadline(&self) -> NaiveDate {
        shift(self.on, TERM).unwrap_or(self.on)
    }

    fn is_mine(&self, shipment: Option<&str>) -> bool {
        match (self.line.shipment.as_deref(), shipment) {
            (Some(own), Some(named)) => own == named,
            _ => true,
        }
    }

    fn known(&self, day: Option<NaiveDate>) -> Option<NaiveDate> {
        day.filter(|day| *day <= self.ctx.as_of())
    }

    fn invoices(&self) -> String {
        let current = self.order.docs.invoice.iter().filter(|i| {
            i.paper.is_current()
                && !i.paper.is_draft()
                && i.paper.day().is_none_or(|day| day <= self.ctx.as_of())
                && self.is_mine(i.paper.shipment.as_deref())
        });
        let numbers: Vec<String> = current.filter_map(|i| i.paper.number.as_deref()).map(plain).collect();
        numbers.join(", ")
    }

    fn proforma(&self) -> String {
        let mut current = self.order.docs.proforma.iter().filter(|p| p.paper.is_current());
        current.find_map(|p| p.paper.number.as_deref()).map(plain).unwrap_or_default()
    }

    fn po(&self) -> String {
        self.order.po.as_deref().map(plain).unwrap_or_default()
    }

    fn shipments(&self) -> impl Iterator<Item = &crate::derive::ShipmentFact> {
        self.own.shipments.iter().filter(|s| s.shipped.is_some() && self.is_mine(Some(&s.id)))
    }

    /// Numbers of the transport documents.
    fn transport(&self) -> (&'static str, String) {
        let papers: Vec<custody::Custody> =
            self.shipments().flat_map(|s| custody::of(self.order, s, self.ctx.as_of())).collect();
        let name = match papers.first().map(|p| p.key) {
            Some("awb") => "Air waybill",
            Some("waybill") => "Waybill",
            Some("courier") => "Courier receipt",
            _ => "B/L",
        };
        let numbers: Vec<String> = papers.iter().filter_map(|p| p.number.as_deref()).map(plain).collect();
        (name, numbers.join(", "))
    }

    /// We hold originals without which the buyer does not get the goods.
    fn holds_originals(&self) -> bool {
        self.shipments().flat_map(|s| custody::of(self.order, s, self.ctx.as_of())).any(|paper| {
            matches!(&paper.control, Control::Originals(hands) if hands.iter().any(|h| h.holder == Holder::Us))
        })
    }

    fn collection(&self) -> Option<&Collection> {
        if !matches!(self.line.method, Method::Dp | Method::Da) {
            return None;
        }
        let mut all = self.order.docs.collection.iter();
        all.find(|c| c.paper.is_current() && self.is_mine(c.paper.shipment.as_deref()))
    }

    fn is_insured(&self) -> bool {
        let mut all = self.order.filings.iter();
        all.any(|f| f.kind == Some(FilingKind::CreditInsurance) && self.known(f.date).is_some())
    }

    fn company(&self, lang: Lang) -> String {
        let company = self.ctx.book().config.company();
        let (first, second) = match lang {
            Lang::Zh => (company.name_zh, company.name),
            Lang::En => (company.name, company.name_zh),
        };
        plain(&first.or(second).unwrap_or_default())
    }

    fn customer(&self, lang: Lang) -> String {
        match self.ctx.book().customer(self.order) {
            Some(party) => plain(party.label(lang)),
            None => self.order.customer.as_deref().map(plain).unwrap_or_default(),
        }
    }

    fn contact(&self) -> String {
        let party = self.ctx.book().customer(self.order);
        party.and_then(|p| p.contact.as_deref()).map(plain).unwrap_or_default()
    }

    fn signer(&self, lang: Lang) -> String {
        let id = self.order.merchandiser.as_deref();
        id.map(|id| plain(self.ctx.book().person(id, lang))).unwrap_or_default()
    }

    // Mail to the customer.

    fn mail(&self) -> Option<ChaseText> {
        if self.tone == Tone::WriteOff {
            return None;
        }
        let party = self.ctx.book().customer(self.order);
        let parts = [
            self.greeting(),
            self.opening(),
            self.table(),
            self.demand(),
            self.consequence().unwrap_or_default(),
            "If you have already paid, please send us your bank's payment advice so that we can trace the money."
                .to_owned(),
            self.bank_details(),
            self.signature(),
        ];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        Some(ChaseText {
            label: self.ctx.word(("英文邮件，给客户", "Mail to the customer, in English")).to_owned(),
            lang: "en",
            to: party.and_then(|p| p.email.as_deref()).map(plain).unwrap_or_default(),
            subject: self.subject(),
            body: parts.join("\n\n"),
        })
    }

    fn subject(&self) -> String {
        let head = match self.tone {
            _ if self.is_disputed() => "Open deduction",
            Tone::Notice | Tone::Today => "Payment due",
            Tone::First => "Payment reminder",
            Tone::Second => "Second payment reminder",
            Tone::Held => "Payment overdue, shipments on hold",
            Tone::Demand => "Formal demand for payment",
            Tone::Last => "Last reminder before further steps",
            Tone::Insurer | Tone::Collection | Tone::WriteOff => "Final demand for payment",
        };
        let (invoices, po) = (self.invoices(), self.po());
        let mut parts = vec![format!("{head}: {}", self.amount())];
        if !invoices.is_empty() {
            parts.push(format!("invoice {invoices}"));
        }
        if !po.is_empty() {
            parts.push(format!("your order {po}"));
        }
        parts.push(format!("due {}", english(self.due)));
        parts.join(", ")
    }

    fn greeting(&self) -> String {
        match self.contact() {
            contact if contact.is_empty() => "Dear Sir or Madam,".to_owned(),
            contact => format!("Dear {contact},"),
        }
    }

    fn opening(&self) -> String {
        let (due, late) = (english(self.due), self.late());
        let claim = self.claim();
        if self.is_disputed() {
            let claim =
                if claim.is_empty() { "your claim".to_owned() } else { format!("your claim {claim}") };
            return format!(
                "We refer to {claim} and to the following amount, which was due on {due} and has been withheld."
            );
        }
        match self.tone {
            Tone::Notice | Tone::Today if late == 0 => "The following amount is due today.".to_owned(),
            Tone::Notice | Tone::Today if late > 0 => format!("The following amount was due on {due}."),
            Tone::Notice | Tone::Today if self.line.due.estimated => {
                format!(
                    "This is a friendly notice that the following amount is expected to fall due around {due}."
                )
            }
            Tone::Notice | Tone::Today => {
                let left = days(-late);
                format!("This is a friendly notice that the following amount falls due on {due}, in {left}.")
            }
            Tone::First => {
                format!(
                    "According to our books the following amount was due on {due} and has not reached us yet."
                )
            }
            Tone::Second | Tone::Held => {
                let late = days(late);
                format!(
                    "In spite of our reminders the following amount is still open, {late} after its due date."
                )
            }
            Tone::Demand => {
                let late = days(late);
                format!("We hereby formally demand payment of the following amount, which is {late} overdue.")
            }
            Tone::Last | Tone::Insurer | Tone::Collection | Tone::WriteOff => {
                let late = days(late);
                format!("The following amount is {late} overdue in spite of our repeated reminders.")
            }
        }
    }

    /// What identifies the payment, a line each.
    fn table(&self) -> String {
        let en = self.speak(Lang::En);
        let mut rows: Vec<(&str, String)> = Vec::new();
        let mut put = |label: &'static str, value: String| {
            if !value.is_empty() {
                rows.push((label, value));
            }
        };
        let invoices = self.invoices();
        if invoices.is_empty() {
            put("Proforma", self.proforma());
        }
        put("Invoice", invoices);
        put("Your order", self.po());
        put("Our order", plain(&self.order.id));
        let (name, transport) = self.transport();
        put(name, transport);
        if let Some(collection) = self.collection() {
            let number = collection.paper.number.as_deref().map(plain).unwrap_or_default();
            let bank = collection.bank.as_deref().map(plain).unwrap_or_default();
            let since = self.known(collection.at_bank).map(|day| format!("since {}", english(day)));
            let parts = [bank, since.unwrap_or_default()];
            let parts: Vec<String> = parts.into_iter().filter(|p| !p.is_empty()).collect();
            put("Collection", number);
            // Against acceptance the documents have gone on.
            put(if self.line.method == Method::Da { "Bank" } else { "Documents at" }, parts.join(" "));
            put("Accepted", self.known(collection.accepted).map(english).unwrap_or_default());
        }
        let what = pay::label(&en, self.own, self.line);
        let whole =
            self.line.amount.filter(|_| !self.line.applied.is_zero() || !self.line.credited.is_zero());
        let rest = whole.map(|whole| format!("rest of {}, ", self.ctx.money(whole, self.own.goods.currency)));
        put("Amount", format!("{} ({}{what})", self.amount(), rest.unwrap_or_default()));
        let late = self.late();
        put(
            "Due date",
            match late {
                1.. => format!("{} ({} overdue)", english(self.due), days(late)),
                _ if self.line.due.estimated => {
                    let event = self.line.due.trigger.title().1;
                    format!("around {}, counted from {event}", english(self.due))
                }
                _ => english(self.due),
            },
        );
        let width = rows.iter().map(|(label, _)| label.len()).max().unwrap_or_default();
        let rows = rows.iter().map(|(label, value)| {
            let gap = " ".repeat(width.saturating_sub(label.len()));
            format!("{label}:{gap} {value}")
        });
        let mut text = rows.collect::<Vec<_>>().join("\n");
        if !self.line.disputed.is_zero() && !self.is_disputed() {
            let (disputed, claim) = (self.disputed(), self.claim());
            let claim =
                if claim.is_empty() { "your claim".to_owned() } else { format!("your claim {claim}") };
            text.push_str(&format!("\n\nA further {disputed} concern {claim}, which we treat separately."));
        }
        text
    }

    fn demand(&self) -> String {
        let by = english(self.deadline());
        if self.is_disputed() {
            return format!(
                "A deduction has to be agreed before it is made. Please send us your evidence, or pay the amount, \
                 by {by}, so that we can close the claim together."
            );
        }
        let pay = match self.line.method {
            Method::Dp => "Please pay at your bank and take up the documents",
            Method::Lc => "Please ask your bank to honour the letter of credit",
            _ => "Please pay",
        };
        match self.tone {
            Tone::Notice | Tone::Today if self.late() >= 0 => {
                "Would you please let us know when the payment left your bank?".to_owned()
            }
            Tone::Notice | Tone::Today => match self.line.method {
                Method::Dp => "Please arrange to pay at your bank and take up the documents by then.".to_owned(),
                _ => "Please arrange the payment so that it reaches us by then.".to_owned(),
            },
            Tone::First => {
                "It may simply have crossed with this mail. Would you please look into it and tell us the day of \
                 payment?"
                    .to_owned()
            }
            Tone::Second => format!(
                "{pay} by {by} and confirm the day to us in writing. Until then we are not able to schedule new \
                 production for you."
            ),
            Tone::Held => format!(
                "Under our company's rules we now have to stop further shipments until the amount is in. {pay} at \
                 once and send us the bank's advice."
            ),
            Tone::Demand => {
                format!("{pay} by {by}. Until the money is in, we do not deliver on credit any more.")
            }
            Tone::Last => {
                let step = if self.is_insured() {
                    "Otherwise we are obliged to notify our credit insurer."
                } else {
                    "Otherwise we shall have to hand the claim over for collection."
                };
                format!("{pay} by {by}, or send us by that day a written payment plan that we can agree to. {step}")
            }
            Tone::Insurer if self.is_insured() => format!(
                "We are obliged to notify our credit insurer now. {pay} by {by}, or send us by that day a written \
                 payment plan that we can agree to: a settlement can then be reported together with the notice."
            ),
            Tone::Insurer => format!(
                "{pay} by {by}, or send us by that day a written payment plan that we can agree to. Otherwise we \
                 shall hand the claim over for collection."
            ),
            Tone::Collection | Tone::WriteOff => format!(
                "We are handing the claim over to a collection agency or a lawyer in your country. Payment by {by} \
                 stops this; after that their costs will be claimed as well."
            ),
        }
    }

    /// What the payment sets in motion, or what stands still until then.
    fn consequence(&self) -> Option<String> {
        if self.is_disputed() {
            return None;
        }
        let free = || {
            let shipments = self.order.shipments.iter().filter(|s| self.is_mine(s.id.as_deref()));
            let ended = shipments.filter_map(sailing::free_until).filter(|day| *day < self.on).min()?;
            Some(format!("Free time at the port ended on {}.", english(ended)))
        };
        match self.line.method {
            Method::Deposit | Method::BeforeProduction => {
                Some("We start production as soon as the payment is in.".to_owned())
            }
            Method::BeforeShipment if self.shipments().next().is_none() => {
                Some("The goods can be loaded as soon as the payment is in.".to_owned())
            }
            Method::CopyBl if self.holds_originals() => {
                Some("We release the original bill of lading on receipt of the payment.".to_owned())
            }
            Method::Dp => free(),
            _ => None,
        }
    }

    fn bank_details(&self) -> String {
        // Under a collection or a credit the money goes through the banks.
        if matches!(self.line.method, Method::Dp | Method::Da | Method::Lc) {
            return String::new();
        }
        let proforma = self.proforma();
        let number = if proforma.is_empty() { String::new() } else { format!(" {proforma}") };
        format!(
            "Our bank details are those on our proforma invoice{number}; they are unchanged. We never announce a \
             change of account by e-mail: if you receive such a message, please telephone us before you pay."
        )
    }

    fn signature(&self) -> String {
        let parts = ["Kind regards,".to_owned(), self.signer(Lang::En), self.company(Lang::En)];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join("\n")
    }

    // Chat to the customer.

    fn chat(&self) -> Option<ChaseText> {
        if self.tone == Tone::WriteOff {
            return None;
        }
        let zh = self.speak(Lang::Zh);
        let (amount, due, late) = (self.amount(), self.due, self.late());
        let (what, by) = (pay::short(&zh, self.own, self.line), self.deadline());
        let named = match (self.po(), self.invoices()) {
            (po, invoice) if po.is_empty() && invoice.is_empty() => format!("订单 {}", self.order.id),
            (po, invoice) if invoice.is_empty() => format!("贵司订单 {po}"),
            (po, invoice) if po.is_empty() => format!("发票 {invoice}"),
            (po, invoice) => format!("贵司订单 {po}（发票 {invoice}）"),
        };
        let named = pay::beside(&zh, &named, "");
        let insured = self.is_insured();
        let at_bank = self.line.method == Method::Dp;
        let pay = if at_bank { "到银行付款赎单" } else { "付款" };
        let claim = self.claim();
        let body = match self.tone {
            _ if self.is_disputed() => format!(
                "您好，{named}有 {amount} 扣着没付，{due} 到期，对应索赔 {claim}。扣款要先双方谈定。请在 {by} 前把依据发给我们，或者先把这笔付了，我们一起把索赔结掉。"
            ),
            Tone::Notice | Tone::Today if late < 0 => {
                let about = if self.line.due.estimated { "预计 " } else { "" };
                let left = -late;
                format!(
                    "您好，提醒一下：{named}的{what} {amount}，{about}{due} 到期，还有 {left} 天，麻烦提前安排{pay}。"
                )
            }
            Tone::Notice | Tone::Today => {
                let when = if late == 0 { "今天".to_owned() } else { format!("{due} ") };
                format!("您好，{named}的{what} {amount} {when}到期，麻烦安排{pay}，付了发一下水单。")
            }
            Tone::First => format!(
                "您好，{named}的{what} {amount} 是 {due} 到期的，我们还没收到。是不是已经在路上了？付了麻烦发一下水单；还没付的话，请告诉我们哪天能{pay}。"
            ),
            Tone::Second => format!(
                "您好，{named}的{what} {amount} 已经逾期 {late} 天（{due} 到期）。请在 {by} 前{pay}，并回复确切的日子。款到之前，新订单我们没办法排产。"
            ),
            Tone::Held => format!(
                "您好，{named}的{what} {amount} 已经逾期 {late} 天（{due} 到期）。按公司规定，款到之前要停止后面的出货。请马上{pay}，并把水单发给我们。"
            ),
            Tone::Demand => format!(
                "您好，{named}的{what} {amount} 已经逾期 {late} 天（{due} 到期），正式催款函已另发邮件。请在 {by} 前{pay}；款到之前我们不再放账。"
            ),
            Tone::Last => {
                let step = if insured {
                    "我们必须通知信用保险公司"
                } else {
                    "我们只能走追账程序"
                };
                format!(
                    "您好，{named}的{what} {amount} 已经逾期 {late} 天（{due} 到期）。这是最后一次提醒：请在 {by} 前{pay}，或者给一份书面的还款计划。否则{step}。"
                )
            }
            Tone::Insurer if insured => format!(
                "您好，{named}的{what} {amount} 已经逾期 {late} 天（{due} 到期），按保单我们必须向信用保险公司报损。{by} 前{pay}或给出书面还款计划，还可以一并说明。"
            ),
            Tone::Insurer => format!(
                "您好，{named}的{what} {amount} 已经逾期 {late} 天（{due} 到期）。请在 {by} 前{pay}，或者给一份书面的还款计划；否则我们只能委托追账。"
            ),
            Tone::Collection | Tone::WriteOff => format!(
                "您好，{named}的{what} {amount} 已经逾期 {late} 天（{due} 到期），我们正在委托当地追账机构或律师。{by} 前{pay}可以停下来；之后的费用会一并追索。"
            ),
        };
        let mut body = body;
        if self.line.method == Method::CopyBl && self.holds_originals() && !self.is_disputed() {
            body.push_str("款到我们就放正本提单。");
        }
        if !matches!(self.line.method, Method::Dp | Method::Da | Method::Lc) {
            body.push_str("账号和形式发票上的一样，没有变；如果收到改账号的通知，请先打电话向我们核实。");
        }
        Some(ChaseText {
            label: self.ctx.word(("微信，给客户", "Chat to the customer, in Chinese")).to_owned(),
            lang: "zh-Hans",
            to: self.contact(),
            subject: String::new(),
            body,
        })
    }

    // To colleagues.

    fn internal(&self) -> ChaseText {
        let zh = self.speak(Lang::Zh);
        let (id, customer) = (plain(&self.order.id), self.customer(Lang::Zh));
        let (what, open) =
            (pay::short(&zh, self.own, self.line), self.ctx.money(self.open, self.own.goods.currency));
        let (due, late) = (self.due, self.late());
        let late = match late {
            1.. => format!("逾期 {late} 天"),
            0 => "今天到期".to_owned(),
            _ => format!("还有 {} 天", -late),
        };
        let (step, action) = (self.step, self.step.action().0);
        let security = pay::security(&zh, self.order, self.own, self.line).text;
        let mut body = format!(
            "【{step} {action}】{id} {customer}：{what} {open}，{due} 到期，{late}。保障：{security}。"
        );
        if !self.line.disputed.is_zero() {
            let (disputed, claim) = (self.disputed(), self.claim());
            body.push_str(&format!("有争议 {disputed} {claim}。"));
        }
        let last = pay::reminded(self.ctx, self.order, self.own, self.line);
        match last {
            None => body.push_str("还没催过。"),
            Some(reminder) => {
                let day = reminder.date.map(|day| day.to_string()).unwrap_or_default();
                let who = reminder.who.as_deref().map(|id| zh.person(id)).unwrap_or_default();
                let said = reminder.said.as_deref().map(plain).unwrap_or_default();
                let said = if said.is_empty() { said } else { format!("：{said}") };
                body.push_str(&format!("上次催 {day} {who}{said}。", who = plain(&who)));
            }
        }
        let expected = pay::expected(&zh, self.own, None);
        if !expected.is_empty() {
            body.push_str(expected.trim_start_matches('，'));
            body.push('。');
        }
        let owner = self.order.merchandiser.as_deref();
        let boss = owner.and_then(|id| self.ctx.book().people.get(id)?.reports_to.as_deref());
        let to = if self.step.is_escalated() { boss.or(owner) } else { owner };
        ChaseText {
            label: self.ctx.word(("内部", "To colleagues, in Chinese")).to_owned(),
            lang: "zh-Hans",
            to: to.map(|id| self.ctx.person(id)).unwrap_or_default(),
            subject: String::new(),
            body: body.replace("。。", "。"),
        }
    }

    // To our bank.

    fn to_bank(&self) -> Option<ChaseText> {
        match self.line.method {
            Method::Lc => self.credit_inquiry(),
            Method::Dp | Method::Da if self.step.0 > 0 => self.collection_inquiry(),
            _ => None,
        }
    }

    fn credit_inquiry(&self) -> Option<ChaseText> {
        let held = credit::in_force(self.order, self.ctx.as_of());
        let held = held.last()?;
        let number = plain(held.number());
        let issuer = held.lc.paper.issuer.as_deref().map(plain).unwrap_or_default();
        let presented = release::to_bank(self.order, self.ctx.as_of())
            .filter(|(_, p)| self.is_mine(p.shipment.as_deref()))
            .max_by_key(|(at, p)| (p.date, *at))
            .map(|(_, p)| p);
        let (amount, due) = (self.amount(), self.due);
        let date = presented.and_then(|p| p.date);
        let accepted = presented.and_then(|p| self.known(p.accepted));
        let late = self.late() > 0;
        let mut text: Vec<String> = Vec::new();
        let mut put = |line: String| text.push(swift(&line));
        put(format!("ATTN {issuer} TRADE DEPT"));
        put(format!("YOUR L/C {number}"));
        put(format!("BENEFICIARY {}", self.company(Lang::En)));
        if let Some(date) = date {
            put(format!("DOCS PRESENTED {} FOR {amount}", swift_day(date)));
        }
        if let Some(day) = accepted {
            put(format!("ACCEPTED BY YOU {}", swift_day(day)));
        }
        put(format!("DUE {}", swift_day(due)));
        put(match late {
            true => "TO DATE WE HAVE NOT RECEIVED THE PROCEEDS. PLS INVESTIGATE AND REMIT, OR ADVISE BY RETURN SWIFT THE \
                     REASON AND THE VALUE DATE."
                .to_owned(),
            false => "PLS CONFIRM BY RETURN SWIFT THAT YOU WILL PAY ON THE DUE DATE.".to_owned(),
        });
        let ask = if late { "查询款项" } else { "确认到期付款" };
        let lead = format!(
            "请向开证行{}发 MT999（有密押关系的发 MT799），就信用证 {number} {ask}：金额 {amount}，{due} 到期。电文如下，请按贵行格式调整：",
            spaced(&issuer)
        );
        let to = held.lc.advising.as_deref().map(plain).unwrap_or_default();
        Some(ChaseText {
            label: self.ctx.word(("给我方银行：发 MT999 查询", "To our bank: inquiry by MT999")).to_owned(),
            lang: "zh-Hans",
            to,
            subject: String::new(),
            body: format!("{lead}\n\n{}", text.join("\n")),
        })
    }

    fn collection_inquiry(&self) -> Option<ChaseText> {
        let collection = self.collection()?;
        let number = collection.paper.number.as_deref().map(plain).unwrap_or_default();
        let bank = collection.bank.as_deref().map(plain).unwrap_or_default();
        let (amount, due) = (self.amount(), self.due);
        let by_acceptance = self.line.method == Method::Da;
        let mut text: Vec<String> = Vec::new();
        let mut put = |line: String| text.push(swift(&line));
        put(format!("ATTN {bank} COLLECTION DEPT"));
        let sent = self.known(collection.paper.sent).map(|day| format!(" DATED {}", swift_day(day)));
        put(format!("OUR COLLECTION {number}{}", sent.unwrap_or_default()));
        let kind = if by_acceptance { "D/A" } else { "D/P" };
        let whole = self.line.amount.map(|whole| self.ctx.money(whole, self.own.goods.currency));
        match whole.filter(|whole| *whole != amount) {
            Some(whole) => put(format!("{kind} FOR {whole}, OF IT OPEN {amount}")),
            None => put(format!("{kind} FOR {amount}")),
        }
        put(format!("DRAWEE {}", self.customer(Lang::En)));
        if let Some(day) = self.known(collection.accepted) {
            put(format!("ACCEPTED {} DUE {}", swift_day(day), swift_day(due)));
        }
        put("PLS ADVISE FATE. IF UNPAID, ADVISE THE REASON GIVEN BY THE DRAWEE.".to_owned());
        let released = self.known(collection.documents_released).is_some();
        if !released && !by_acceptance {
            put("PLS CONFIRM THAT YOU HOLD THE DOCUMENTS AT OUR DISPOSAL AND RELEASE THEM AGAINST PAYMENT ONLY.".to_owned());
        }
        let lead = format!(
            "请向代收行{}发 MT420 查询托收 {number} 的下落：金额 {amount}，{due} 到期。电文如下，请按贵行格式调整：",
            spaced(&bank)
        );
        let ours = self.ctx.book().config.company().bank.and_then(|bank| bank.name);
        Some(ChaseText {
            label: self.ctx.word(("给我方银行：发 MT420 查询", "To our bank: tracer by MT420")).to_owned(),
            lang: "zh-Hans",
            to: ours.as_deref().map(plain).unwrap_or_default(),
            subject: String::new(),
            body: format!("{lead}\n\n{}", text.join("\n")),
        })
    }
}

/// A name inside a Chinese sentence; nothing where there is none.
fn spaced(name: &str) -> String {
    if name.is_empty() { String::new() } else { format!(" {name} ") }
}

/// `23NOV2026`.
fn swift_day(day: NaiveDate) -> String {
    day.format("%d%b%Y").to_string().to_uppercase()
}

/// A line in the characters that SWIFT carries (set X); the others become points.
fn swift(line: &str) -> String {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "/-?:().,'+ ".contains(c);
    let text: String = line.to_uppercase().chars().map(|c| if allowed(c) { c } else { '.' }).collect();
    plain(&text)
}
