//! What the buyer or his bank has to pay, and which step of the ladder of reminders is to be done.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Deadline, Done, Entry, Gap, Kind, Look, Outside, gap};
use crate::bi;
use crate::derive::credit::{clock, country_of, in_force};
use crate::derive::money::chase::Step;
use crate::derive::money::{Line, Source};
use crate::model::value::money::group;
use crate::model::value::{Calendar, Method};
use crate::text::Bi;

pub(super) fn find(look: &mut Look<'_, '_>) {
    let money = &look.own.money;
    if !money.binding || money.cancelled {
        return;
    }
    for at in 0..money.lines.len() {
        line(look, at);
    }
    for at in 0..money.chase.len() {
        chase(look, at);
    }
}

/// `USD 27,650.00`.
fn amount(look: &Look<'_, '_>, value: Decimal) -> String {
    let figure = group(value, look.own.goods.minor());
    look.own.goods.currency.map_or_else(|| figure.clone(), |currency| format!("{} {figure}", currency.code()))
}

/// Which line: the position of the instalment, and the shipment where it is paid by shipments.
fn part(line: &Line) -> String {
    let position = line.instalment + 1;
    line.shipment.as_deref().map_or_else(|| position.to_string(), |id| format!("{position}-{id}"))
}

fn name(line: &Line) -> Bi {
    let (zh, en) = line.method.name();
    match line.shipment.as_deref() {
        Some(id) => bi!("{zh}，第 {id} 批", "{en}, shipment {id}"),
        None => bi!("{zh}", "{en}"),
    }
}

fn by_bank(method: Method) -> bool {
    matches!(method, Method::Lc | Method::Dp | Method::Da)
}

fn line(look: &mut Look<'_, '_>, at: usize) {
    let Some(line) = look.own.money.lines.get(at) else { return };
    let Some(day) = line.due.day else { return };
    let done = match line.outstanding() {
        Some(_) => None,
        None if line.amount.is_none() => return,
        None => Some(Done { on: line.paid_by.and_then(|source| paid_on(look, source)) }),
    };
    let value = line.outstanding().or(line.amount).map(|value| amount(look, value)).unwrap_or_default();
    let disputed = match line.disputed > Decimal::ZERO {
        true => {
            let disputed = amount(look, line.disputed);
            bi!("，其中争议 {disputed}", ", {disputed} of it disputed")
        }
        false => Bi::default(),
    };
    let name = name(line);
    let entry = Entry {
        kind: Kind::Due,
        part: part(line),
        day,
        path: line.due.path.clone().unwrap_or_else(|| "payment".to_owned()),
    };
    let deadline = look.entry(
        entry,
        bi!("应收 {value}（{name}）{disputed}", "{value} due ({name}){disputed}"; name, disputed),
        consequence(line.method),
    );
    let outside = if by_bank(line.method) { Outside::Bank } else { Outside::Buyer };
    let provisional = line.due.provisional.then(|| missing(look, line.method, day));
    look.push(Deadline {
        safe: day,
        hard: line.method == Method::Lc && !line.due.estimated,
        estimated: line.due.estimated,
        provisional,
        outside: Some(outside),
        done,
        ..deadline
    });
}

fn paid_on(look: &Look<'_, '_>, source: Source) -> Option<NaiveDate> {
    match source {
        Source::Receipt(i) => look.order.received.get(i)?.date,
        Source::Credit(i) => look.order.credits.get(i)?.date,
    }
}

fn consequence(method: Method) -> Bi {
    match method {
        Method::Deposit | Method::BeforeProduction => {
            bi!("没到账不能投产，交期往后推", "not in, production does not start and delivery moves")
        }
        Method::BeforeShipment => {
            bi!("没到账不装柜，会错过船期", "not in, nothing is loaded and the sailing is missed")
        }
        Method::CopyBl => {
            bi!(
                "没到账正本不能放，货到港要付滞箱费",
                "not in, the originals stay here and the goods run up demurrage"
            )
        }
        Method::Lc => bi!(
            "当天没到账就请通知行发电催开证行",
            "if the money is not in, have the advising bank press the issuing bank"
        ),
        Method::Dp | Method::Da => {
            bi!(
                "没付就请托收行查询进展，货在港口天天产生费用",
                "unpaid, have the collecting bank report; the goods cost money every day"
            )
        }
        Method::Cod | Method::Tt | Method::Oa => {
            bi!(
                "过期就按台阶催；拖得越久越难收",
                "overdue, the ladder of reminders runs; the older, the harder to collect"
            )
        }
    }
}

/// The calendar without which the day may still move.
fn missing(look: &Look<'_, '_>, method: Method, day: NaiveDate) -> Gap {
    let book = look.book();
    let credit = || in_force(look.order, look.as_of).iter().find_map(|c| clock::payment_calendar(book, c));
    let collection = || {
        let place = look.order.docs.collection.iter().find_map(|c| c.place.as_deref())?;
        Some(book.calendar_of(country_of(place)?).calendar)
    };
    let calendar: Option<Calendar> = match method {
        Method::Lc => credit(),
        Method::Dp | Method::Da => collection(),
        _ => Some(look.shared.bank.clone()),
    };
    calendar.map_or_else(|| Gap { calendar: String::new(), year: None }, |calendar| gap(&calendar, day))
}

/// The step that is to be done now, and the next one.
fn chase(look: &mut Look<'_, '_>, at: usize) {
    let money = &look.own.money;
    let Some((chase, line)) = money.chase.get(at).and_then(|c| Some((c, money.lines.get(c.line)?))) else {
        return;
    };
    let Some(open) = line.outstanding().map(|open| amount(look, open)) else { return };
    let reminded = chase.done.and_then(|(step, index)| {
        let day = look.order.reminders.get(index?)?.date?;
        Some((step, line.due.day?.checked_add_signed(chrono::TimeDelta::try_days(step.0)?)?, Some(day)))
    });
    let ahead = [chase.waiting(), chase.next].into_iter().flatten().map(|(step, day)| (step, day, None));
    for (step, day, on) in reminded.into_iter().chain(ahead) {
        // A bank that pays under a credit needs no friendly notice.
        if line.method == Method::Lc && step.0 <= 0 && on.is_none() {
            continue;
        }
        let (zh, en) = step.action();
        let path = line.due.path.clone().unwrap_or_else(|| "payment".to_owned());
        let entry = Entry { kind: Kind::Chase, part: format!("{}-{step}", part(line)), day, path };
        let deadline = look.entry(
            entry,
            bi!("催款 {step}：{zh}，未收 {open}", "reminder {step}: {en}, {open} open"),
            slack(step),
        );
        let done = on.map(|day| Done { on: Some(day) });
        look.push(Deadline { estimated: line.due.estimated, done, ..deadline });
    }
}

fn slack(step: Step) -> Bi {
    match step.0 {
        ..=0 => bi!("不提醒，客户常晚付一周", "without it buyers often pay a week late"),
        60..=89 => bi!(
            "过了保单的报损期限，信保可以不赔（期限看自己的保单）",
            "past the policy's limit the insurer need not pay (read your own policy)"
        ),
        _ => bi!("没人催的款最后付", "what nobody asks for is paid last"),
    }
}
