//! Letters of credit: the last days of shipment and presentation, expiry, amendments without an answer, and the clocks
//! of the banks.

use chrono::NaiveDate;

use super::{Deadline, Done, Entry, Gap, Kind, Look, Outside, gap};
use crate::bi;
use crate::derive::credit::{self, Credit, clock};
use crate::derive::exam::{Exam, Exams};
use crate::derive::plan::shift;
use crate::derive::standing::{Standing, Step, is_refused};
use crate::model::stage::Milestone;
use crate::model::value::Calendar;
use crate::model::value::calendar::{Dated, Roll};
use crate::text::Bi;

/// Banking days within which an amendment should be answered.
const ANSWER_DAYS: i64 = 2;

pub(super) fn find(look: &mut Look<'_, '_>) {
    if look.order.docs.lc.is_empty() || look.own.progress.is_done(Milestone::Paid) {
        return;
    }
    let exams = Exams::of(look.book(), look.order, look.as_of);
    for credit in &exams.credits {
        let standing = Standing::of(look.book(), look.own, &exams, credit, look.as_of);
        let view = View {
            credit,
            standing: &standing,
            calendar: clock::expiry_calendar(look.book(), credit),
            part: part(credit),
            several: exams.credits.len() > 1,
        };
        shipment(look, &view);
        for exam in exams.under(credit).filter(|e| !e.past) {
            set(look, &view, exam);
        }
        ahead(look, &view);
        expiry(look, &view);
        amendments(look, &view);
    }
}

/// A credit with what its clocks need.
struct View<'v, 'a> {
    credit: &'v Credit<'a>,
    standing: &'v Standing<'a>,
    /// Of the place of expiry.
    calendar: Calendar,
    /// The number, else the position.
    part: String,
    /// The order has several credits, so that each is named.
    several: bool,
}

impl View<'_, '_> {
    fn name(&self) -> Bi {
        let number = self.credit.number();
        match self.several && !number.is_empty() {
            true => bi!("（{number}）", " ({number})"),
            false => Bi::default(),
        }
    }

    fn provisional(&self, day: Dated) -> Option<Gap> {
        day.provisional.then(|| gap(&self.calendar, day.date))
    }

    /// The goods have not all left.
    fn ships(&self, look: &Look<'_, '_>) -> bool {
        !look.own.progress.is_done(Milestone::Shipped)
    }

    /// Papers are still to be presented.
    fn presents(&self) -> bool {
        matches!(self.standing.step, Step::Ship | Step::Present | Step::Cure)
    }
}

fn part(credit: &Credit<'_>) -> String {
    match credit.number() {
        "" => (credit.index + 1).to_string(),
        number => number.to_owned(),
    }
}

/// The last day on which the papers can be sent off: a working day here, and before the way of the courier where the
/// credit expires abroad.
fn safe(look: &Look<'_, '_>, credit: &Credit<'_>, last: NaiveDate) -> NaiveDate {
    let config = &look.book().config;
    let abroad = clock::expires_abroad(credit, &config.home()).is_some();
    let sent = if abroad { shift(last, -config.courier_days()) } else { Some(last) };
    look.shared.bank.roll(sent.unwrap_or(last), Roll::Preceding)
}

/// 44C, or the end of 44D.
fn shipment(look: &mut Look<'_, '_>, view: &View<'_, '_>) {
    let credit = view.credit;
    let ends = credit.shipment_period.iter().filter_map(|p| Some((p.value.to.or(p.value.about)?, p.source)));
    let latest = credit.latest_shipment.map(|l| (l.value, l.source)).or_else(|| ends.max_by_key(|e| e.0));
    let Some((day, source)) = latest else { return };
    let contract = credit::contract_latest_shipment(look.order, look.as_of) == Some(day);
    let name = view.name();
    let what = match (contract, credit.latest_shipment.is_some()) {
        (true, _) => {
            bi!("信用证和合同最迟装运{name}", "latest shipment of credit and contract{name}"; name)
        }
        (false, true) => bi!("信用证最迟装运 44C{name}", "latest shipment of the credit, 44C{name}"; name),
        (false, false) => {
            bi!("信用证装运期 44D 结束{name}", "shipment period of the credit ends, 44D{name}"; name)
        }
    };
    let entry = Entry { kind: Kind::CreditShipment, part: view.part.clone(), day, path: source.path() };
    let deadline = look.entry(
        entry,
        what,
        bi!(
            "晚一天就是不符点，银行可以拒付；不因假日顺延，只能请客户改证",
            "a day late is a discrepancy and the bank may refuse; no holiday moves it, only an amendment does"
        ),
    );
    let left = look.own.progress.milestone(Milestone::Shipped).actual;
    let done = left.map(|actual| Done { on: actual.date });
    look.push(Deadline { hard: true, done, ..deadline });
}

