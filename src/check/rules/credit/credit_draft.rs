//! `credit-draft`: the draft is not drawn as the credit says.

use super::super::prelude::*;
use crate::check::shared::{exams, presented};
use crate::compare::{Outcome, name, reference};
use crate::derive::credit::tenor::{self, From, Tenor};
use crate::derive::credit::{Credit, Said};
use crate::derive::exam::Exam;
use crate::derive::papers::Paper;
use crate::model::document::Draft;
use crate::model::value::Bic;
use crate::model::value::fold::fold;
use crate::text::Bi;
use chrono::NaiveDate;

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-draft",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("ISBP 745 B1 至 B15", "ISBP 745 B1 to B15"),
    title: ("汇票与信用证不符", "draft is not as the credit says"),
    docs: Docs {
        checks: (
            "汇票由受益人出票，付款人是 42a 的银行，期限是 42C 的期限（汇票上加写日期的算同样，但日期要是提单日）。信用证要求出票条款的，写的是这份证；没要求而印了别的证号，警告。大小写金额由 amount-in-words 说，和索款对不对由 docs-amount 说。没印的项目不比；期限的文字看不懂的请人看。",
            "The draft is drawn by the beneficiary on the bank of field 42a, at the tenor of 42C (one that adds a date is the same, if the date is that of the transport document). Where the credit asks for a \"drawn under\" clause it names this credit; another number where none is asked is a warning. Words and figures are for amount-in-words, the amount against the claim for docs-amount. What is not printed is not compared; a tenor whose words are not understood is for a person.",
        ),
        why: (
            "期限错了到期日就错，付款人错了银行不认。",
            "A wrong tenor makes a wrong maturity, and a bank does not honour a draft drawn on another.",
        ),
        fix: (
            "汇票是我们自己出的，照 42C、42a 重出一张，不费事。",
            "We make the draft ourselves: make it again as 42C and 42a say.",
        ),
    },
    example: example!("credit-draft"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let mut seen = presented::Seen::default();
    for exam in presented::all(case) {
        for &(index, draft) in &exam.papers.draft {
            let sheet = Sheet { paper: Paper { key: "draft", index, printed: &draft.paper }, draft };
            if seen.first(exam, sheet.paper.whole()) {
                drawer(case, exam, &sheet, out);
                drawee(case, exam, &sheet, out);
                tenors(case, exam, &sheet, out);
                drawn_under(case, exam, &sheet, out);
            }
        }
    }
}

struct Sheet<'a> {
    paper: Paper<'a>,
    draft: &'a Draft,
}

/// One point in which draft and credit differ.
struct Point<'p> {
    field: &'static str,
    what: Bi,
    is: &'p str,
    due: &'p str,
    source: String,
    sure: bool,
}

fn say(case: &Case<'_>, exam: &Exam<'_>, sheet: &Sheet<'_>, point: &Point<'_>, out: &mut Sink<'_>) {
    let name = sheet.paper.name();
    let Point { what, is, due, .. } = point;
    let finding = out.report(bi!(
        "{name} {what}“{is}”，信用证“{due}”",
        "{name}: {what} `{is}`, the credit says `{due}`"; name, what
    ));
    finding
        .at(case.order.origin.place(&sheet.paper.path(point.field)), name)
        .at(case.order.origin.place(&point.source), bi!("信用证", "the credit"))
        .values([*is, *due]);
    if point.sure {
        finding.help(bi!(
            "先看抄错没有；汇票确是这样，照信用证重出一张",
            "see first whether it was copied wrongly; if the draft is so, make it again as the credit says"
        ));
    } else {
        finding.severity(Severity::Warning).judgement().help(bi!(
            "两边对着看，是一回事就不用改；拿不准，照信用证的字样重出一张",
            "look at both; if they mean the same nothing is wrong, and when in doubt make the draft again in the words of the credit"
        ));
    }
    exams::weigh(finding, exam, &sheet.paper);
}

fn drawer(case: &Case<'_>, exam: &Exam<'_>, sheet: &Sheet<'_>, out: &mut Sink<'_>) {
    let (Some(is), Some(asked)) = (sheet.draft.drawer.as_deref(), &exam.credit.beneficiary) else { return };
    let outcome = name::compare_block(is, asked.value).min(name::compare_block(asked.value, is));
    let known = case.config().company().name;
    let own = known.as_deref().is_some_and(|n| name::compare_block(is, n).agrees());
    if outcome.agrees() || (outcome == Outcome::Typo && own) {
        return;
    }
    let point = Point {
        field: "drawer",
        what: bi!("出票人", "drawn by"),
        is,
        due: asked.value,
        source: asked.source.path(),
        sure: outcome != Outcome::Typo,
    };
    say(case, exam, sheet, &point, out);
}

