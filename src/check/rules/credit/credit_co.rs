//! `credit-co`: the certificate of origin is not by the body, in the form, or of the origin that the credit asks for.

use super::super::prelude::*;
use crate::check::shared::asked;
use crate::check::shared::{exams, presented};
use crate::compare::{Outcome, name};
use crate::derive::credit::{Credit, Said};
use crate::derive::exam::Exam;
use crate::derive::papers::Paper;
use crate::model::document::{OriginCertificate, Required};
use crate::model::value::Country;
use crate::model::value::fold::fold;
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-co",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("ISBP 745 L1 至 L5", "ISBP 745 L1 to L5"),
    title: ("产地证与信用证要求不符", "certificate of origin is not what the credit asks for"),
    docs: Docs {
        checks: (
            "产地证的出具人是 46A 点名的：要商会出具，贸促会、海关、工商会、行业协会出的都算；点名贸促会的，就要贸促会；要商会而自己出的，不行；要受益人自己出的，商会出的也行。46A 要专门格式（FORM A、FORM E、RCEP 等）的，就是那种格式。45A、46A 写了原产国的，产地证是同一国。没登记的项目不比；认不出的机构请人看。收货人是信用证里的一方、发票抬头、提单上的收货人或通知人之一（TO ORDER 也行），不是别家。签没签字由 credit-signature 说。",
            "The certificate of origin is issued by the body that 46A names: a chamber of commerce is answered by CCPIT, customs, a chamber of industry or a trade association; CCPIT by name only by CCPIT; a chamber is not answered by ourselves, while one of the beneficiary's is answered by a chamber's. Where 46A asks for a form of its own (FORM A, FORM E, RCEP …) it is that form. Where 45A or 46A states the origin, the certificate says the same country. What is not recorded is not compared; an unknown body is for a person to look at. A consignee is one of the parties of the credit, the buyer of the invoice, or the consignee or notify party of the transport document (TO ORDER will do), and nobody else. Signatures are for credit-signature.",
        ),
        why: (
            "出具机构和格式错了只能重办，常常来不及。",
            "The wrong body or form means applying again, often too late.",
        ),
        fix: (
            "先看登记抄错没有；确实不对，向 46A 点名的机构按要的格式重新申请。",
            "See first whether it was copied wrongly; if not, apply again to the body and in the form that 46A names.",
        ),
    },
    example: example!("credit-co"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let mut seen = presented::Seen::default();
    for exam in presented::all(case) {
        let wanted: Vec<Said<&Required>> =
            exam.credit.documents.iter().filter(|d| is_origin(d.value)).take(10).copied().collect();
        for &(index, doc) in &exam.papers.origin {
            let paper = Paper { key: "origin", index, printed: &doc.paper };
            if !seen.first(exam, paper.whole()) {
                continue;
            }
            for asked in &wanted {
                // One of several certificates of origin in different forms answers each requirement.
                if exam.papers.origin.len() > 1 && wanted.len() > 1 && !suits(asked.value, doc) {
                    continue;
                }
                issuer(case, exam, &paper, asked, out);
                form(case, exam, (&paper, doc), asked, out);
            }
            country(case, exam, (&paper, doc), &wanted, out);
            consignee(case, exam, (&paper, doc), out);
        }
    }
}

fn is_origin(asked: &Required) -> bool {
    asked.kind.as_deref().and_then(asked::table) == Some("origin")
        || asked.text.as_deref().is_some_and(|t| fold(t).contains("CERTIFICATE OF ORIGIN"))
}

fn suits(asked: &Required, doc: &OriginCertificate) -> bool {
    let due = asked.text.as_deref().and_then(form_of);
    due == doc.kind.as_deref().and_then(form_of)
}

/// What sort of body issues a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Body {
    /// China Council for the Promotion of International Trade.
    Ccpit,
    /// A chamber of commerce or industry, a trade association.
    Chamber,
    /// Customs, and the inspection authority before it.
    Customs,
    /// "Competent authority", a ministry.
    Authority,
    /// The beneficiary, exporter or manufacturer.
    Beneficiary,
}