/// A set of papers: to be presented, refused, or with a bank.
fn set(look: &mut Look<'_, '_>, view: &View<'_, '_>, exam: &Exam<'_>) {
    let part = match exam.shipment {
        Some(id) => format!("{}-{id}", view.part),
        None => view.part.clone(),
    };
    match exam.presentation {
        None if exam.shipped.is_empty() => {}
        None => present(look, view, exam, part, None),
        Some((_, p)) if is_refused(p, look.as_of) => present(look, view, exam, part, None),
        Some((index, p)) => {
            let on = look.known(p.date);
            if on.is_some() {
                present(look, view, exam, part.clone(), Some(Done { on }));
            }
            // When it pays is a matter of the money.
            if look.known(p.accepted).or(look.known(p.paid)).is_none() {
                refusal(look, view, index, p.received, part);
            }
        }
    }
}

fn present(look: &mut Look<'_, '_>, view: &View<'_, '_>, exam: &Exam<'_>, part: String, done: Option<Done>) {
    let Some(last) = exam.limit.last() else { return };
    let refused = exam.presentation.is_some() && done.is_none();
    let by_expiry = exam.limit.by_expiry.map(|d| d.date) == Some(last.date);
    let source = match (by_expiry, view.credit.expiry, view.credit.present_within) {
        (true, Some(expiry), _) => expiry.source.path(),
        (_, _, Some(days)) => days.source.path(),
        (_, Some(expiry), None) => expiry.source.path(),
        (_, None, None) => view.credit.path("expiry"),
    };
    let (name, batch) = (view.name(), exam.shipment.filter(|_| look.own.shipments.len() > 1));
    let batch = batch.map(|id| bi!("，第 {id} 批", ", shipment {id}")).unwrap_or_default();
    let what = match refused {
        true => bi!("补正后重新交单{name}{batch}", "cure and present again{name}{batch}"; name, batch),
        false => bi!("最后交单{name}{batch}", "last day of presentation{name}{batch}"; name, batch),
    };
    let entry = Entry { kind: Kind::Presentation, part, day: last.date, path: source };
    let deadline = look.entry(entry, what, late_papers(view));
    let safe = safe(look, view.credit, last.date);
    look.push(Deadline { hard: true, safe, provisional: view.provisional(last), done, ..deadline });
}

fn late_papers(view: &View<'_, '_>) -> Bi {
    match view.credit.present_within.map(|d| d.value) {
        Some(days) => bi!(
            "装运后 {days} 天内、到期日前交单，晚了银行就拒付，只剩找客户要钱",
            "papers are due within {days} days of shipment and before expiry; late, the bank refuses and only the buyer is left"
        ),
        None => bi!("晚了银行就拒付，只剩找客户要钱", "late, the bank refuses and only the buyer is left"),
    }
}

/// Before the goods have left: presentation as it would end if they left on the last day.
fn ahead(look: &mut Look<'_, '_>, view: &View<'_, '_>) {
    if view.standing.step != Step::Ship {
        return;
    }
    let latest = view.credit.latest_shipment.map(|l| l.value);
    let limit = clock::limit(view.credit, latest, &view.calendar);
    let (Some(last), Some(days)) = (limit.by_period, view.credit.present_within) else { return };
    // What ends with the credit is listed as its expiry.
    if limit.by_expiry.is_some_and(|expiry| expiry.date <= last.date) {
        return;
    }
    let name = view.name();
    let entry =
        Entry { kind: Kind::Presentation, part: view.part.clone(), day: last.date, path: days.source.path() };
    let deadline = look.entry(
        entry,
        bi!("最后交单（按最迟装运算）{name}", "last day of presentation, if shipped on the last day{name}"; name),
        late_papers(view),
    );
    let safe = safe(look, view.credit, last.date);
    look.push(Deadline {
        hard: true,
        estimated: true,
        safe,
        provisional: view.provisional(last),
        ..deadline
    });
}