/// 42a; a credit that says "issuing bank" means the bank that issued it. A code and a name cannot be compared.
fn drawee(case: &Case<'_>, exam: &Exam<'_>, sheet: &Sheet<'_>, out: &mut Sink<'_>) {
    let (Some(is), Some(asked)) = (sheet.draft.drawee.as_deref(), &exam.credit.drawee) else { return };
    let issuer = exam.credit.lc.paper.issuer.as_deref();
    let by_role = |text: &str| {
        let folded = fold(text);
        ["ISSUING BANK", "OPENING BANK", "YOURSELVES", "US", "OURSELVES"]
            .iter()
            .any(|w| folded.contains(w) && folded.len() < 30)
    };
    let code = |text: &str| Bic::parse(text.trim()).is_ok();
    let due = match issuer {
        Some(issuer) if by_role(asked.value) => issuer,
        None if by_role(asked.value) => return,
        _ => asked.value,
    };
    if code(due) != code(is) || by_role(is) {
        return;
    }
    let (bare, wanted) = (uncoded(is), uncoded(due));
    let outcome = name::compare_block(bare, wanted).min(name::compare_block(wanted, bare));
    if outcome.agrees() {
        return;
    }
    let point = Point {
        field: "drawee",
        what: bi!("付款人", "drawn on"),
        is,
        due,
        source: asked.source.path(),
        sure: outcome != Outcome::Typo,
    };
    say(case, exam, sheet, &point, out);
}

/// A name without the code that 42a prints before it.
fn uncoded(text: &str) -> &str {
    match text.trim().split_once(|c: char| c.is_whitespace()) {
        Some((first, rest)) if Bic::parse(first).is_ok() && !rest.trim().is_empty() => rest.trim(),
        _ => text.trim(),
    }
}

fn tenors(case: &Case<'_>, exam: &Exam<'_>, sheet: &Sheet<'_>, out: &mut Sink<'_>) {
    let (Some(is), Some(asked)) = (sheet.draft.tenor.as_deref(), &exam.credit.drafts) else { return };
    let Some(sure) = differ(is, asked.value, &exam.shipped) else { return };
    let point = Point {
        field: "tenor",
        what: bi!("期限", "tenor"),
        is,
        due: asked.value,
        source: asked.source.path(),
        sure,
    };
    say(case, exam, sheet, &point, out);
}

/// Whether two tenors differ for certain; nothing where they agree.
fn differ(is: &str, due: &str, shipped: &[NaiveDate]) -> Option<bool> {
    if fold(is) == fold(due) {
        return None;
    }
    let dates = dates(is);
    match (tenor::read(is), tenor::read(due)) {
        (Some(x), Some(y)) if x == y => {
            // The date that the draft adds is that of the transport document.
            let runs = matches!(x, Tenor::Days(_, From::Shipment)) && !shipped.is_empty();
            let wrong = runs && !dates.is_empty() && !dates.iter().any(|d| shipped.contains(d));
            wrong.then_some(true)
        }
        (Some(_), Some(_)) => Some(true),
        // The maturity itself instead of the days (ISBP 745 B2).
        (None, Some(Tenor::Days(days, From::Shipment))) if !dates.is_empty() => {
            let last = shipped.iter().max()?;
            let due = Tenor::Days(days, From::Shipment).due(Some(*last))?;
            if dates.contains(&due) { None } else { Some(false) }
        }
        _ => Some(false),
    }
}

/// Dates in a text: 2026-09-22, 22 SEPTEMBER 2026, SEP. 22, 2026. A form with figures alone may be read two ways.
fn dates(text: &str) -> Vec<NaiveDate> {
    let folded = fold(text);
    let plain = folded.split([' ', ',', ';', '(', ')']).filter_map(|word| word.parse().ok());
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(|w| w.strip_suffix("TH").or_else(|| w.strip_suffix("ND")).unwrap_or(w))
        .collect();
    let named = words.windows(3).filter_map(|three| match three {
        [a, b, year] => {
            let (month, day) = month(b).zip(a.parse().ok()).or_else(|| month(a).zip(b.parse().ok()))?;
            let year = year.parse().ok().filter(|y| (1900..2200).contains(y))?;
            NaiveDate::from_ymd_opt(year, month, day)
        }
        _ => None,
    });
    plain.chain(named).collect()
}