fn body(text: &str, exam: &Exam<'_>) -> Option<Body> {
    let folded = fold(text);
    let has = |words: &[&str]| words.iter().any(|w| folded.contains(w));
    if has(&[
        "CCPIT",
        "PROMOTION OF INTERNATIONAL TRADE",
        "CHAMBER OF INTERNATIONAL COMMERCE",
        "CCOIC",
        "贸促会",
    ]) {
        return Some(Body::Ccpit);
    }
    if has(&["CUSTOMS", "GACC", "CIQ", "INSPECTION AND QUARANTINE", "海关"]) {
        return Some(Body::Customs);
    }
    if has(&["MINISTRY", "AUTHORITY", "AUTHORITIES", "GOVERNMENT"]) {
        return Some(Body::Authority);
    }
    if has(&["CHAMBER", "ASSOCIATION OF", "商会"]) {
        return Some(Body::Chamber);
    }
    let own = exam
        .credit
        .beneficiary
        .as_ref()
        .is_some_and(|b| crate::compare::name::compare_block(text, b.value).agrees());
    (own || has(&["BENEFICIARY", "EXPORTER", "SELLER", "MANUFACTURER"])).then_some(Body::Beneficiary)
}

/// Whether a body answers another that was asked for; nothing where a person must look.
fn answers(asked: Option<Body>, printed: Option<Body>) -> Option<bool> {
    let public = |body: Body| matches!(body, Body::Ccpit | Body::Chamber | Body::Customs | Body::Authority);
    match (asked?, printed?) {
        (a, b) if a == b => Some(true),
        // Where a chamber or an authority is asked for the like will do (ISBP 745 L3 b); whose certificate we may give,
        // they may too.
        (Body::Chamber | Body::Authority | Body::Beneficiary, b) if public(b) => Some(true),
        // CCPIT is a chamber, and credits of other countries name it so.
        (Body::Ccpit | Body::Customs, Body::Chamber | Body::Authority) => None,
        _ => Some(false),
    }
}

fn issuer(case: &Case<'_>, exam: &Exam<'_>, paper: &Paper<'_>, asked: &Said<&Required>, out: &mut Sink<'_>) {
    let Some(is) = paper.printed.issuer.as_deref() else { return };
    let (due, field) = match asked.value.issuer.as_deref() {
        Some(due) => (due, "issuer"),
        None => match asked.value.text.as_deref().and_then(issuer_in) {
            Some(due) => (due, "text"),
            None => return,
        },
    };
    let verdict = any_of(&exam.credit, due, is, |text| body(text, exam));
    if verdict == Some(true) {
        return;
    }
    let name = paper.name();
    let finding = out.report(bi!(
        "{name} 由“{is}”出具，信用证要“{due}”",
        "{name} is issued by `{is}`; the credit asks for `{due}`"; name
    ));
    finding
        .at(case.order.origin.place(&paper.path("issuer")), name)
        .at(
            case.order.origin.place(&format!("{}.{field}", asked.source.path())),
            bi!("信用证 46A", "46A of the credit"),
        )
        .values([is, due]);
    if verdict == Some(false) {
        finding.help(bi!(
            "先看出具人抄错没有；确实不对，向 {due} 重新申请产地证",
            "see first whether the issuer was copied wrongly; if not, apply to {due} for another certificate"
        ));
    } else {
        finding.severity(Severity::Warning).judgement().help(bi!(
            "看“{is}”算不算“{due}”；拿不准就向 46A 点名的机构申请",
            "see whether `{is}` counts as `{due}`; when in doubt apply to the body that 46A names"
        ));
    }
    exams::weigh(finding, exam, paper);
}

