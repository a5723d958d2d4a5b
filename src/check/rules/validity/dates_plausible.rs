//! `dates-plausible`: dates that cannot be.

use super::super::prelude::*;
use crate::check::finding::Finding;
use crate::check::shared::{dates, papers};
use chrono::{Datelike, Days, Months, NaiveDate};

/// The rule.
pub static RULE: Rule = Rule {
    name: "dates-plausible",
    group: Group::Validity,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定", "house rule"),
    title: ("日期不合理", "implausible date"),
    docs: Docs {
        checks: (
            "没有 2000 年以前或今天 3 年以后的日期；合同最迟装运日不早于签约日；装运期的起不晚于止；预计到港不早于开船；已经发生的事不在将来（晚于今天，也晚于最后一次提交，才是错误）。",
            "No date before 2000 or more than three years ahead; latest shipment not before signing; a shipment period starts before it ends; arrival not before departure; what has happened is not in the future (an error when later than both today and the last commit).",
        ),
        why: (
            "年份打错一位，提醒、账期、最迟装运日全错。",
            "One wrong digit of a year puts every reminder, tenor and deadline wrong.",
        ),
        fix: (
            "照单据改日期。单据上的日期本身错了，找出单人改单，不要在这里改。",
            "Correct the record from the paper. If the paper itself is wrong, have its issuer amend it.",
        ),
    },
    example: example!("dates-plausible"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let far = case.as_of().checked_add_months(Months::new(36));
    dates::each(case.order, &mut |date, happened, path| {
        if date.year() < 2000 {
            report(case, path(), bi!("日期 {date} 在 2000 年以前", "date {date} is before 2000"), date, out);
        } else if far.is_some_and(|far| date > far) {
            let today = case.as_of();
            report(
                case,
                path(),
                bi!("日期 {date} 比 {today} 晚 3 年多", "date {date} is more than three years after {today}"),
                date,
                out,
            );
        } else if happened && date > case.as_of() {
            future(case, path(), date, out);
        }
    });
    order_of_dates(case, out);
}

fn report<'s>(
    case: &Case<'_>,
    path: String,
    title: crate::text::Bi,
    date: NaiveDate,
    out: &'s mut Sink<'_>,
) -> &'s mut Finding {
    out.report(title)
        .at(case.order.origin.place(&path), bi!("这个日期", "this date"))
        .values([date])
        .help(bi!("多半是年份打错；照单据改", "most often the year is mistyped; correct it from the paper"))
}

/// What has happened cannot be later than today. Looking back at an earlier day, later records are only unknown.
fn future(case: &Case<'_>, path: String, date: NaiveDate, out: &mut Sink<'_>) {
    let today = case.as_of();
    let finding = report(
        case,
        path,
        bi!("已发生的日期 {date} 晚于 {today}", "date {date} of what has happened is after {today}"),
        date,
        out,
    )
    .help(bi!(
        "还没发生的写进 [plan] 或 [forecast]；日期打错就改",
        "what is still to come belongs into [plan] or [forecast]; correct a mistyped date"
    ));
    if case.all.is_hindsight(date) {
        finding.severity(Severity::Info).help(bi!(
            "按 {today} 看，这条记录还不知道，不算进去",
            "as of {today} this record is not yet known and does not count"
        ));
    }
}

fn order_of_dates(case: &Case<'_>, out: &mut Sink<'_>) {
    let order = case.order;
    if let (Some(signed), Some(by)) = (order.signed, order.ship_by)
        && by < signed
        && signed <= case.as_of()
    {
        backwards(
            case,
            ("ship_by", by),
            ("signed", signed),
            bi!("最迟装运日 {by} 早于签约日 {signed}", "latest shipment {by} is before signing on {signed}"),
            out,
        );
    }
    for (i, shipment) in order.shipments.iter().enumerate() {
        let (Some(etd), Some(eta)) = (shipment.etd, shipment.eta) else { continue };
        // Eastward over the date line a flight lands on the day before it left.
        if eta.checked_add_days(Days::new(1)).is_some_and(|eta| eta < etd) {
            let title =
                bi!("预计到港 {eta} 早于预计开船 {etd}", "estimated arrival {eta} is before departure {etd}");
            backwards(
                case,
                (&format!("shipments[{i}].eta"), eta),
                (&format!("shipments[{i}].etd"), etd),
                title,
                out,
            );
        }
    }
    for (i, lc) in order.docs.lc.iter().enumerate() {
        for (p, period) in lc.shipment_period.iter().enumerate() {
            let (Some(from), Some(to)) = (period.from, period.to) else { continue };
            if to < from {
                let (zh, en) = papers::title("lc");
                let path = format!("lc[{i}].shipment_period[{p}]");
                let title = bi!(
                    "{zh}装运期 {from} 到 {to} 写反了",
                    "{en}: shipment period {from} to {to} runs backwards"
                );
                backwards(case, (&format!("{path}.to"), to), (&format!("{path}.from"), from), title, out);
            }
        }
    }
}

fn backwards(
    case: &Case<'_>,
    late: (&str, NaiveDate),
    early: (&str, NaiveDate),
    title: crate::text::Bi,
    out: &mut Sink<'_>,
) {
    out.report(title)
        .at(case.order.origin.place(late.0), bi!("早于 {}", "before {}", early.1))
        .at(case.order.origin.place(early.0), bi!("{}", "{}", early.1))
        .values([late.1, early.1])
        .help(bi!(
            "照合同或单据核对这两个日期，改错的那个",
            "compare both dates with the contract or paper and correct the wrong one"
        ));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::Head;

    /// A receipt of 20 November, seen from the 10th, with the last commit on `head`.
    fn severity(head: Option<&str>) -> Option<Severity> {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("orders/2026/GD26-0001");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("order.toml"), "[[received]]\ndate = 2026-11-20\n").unwrap();
        let book = crate::load::load(root.path()).unwrap().book;
        let mut history = crate::history::read(root.path());
        history.head = head.map(|day| Head {
            id: "0".repeat(40),
            short: "0".repeat(10),
            date: day.parse().unwrap(),
            committed: day.parse().unwrap(),
        });
        let facts = crate::derive::derive(&book, &history, "2026-11-10".parse().unwrap());
        let found = crate::check::check(&facts, Vec::new()).findings;
        found.iter().find(|f| std::ptr::eq(f.rule, &RULE)).map(|f| f.severity)
    }

    #[test]
    fn a_later_record_is_an_error_only_when_it_is_later_than_the_last_commit_too() {
        assert_eq!(severity(None), Some(Severity::Error), "nothing says that the day has come");
        assert_eq!(severity(Some("2026-11-19")), Some(Severity::Error));
        assert_eq!(severity(Some("2026-11-20")), Some(Severity::Info), "only not known as of the 10th");
    }
}