/// 31D, while something is still to be presented and no set ends on the same day.
fn expiry(look: &mut Look<'_, '_>, view: &View<'_, '_>) {
    let (Some(said), Some(day)) = (view.credit.expiry, view.standing.limit.by_expiry) else { return };
    let shown =
        view.standing.limit.last().map(|d| d.date) == Some(day.date) && !view.standing.shipped.is_empty();
    if !view.presents() || shown {
        return;
    }
    let place = view.credit.expiry_place.map(|p| p.value).unwrap_or_default();
    let (zh, en) = match place {
        "" => (String::new(), String::new()),
        place => (format!("（{place}）"), format!(" ({place})")),
    };
    let name = view.name();
    let entry =
        Entry { kind: Kind::Expiry, part: view.part.clone(), day: day.date, path: said.source.path() };
    let deadline = look.entry(
        entry,
        bi!("信用证到期 31D{zh}{name}", "credit expires, 31D{en}{name}"; name),
        match view.ships(look) {
            true => bi!(
                "到期后银行不再付款；装运要留出制单和交单的时间",
                "after it the bank does not pay; leave time after shipment for making and presenting papers"
            ),
            false => bi!("到期后银行不再付款", "after it the bank does not pay"),
        },
    );
    let safe = safe(look, view.credit, day.date);
    look.push(Deadline { hard: true, safe, provisional: view.provisional(day), ..deadline });
}

fn amendments(look: &mut Look<'_, '_>, view: &View<'_, '_>) {
    let days = look.book().config.rule_days("lc-amend-pending", "days", ANSWER_DAYS).max(0);
    let days = u32::try_from(days).unwrap_or(u32::MAX);
    let presented = !matches!(view.standing.step, Step::Ship | Step::Present);
    for (n, amendment) in view.credit.lc.amendments.iter().enumerate() {
        let Some(received) = look.known(amendment.received.or(amendment.date)) else { continue };
        let answered = [amendment.accepted, amendment.rejected].into_iter().flatten().min();
        let answered = look.known(answered);
        if answered.is_none() && presented {
            continue;
        }
        let calendar = look.shared.bank.clone();
        let due = calendar.add_banking_days_dated(received, days);
        let key = if amendment.received.is_some() { "received" } else { "date" };
        let number = amendment.number.as_deref().unwrap_or_default();
        let number = if number.is_empty() { (n + 1).to_string() } else { number.to_owned() };
        let changes = credit::changes(amendment);
        let (zh, en) = match changes.is_empty() {
            true => (String::new(), String::new()),
            false => (format!("：{}", changes.join("，")), format!(": {}", changes.join(", "))),
        };
        let name = view.name();
        let entry = Entry {
            kind: Kind::Amendment,
            part: format!("{}-{number}", view.part),
            day: due.date,
            path: format!("lc[{}].amendments[{n}].{key}", view.credit.index),
        };
        let deadline = look.entry(
            entry,
            bi!("答复改证 {number}{zh}{name}", "answer amendment {number}{en}{name}"; name),
            bi!(
                "没接受之前旧条款有效，照新条款装运、交单有被拒的危险",
                "until it is accepted the old terms bind; goods shipped to the new ones may be refused"
            ),
        );
        let provisional = due.provisional.then(|| gap(&calendar, due.date));
        let done = answered.map(|day| Done { on: Some(day) });
        look.push(Deadline { provisional, done, ..deadline });
    }
}

fn refusal(
    look: &mut Look<'_, '_>,
    view: &View<'_, '_>,
    index: usize,
    received: Option<NaiveDate>,
    part: String,
) {
    let Some(received) = look.known(received) else { return };
    let Some(calendar) = clock::issuer_calendar(look.book(), view.credit) else { return };
    let due = clock::refusal_deadline(received, &calendar);
    let name = view.name();
    let path = format!("presentation[{index}].received");
    let deadline = look.entry(
        Entry { kind: Kind::Refusal, part, day: due.date, path },
        bi!("开证行最迟拒付{name}", "last day for the issuing bank to refuse{name}"; name),
        bi!(
            "过了这天没拒付，银行就不能再说不符，必须付款（UCP 600 第 16 条）；去催通知行",
            "after it the bank can no longer claim discrepancies and must honour (UCP 600 art. 16); press the advising bank"
        ),
    );
    let provisional = due.provisional.then(|| gap(&calendar, due.date));
    let outside = Some(Outside::Bank);
    look.push(Deadline { hard: true, safe: due.date, provisional, outside, ..deadline });
}