/// Whether one of the bodies that are asked for issued it (`CCPIT OR CUSTOMS`); nothing where a person must look.
fn any_of(credit: &Credit<'_>, due: &str, is: &str, body: impl Fn(&str) -> Option<Body>) -> Option<bool> {
    let folded = fold(due);
    let verdicts: Vec<Option<bool>> = folded
        .split([';', '/'])
        .flat_map(|part| part.split(" OR "))
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .take(20)
        .map(|part| match asked::issued_by(credit, part, is) {
            Some(true) => Some(true),
            other => {
                let (a, b) = (body(part), body(is));
                answers(a, b).or(other.filter(|_| a.is_none() && b.is_none()))
            }
        })
        .collect();
    if verdicts.contains(&Some(true)) {
        return Some(true);
    }
    if verdicts.contains(&None) { None } else { Some(false) }
}

/// The issuer in the words of 46A: behind `ISSUED BY`, up to the end of the clause.
fn issuer_in(text: &str) -> Option<&str> {
    let at = text.to_ascii_uppercase().find("ISSUED BY ")?;
    let tail = text.get(at + "ISSUED BY ".len()..)?;
    let end = tail.find([',', ';', '.', '(']).unwrap_or(tail.len());
    tail.get(..end).map(str::trim).filter(|t| !t.is_empty())
}

/// Forms that are asked for by name.
fn form_of(text: &str) -> Option<&'static str> {
    let folded = fold(text).replace('-', " ");
    const FORMS: &[(&str, &[&str])] = &[
        ("FORM A", &["FORM A", "GSP"]),
        ("FORM E", &["FORM E"]),
        ("FORM F", &["FORM F"]),
        ("FORM B", &["FORM B"]),
        ("FORM L", &["FORM L"]),
        ("FORM N", &["FORM N"]),
        ("FORM R", &["FORM R"]),
        ("FORM S", &["FORM S"]),
        ("FORM X", &["FORM X"]),
        ("RCEP", &["RCEP"]),
        ("EUR.1", &["EUR.1", "EUR 1"]),
    ];
    let words: Vec<&str> =
        folded.split(|c: char| !(c.is_alphanumeric() || c == '.')).filter(|w| !w.is_empty()).collect();
    let joined = format!(" {} ", words.join(" "));
    FORMS
        .iter()
        .find(|(_, names)| names.iter().any(|n| joined.contains(&format!(" {n} "))))
        .map(|(form, _)| *form)
}