/// `SEP`, `SEPT`, `SEPTEMBER`.
fn month(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "JANUARY",
        "FEBRUARY",
        "MARCH",
        "APRIL",
        "MAY",
        "JUNE",
        "JULY",
        "AUGUST",
        "SEPTEMBER",
        "OCTOBER",
        "NOVEMBER",
        "DECEMBER",
    ];
    let at = MONTHS.iter().position(|name| word.len() >= 3 && name.starts_with(word))?;
    u32::try_from(at + 1).ok()
}

fn drawn_under(case: &Case<'_>, exam: &Exam<'_>, sheet: &Sheet<'_>, out: &mut Sink<'_>) {
    let number = exam.credit.number();
    let Some(is) = sheet.draft.drawn_under.as_deref().filter(|_| !number.is_empty()) else { return };
    if reference::names(is, number) {
        return;
    }
    let asked = asks_clause(&exam.credit);
    // A text that names a bank and no number says nothing of another credit.
    let other = is
        .split_whitespace()
        .any(|w| w.chars().filter(char::is_ascii_digit).count() >= 4 && w.parse::<NaiveDate>().is_err());
    if asked.is_none() && !other {
        return;
    }
    let point = Point {
        field: "drawn_under",
        what: bi!("出票条款", "drawn under"),
        is,
        due: number,
        source: asked.map_or_else(|| exam.credit.path("number"), |a| a.source.path()),
        sure: asked.is_some() && other,
    };
    say(case, exam, sheet, &point, out);
}

/// Where the credit asks that drafts name it.
fn asks_clause<'a>(credit: &Credit<'a>) -> Option<Said<&'a str>> {
    let conditions = credit.conditions.iter().copied();
    let documents = credit
        .documents
        .iter()
        .filter_map(|d| Some(Said { value: d.value.text.as_deref()?, source: d.source }));
    conditions.chain(documents).find(|said| {
        let text = fold(said.value);
        text.contains("DRAWN UNDER")
            || (text.contains("DRAFT")
                && (text.contains("CREDIT NO")
                    || text.contains("CREDIT NUMBER")
                    || text.contains("L/C N")
                    || text.contains("LC N")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tenors_of_42c() {
        let shipped: Vec<NaiveDate> = vec!["2026-09-22".parse().unwrap()];
        let differ = |is: &str, due: &str| differ(is, due, &shipped);
        assert_eq!(differ("AT SIGHT", "SIGHT"), None);
        assert_eq!(differ("60 DAYS AFTER B/L DATE 2026-09-22", "60 DAYS AFTER B/L DATE"), None);
        assert_eq!(differ("60 DAYS AFTER DATE OF SHIPMENT", "60 DAYS AFTER B/L DATE"), None);
        assert_eq!(differ("60 DAYS AFTER B/L DATE 2026-09-24", "60 DAYS AFTER B/L DATE"), Some(true));
        assert_eq!(differ("60 DAYS SIGHT", "60 DAYS AFTER B/L DATE"), Some(true));
        assert_eq!(differ("AT SIGHT", "60 DAYS AFTER B/L DATE"), Some(true));
        assert_eq!(differ("ON 2026-11-21", "60 DAYS AFTER B/L DATE"), None);
        assert_eq!(differ("ON 2026-11-23", "60 DAYS AFTER B/L DATE"), Some(false));
        assert_eq!(differ("21 NOVEMBER 2026", "60 DAYS AFTER B/L DATE"), None);
        assert_eq!(differ("60 DAYS AFTER B/L DATE SEP. 22, 2026", "60 DAYS AFTER B/L DATE"), None);
        assert_eq!(differ("60 DAYS AFTER B/L DATE 24TH SEPT 2026", "60 DAYS AFTER B/L DATE"), Some(true));
        assert_eq!(uncoded("HEXBDEHHXXX HANSA EXAMPLE BANK AG"), "HANSA EXAMPLE BANK AG");
        assert_eq!(uncoded("HANSA EXAMPLE BANK AG"), "HANSA EXAMPLE BANK AG");
        assert_eq!(differ("AS AGREED", "SIGHT"), Some(false));
    }
}