fn form(
    case: &Case<'_>,
    exam: &Exam<'_>,
    (paper, doc): (&Paper<'_>, &OriginCertificate),
    asked: &Said<&Required>,
    out: &mut Sink<'_>,
) {
    let Some(due) = asked.value.text.as_deref().and_then(form_of) else { return };
    let Some(is) = doc.kind.as_deref().filter(|kind| form_of(kind) != Some(due)) else { return };
    let name = paper.name();
    let finding = out.report(bi!(
        "{name} 是 {is}，信用证要 {due}",
        "{name} is {is}; the credit asks for {due}"; name
    ));
    finding
        .at(case.order.origin.place(&paper.path("kind")), name)
        .at(
            case.order.origin.place(&format!("{}.text", asked.source.path())),
            bi!("信用证 46A", "46A of the credit"),
        )
        .values([is, due])
        .help(bi!(
            "先看种类登记对没有；确实不是，按 {due} 重新申请",
            "see first whether the kind was recorded rightly; if not, apply again for {due}"
        ));
    exams::weigh(finding, exam, paper);
}

/// The origin that 45A or 46A states, and where.
fn origin(exam: &Exam<'_>, wanted: &[Said<&Required>]) -> Option<(Country, String)> {
    let goods = exam.credit.goods.iter().map(|g| (g.value, g.source.path()));
    let asked =
        wanted.iter().filter_map(|d| Some((d.value.text.as_deref()?, format!("{}.text", d.source.path()))));
    // What the invoice prints of the origin.
    let invoices = exam
        .papers
        .invoice
        .iter()
        .filter_map(|&(i, v)| Some((v.paper.goods.as_deref()?, format!("invoice[{i}].goods"))));
    goods.chain(asked).chain(invoices).find_map(|(text, path)| Some((stated(text)?, path)))
}

/// `ORIGIN: CHINA`, `CHINESE ORIGIN`, `MADE IN CHINA`.
fn stated(text: &str) -> Option<Country> {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let at = words.iter().enumerate().find_map(|(i, w)| match *w {
        "ORIGIN" => Some(i + 1),
        "IN" if i > 0 && words.get(i - 1) == Some(&"MADE") => Some(i + 1),
        _ => None,
    })?;
    let filler = |w: &&&str| matches!(**w, "IS" | "OF" | "THE" | "GOODS");
    let tail: Vec<&str> = words.get(at..)?.iter().skip_while(filler).take(3).copied().collect();
    let behind = (1..=tail.len()).rev().find_map(|n| {
        let name = tail.get(..n)?.join(" ");
        (name.len() > 2).then(|| Country::parse(&name)).flatten()
    });
    behind.or_else(|| {
        let before = at.checked_sub(2).and_then(|i| words.get(i))?;
        (*before == "CHINESE").then(|| Country::by_code("CN")).flatten()
    })
}

fn country(
    case: &Case<'_>,
    exam: &Exam<'_>,
    (paper, doc): (&Paper<'_>, &OriginCertificate),
    wanted: &[Said<&Required>],
    out: &mut Sink<'_>,
) {
    let Some((due, path)) = origin(exam, wanted) else { return };
    let Some(is) = doc.country.as_deref() else { return };
    let Some(read) = Country::parse(is).filter(|c| *c != due) else { return };
    let (name, is, due) = (paper.name(), Bi::from(read.name()), Bi::from(due.name()));
    let invoice = path.starts_with("invoice");
    let who = if invoice { bi!("发票", "the invoice") } else { bi!("信用证", "the credit") };
    let finding = out.report(bi!(
        "{name} 原产国 {is}，{who}写的是 {due}",
        "{name} certifies origin {is}; {who} says {due}"; name, is, due, who
    ));
    finding
        .at(case.order.origin.place(&paper.path("country")), name)
        .at(case.order.origin.place(&path), bi!("{who}写的原产国", "origin in {who}"; who))
        .values([is.en, due.en])
        .help(bi!(
            "先看原产国抄错没有；货真是别国产的，请客户改证",
            "see first whether the country was copied wrongly; if the goods come from there, have the credit amended"
        ));
    exams::weigh(finding, exam, paper);
}

/// The consignee does not conflict with the transport document; where that is to order, any party of the credit but
/// the beneficiary may stand there (ISBP 745 L5).
fn consignee(
    case: &Case<'_>,
    exam: &Exam<'_>,
    (paper, doc): (&Paper<'_>, &OriginCertificate),
    out: &mut Sink<'_>,
) {
    let Some(is) = doc.consignee.as_deref().filter(|text| !open(text)) else { return };
    let credit = &exam.credit;
    let Some(applicant) = credit.applicant.as_ref() else { return };
    let mut known: Vec<&str> = vec![applicant.value];
    known.extend(credit.lc.paper.issuer.as_deref());
    known.extend(credit.lc.advising.as_deref());
    let asked =
        credit.documents.iter().flat_map(|d| [d.value.consignee.as_deref(), d.value.notify.as_deref()]);
    known.extend(asked.flatten());
    for (_, bl) in &exam.papers.bl {
        known.extend(bl.consignee.as_deref());
        known.extend(bl.notify.iter().map(String::as_str));
    }
    for (_, awb) in &exam.papers.awb {
        known.extend(awb.consignee.as_deref());
        known.extend(awb.notify.iter().map(String::as_str));
    }
    known.extend(exam.papers.waybill.iter().filter_map(|(_, w)| w.consignee.as_deref()));
    known.extend(exam.papers.invoice.iter().filter_map(|(_, i)| i.buyer.as_deref()));
    let best = known.iter().map(|name| party(is, name)).min().unwrap_or(Outcome::Different);
    // Words of the credit may name others: a second notify party, a warehouse.
    let mut words = credit
        .conditions
        .iter()
        .map(|c| c.value)
        .chain(credit.documents.iter().filter_map(|d| d.value.text.as_deref()));
    let plain = name::plain(is.lines().next().unwrap_or_default());
    if best.agrees() || words.any(|text| name::plain(text).contains(&plain)) {
        return;
    }
    let (title, due) = (paper.name(), applicant.value);
    let finding = out.report(bi!(
        "{title} 收货人“{is}”，不是信用证或运输单据上的任何一方，申请人是“{due}”",
        "{title} names `{is}` as consignee, who is no party of the credit or the transport document; the applicant is `{due}`"; title
    ));
    finding
        .at(case.order.origin.place(&paper.path("consignee")), title)
        .at(case.order.origin.place(&applicant.source.path()), bi!("信用证申请人", "applicant of the credit"))
        .values([is, due])
        .help(bi!(
            "先看抄错没有；真印错，向签证机构申请更改，收货人写 {due} 或 TO ORDER",
            "see first whether it was copied wrongly; if it is printed so, have the issuing body correct it: {due}, or TO ORDER"
        ));
    if best == Outcome::Typo {
        finding.severity(Severity::Warning).judgement();
    }
    exams::weigh(finding, exam, paper);
}

/// No name: to order, to whom it may concern, as per another paper.
fn open(text: &str) -> bool {
    let folded = fold(text);
    let words = folded.trim_start_matches("TO THE ").trim_start_matches("TO ");
    words.trim() == "ORDER"
        || words.starts_with("ORDER OF SHIPPER")
        || ["WHOM IT MAY", "AS PER", "SAME AS", "NOTIFY", "BEARER", "***", "---"]
            .iter()
            .any(|w| folded.contains(w))
        || !folded.chars().any(char::is_alphanumeric)
}

/// Names with `TO ORDER OF` and an address set aside.
fn party(is: &str, known: &str) -> Outcome {
    let bare = |text: &str| {
        let folded = fold(text);
        ["TO THE ORDER OF ", "TO ORDER OF ", "ORDER OF ", "TO "]
            .iter()
            .find_map(|head| folded.strip_prefix(head))
            .map_or_else(|| text.to_owned(), str::to_owned)
    };
    let (a, b) = (bare(is), bare(known));
    name::compare_block(&a, &b).min(name::compare_block(&b, &a))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_46a_says_of_it() {
        assert_eq!(issuer_in("Certificate of origin issued by CCPIT, 1 original"), Some("CCPIT"));
        assert_eq!(issuer_in("CERTIFICATE OF ORIGIN"), None);
        assert_eq!(form_of("G.S.P. CERTIFICATE OF ORIGIN FORM A"), Some("FORM A"));
        assert_eq!(form_of("form-e"), Some("FORM E"));
        assert_eq!(form_of("CERTIFICATE OF ORIGIN IN FORM ACCEPTABLE"), None);
        assert_eq!(form_of("CO"), None);
        assert_eq!(stated("FANS, COUNTRY OF ORIGIN: CHINA").map(Country::code), Some("CN"));
        assert_eq!(stated("CERTIFICATE OF CHINESE ORIGIN").map(Country::code), Some("CN"));
        assert_eq!(stated("MADE IN VIET NAM, PACKED IN CARTONS").map(Country::code), Some("VN"));
        assert_eq!(stated("CERTIFICATE OF ORIGIN ISSUED BY CCPIT"), None);
    }

    #[test]
    fn bodies() {
        use Body::{Authority, Beneficiary, Ccpit, Chamber, Customs};
        assert_eq!(answers(Some(Chamber), Some(Ccpit)), Some(true));
        assert_eq!(answers(Some(Chamber), Some(Customs)), Some(true));
        assert_eq!(answers(Some(Authority), Some(Ccpit)), Some(true));
        assert_eq!(answers(Some(Authority), Some(Beneficiary)), Some(false));
        assert_eq!(answers(Some(Chamber), Some(Beneficiary)), Some(false));
        assert_eq!(answers(Some(Ccpit), Some(Customs)), Some(false));
        assert_eq!(answers(Some(Beneficiary), Some(Chamber)), Some(true));
        assert_eq!(answers(Some(Chamber), None), None);
    }
}
