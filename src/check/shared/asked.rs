//! What 46A asks for and which papers of an exam answer it; how many originals and copies it wants. Decides nothing.

use std::collections::BTreeSet;

use crate::compare::goods;
use crate::compare::name;
use crate::derive::credit::{Credit, Said};
use crate::derive::exam::Exam;
use crate::derive::papers::Paper;
use crate::load::fields::Originals;
use crate::model::document::{Certificate, Required};
use crate::model::value::fold::fold;
use crate::text::Bi;

use super::papers;

/// A requirement of 46A with what answers it.
#[derive(Debug)]
pub(crate) struct Asked<'a> {
    /// The requirement and its place.
    pub said: Said<&'a Required>,
    /// What answers it.
    pub answer: Answer<'a>,
}

/// How a requirement is answered.
#[derive(Debug)]
pub(crate) enum Answer<'a> {
    /// By these papers.
    Papers(Vec<Paper<'a>>),
    /// By this one, if by any: nothing on it says so.
    Perhaps(Paper<'a>),
    /// By none.
    Nothing,
    /// Its kind is none that has a table; a person must look.
    Unknown,
}

impl<'a> Asked<'a> {
    /// The papers that answer it.
    pub(crate) fn papers(&self) -> &[Paper<'a>] {
        match &self.answer {
            Answer::Papers(papers) => papers,
            Answer::Perhaps(paper) => std::slice::from_ref(paper),
            Answer::Nothing | Answer::Unknown => &[],
        }
    }

    /// What is asked for: `产地证`, `certificate of origin`; a certificate by the words of 46A.
    pub(crate) fn name(&self) -> Bi {
        let (zh, en) =
            papers::title(table(self.said.value.kind.as_deref().unwrap_or_default()).unwrap_or_default());
        match self.said.value.text.as_deref() {
            Some(text) => {
                let words = short(text);
                Bi { zh: format!("{zh}“{words}”"), en: format!("{en} `{words}`") }
            }
            None => Bi { zh: zh.to_owned(), en: en.to_owned() },
        }
    }
}

/// A text cut to what a title can hold.
pub(crate) fn short(text: &str) -> String {
    const MOST: usize = 60;
    let words = crate::model::value::fold::ws(text);
    if words.chars().count() <= MOST {
        return words;
    }
    let cut: String = words.chars().take(MOST).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{} …", cut.get(..end).unwrap_or(&cut).trim_end_matches([',', ';']))
}

/// The table in which papers of a kind stand; nothing for a kind without one.
pub(crate) fn table(kind: &str) -> Option<&'static str> {
    const KINDS: &[(&str, &[&str])] = &[
        ("invoice", &["commercial-invoice"]),
        ("packing", &["packing-list"]),
        ("bl", &["bill-of-lading", "b/l", "sea-waybill", "multimodal"]),
        ("awb", &["air-waybill"]),
        ("waybill", &["cmr", "cim", "rail-waybill", "road-waybill"]),
        ("courier", &["courier-receipt", "post-receipt"]),
        ("insurance", &["policy", "insurance-policy", "insurance-certificate"]),
        ("origin", &["co", "coo", "certificate-of-origin", "form-a", "form-e"]),
        (
            "certificate",
            &["inspection", "beneficiary", "beneficiary-certificate", "declaration", "statement"],
        ),
        ("customs", &["export-declaration"]),
        ("draft", &["bill-of-exchange"]),
    ];
    let word = kind.trim().to_lowercase().replace([' ', '_'], "-");
    KINDS.iter().find(|(key, also)| *key == word || also.contains(&word.as_str())).map(|(key, _)| *key)
}

/// Most requirements that are looked at; no credit has a tenth of them.
const MOST: usize = 200;

/// Every requirement of the credit with the papers that answer it.
pub(crate) fn answers<'a>(exam: &Exam<'a>) -> Vec<Asked<'a>> {
    let credit = &exam.credit;
    let mut all: Vec<Asked<'a>> = credit
        .documents
        .iter()
        .take(MOST)
        .map(|said| Asked { said: *said, answer: by_kind(exam, said.value) })
        .collect();
    certificates(exam, &mut all);
    all
}

fn by_kind<'a>(exam: &Exam<'a>, asked: &Required) -> Answer<'a> {
    let kind = asked.kind.as_deref().and_then(table);
    let text = asked.text.as_deref().map(fold).unwrap_or_default();
    // A certificate of origin may be written down as just another certificate.
    let kind = match kind {
        Some("certificate") | None if text.contains("CERTIFICATE OF ORIGIN") => Some("origin"),
        kind => kind,
    };
    let Some(kind) = kind else { return Answer::Unknown };
    let papers: Vec<Paper<'a>> = exam.papers.kind(kind).collect();
    if papers.is_empty() { Answer::Nothing } else { Answer::Papers(papers) }
}

/// Several certificates are told apart by title, text and issuer: each requirement takes the one that fits best, the
/// rest go where they fit (one for each shipment).
fn certificates<'a>(exam: &Exam<'a>, all: &mut [Asked<'a>]) {
    let wanted: Vec<usize> = all
        .iter()
        .enumerate()
        .filter(|(_, a)| {
            a.said.value.kind.as_deref().is_none_or(|k| matches!(table(k), Some("certificate") | None))
                && a.papers().first().is_none_or(|p| p.key != "origin")
        })
        .map(|(i, _)| i)
        .collect();
    let papers = &exam.papers.certificate;
    if papers.len() > MOST {
        return;
    }
    let fit: Vec<Vec<u32>> = wanted
        .iter()
        .map(|&i| {
            papers.iter().map(|(_, c)| fits(&exam.credit, all.get(i).map(|a| a.said.value), c)).collect()
        })
        .collect();
    let mut taken: Vec<Option<usize>> = vec![None; wanted.len()];
    let mut pairs: Vec<(u32, usize, usize)> = Vec::new();
    for (w, row) in fit.iter().enumerate() {
        pairs.extend(row.iter().enumerate().map(|(p, fit)| (*fit, w, p)));
    }
    pairs.sort_by_key(|&(fit, w, p)| (std::cmp::Reverse(fit), w, p));
    let mut used: BTreeSet<usize> = BTreeSet::new();
    for &(score, w, p) in &pairs {
        // A paper that fits another requirement and not this one is no answer to it.
        let better = fit.iter().filter_map(|row| row.get(p)).any(|other| *other > 0);
        if taken.get(w) == Some(&None) && !used.contains(&p) && (score > 0 || !better) {
            if let Some(slot) = taken.get_mut(w) {
                *slot = Some(p);
            }
            used.insert(p);
        }
    }
    for (w, &i) in wanted.iter().enumerate() {
        let score = |p: usize| fit.get(w).and_then(|row| row.get(p)).copied().unwrap_or(0);
        let first = taken.get(w).copied().flatten();
        let rest = (0..papers.len()).filter(|p| !used.contains(p)).filter(|&p| {
            let most = fit.iter().filter_map(|row| row.get(p)).max().copied().unwrap_or(0);
            score(p) > 0 && score(p) == most
        });
        let chosen: Vec<Paper<'a>> = first
            .into_iter()
            .chain(rest)
            .filter_map(|p| papers.get(p))
            .map(|&(index, doc)| Paper { key: "certificate", index, printed: &doc.paper })
            .collect();
        let Some(asked) = all.get_mut(i) else { continue };
        let is_certificate = asked.said.value.kind.as_deref().and_then(table).is_some();
        asked.answer = match (chosen.as_slice(), first) {
            ([only], Some(p)) if score(p) == 0 => Answer::Perhaps(*only),
            ([], _) if is_certificate => Answer::Nothing,
            ([], _) => Answer::Unknown,
            _ => Answer::Papers(chosen),
        };
    }
}

/// How well a certificate answers a requirement: words in common, and the issuer that was asked for.
fn fits(credit: &Credit<'_>, asked: Option<&Required>, paper: &Certificate) -> u32 {
    let Some(asked) = asked else { return 0 };
    let words = |parts: &[Option<&str>]| -> BTreeSet<String> {
        let text = parts.iter().filter_map(|p| *p).collect::<Vec<_>>().join(" ");
        let tokens = goods::tokens(&text).into_iter().map(|t| t.text);
        tokens.filter(|w| !COMMON.contains(&w.as_str())).collect()
    };
    let wanted = words(&[asked.kind.as_deref().filter(|k| *k != "certificate"), asked.text.as_deref()]);
    let has = words(&[paper.kind.as_deref(), paper.title.as_deref(), paper.text.as_deref()]);
    let shared = wanted.iter().filter(|w| has.contains(*w)).count();
    let issuer = asked.issuer.as_deref().zip(paper.paper.issuer.as_deref());
    let by = issuer.is_some_and(|(who, printed)| issued_by(credit, who, printed) == Some(true));
    u32::try_from(shared).unwrap_or(u32::MAX).saturating_add(if by { 2 } else { 0 })
}

/// Words that any certificate shares with any requirement.
const COMMON: &[&str] = &[
    "CERTIFICATE",
    "CERTIFY",
    "CERTIFYING",
    "ISSUED",
    "BY",
    "ORIGINAL",
    "COPY",
    "COPIE",
    "SIGNED",
    "THAT",
    "STATING",
    "SHOWING",
    "DULY",
    "ONE",
    "TWO",
    "THREE",
    "WE",
    "HEREBY",
    "HAVE",
    "HAS",
    "BEEN",
    "WERE",
    "WAS",
    "THIS",
    "IS",
    "ARE",
    "DOCUMENT",
    "GOODS",
    "GOOD",
    "SHIPMENT",
    "AFTER",
    "BEFORE",
    "ON",
    "FROM",
    "APPLICANT",
    "1",
    "2",
    "3",
    "FOLD",
];

/// Whether a printed issuer is the one that was asked for; nothing where the words name no certain body.
pub(crate) fn issued_by(credit: &Credit<'_>, asked: &str, printed: &str) -> Option<bool> {
    let folded = fold(asked);
    let whom = match folded.trim_end_matches("'S").trim() {
        "BENEFICIARY" | "EXPORTER" | "SELLER" | "SHIPPER" => credit.beneficiary.as_ref()?.value,
        "APPLICANT" | "BUYER" | "IMPORTER" => credit.applicant.as_ref()?.value,
        _ => asked,
    };
    if name::compare_block(printed, whom).agrees() || name::compare_block(whom, printed).agrees() {
        return Some(true);
    }
    let plain = name::plain(whom);
    if name::plain(printed).contains(&plain) {
        return Some(true);
    }
    // "AN INDEPENDENT SURVEYOR", "THE CARRIER OR HIS AGENT": a description, not a name.
    const GENERAL: &[&str] = &[
        "INDEPENDENT",
        "COMPETENT",
        "AUTHORITY",
        "AUTHORITIES",
        "INSPECTION COMPANY",
        "SURVEYOR",
        "CARRIER",
        "AGENT",
        "SHIPPING",
        "MANUFACTURER",
        "PRODUCER",
        "ANY ",
        "THIRD PARTY",
        "RECOGNIZED",
        "RECOGNISED",
        "INTERNATIONAL",
        "LABORATORY",
        "INSURER",
        "INSURANCE",
        "CHAMBER",
        "GOVERNMENT",
        "OFFICIAL",
        " OR ",
        "/",
    ];
    (!GENERAL.iter().any(|word| folded.contains(word))).then_some(false)
}

/// How many of a paper 46A wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Needs {
    /// At least so many originals, and so many papers in all: `in triplicate` is one original and three in all
    /// (UCP 600 art. 17 e).
    Count {
        /// Originals.
        originals: u32,
        /// Originals and copies.
        total: u32,
    },
    /// All originals that were issued.
    Full,
}

/// Reads how many. The keys decide; words tell originals from `in triplicate` and `3 copies`. Nothing where neither
/// says a number.
pub(crate) fn needs(asked: &Required) -> Option<Needs> {
    let said = asked.text.as_deref().map(numbers).unwrap_or_default();
    let copies = asked.copies.or(said.copies.filter(|_| said.originals.is_some())).unwrap_or(0);
    let count =
        |originals: u32, extra: u32| Needs::Count { originals, total: originals.saturating_add(extra) };
    match asked.originals {
        Some(Originals::Full) => Some(Needs::Full),
        Some(Originals::Count(0)) => Some(count(0, asked.copies.or(said.copies).unwrap_or(1))),
        Some(Originals::Count(n))
            if said.originals.is_none() && said.in_all() == Some(n) && asked.copies.is_none() =>
        {
            Some(Needs::Count { originals: 1, total: n })
        }
        Some(Originals::Count(n)) => Some(count(n, copies)),
        None => match (said.originals, said.in_all()) {
            (Some(n), _) => Some(count(n, copies)),
            (None, Some(n)) => Some(Needs::Count { originals: 1, total: n }),
            (None, None) => asked.copies.map(|c| count(1, c)),
        },
    }
}

/// Numbers that stand beside ORIGINALS, COPIES, FOLD, and TRIPLICATE and its like.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Numbers {
    originals: Option<u32>,
    copies: Option<u32>,
    fold: Option<u32>,
}

impl Numbers {
    fn in_all(self) -> Option<u32> {
        self.fold.or(self.copies)
    }
}

fn numbers(text: &str) -> Numbers {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let mut found = Numbers::default();
    for (i, word) in words.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|i| words.get(i)).and_then(|w| number(w));
        match *word {
            "ORIGINAL" | "ORIGINALS" => found.originals = found.originals.or(before),
            "COPY" | "COPIES" => found.copies = found.copies.or(before),
            "FOLD" | "FOLDS" => found.fold = found.fold.or(before),
            "DUPLICATE" => found.fold = Some(2),
            "TRIPLICATE" => found.fold = Some(3),
            "QUADRUPLICATE" => found.fold = Some(4),
            "QUINTUPLICATE" => found.fold = Some(5),
            "SEXTUPLICATE" => found.fold = Some(6),
            _ => {
                if let Some(n) = word.strip_suffix("FOLD").and_then(number) {
                    found.fold = Some(n);
                }
            }
        }
    }
    found
}

fn number(word: &str) -> Option<u32> {
    const WORDS: [&str; 9] = ["ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE"];
    word.parse()
        .ok()
        .or_else(|| WORDS.iter().position(|w| *w == word).and_then(|i| u32::try_from(i + 1).ok()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Order;
    use crate::model::document::{LetterOfCredit, Printed};

    fn asked(originals: Option<Originals>, copies: Option<u32>, text: &str) -> Required {
        Required { originals, copies, text: Some(text.into()), ..Required::default() }
    }

    #[test]
    fn how_many() {
        let count = |originals, total| Some(Needs::Count { originals, total });
        let three = Some(Originals::Count(3));
        for (asked, needs_) in [
            (asked(three, None, "SIGNED COMMERCIAL INVOICE IN TRIPLICATE"), count(1, 3)),
            (asked(three, None, "SIGNED COMMERCIAL INVOICE IN TRIPLICATE (3/3 ORIGINALS)"), count(3, 3)),
            (asked(three, None, "INVOICE IN 3 ORIGINALS"), count(3, 3)),
            (asked(three, Some(1), "INVOICE"), count(3, 4)),
            (asked(three, None, "INVOICE"), count(3, 3)),
            (asked(None, None, "PACKING LIST IN TWO FOLD"), count(1, 2)),
            (asked(None, None, "PACKING LIST 1 ORIGINAL 1 COPY"), count(1, 2)),
            (asked(None, None, "PACKING LIST IN 3 COPIES"), count(1, 3)),
            (asked(None, None, "PACKING LIST"), None),
            (asked(Some(Originals::Count(0)), Some(2), "COPY OF CUSTOMS DECLARATION"), count(0, 2)),
            (asked(Some(Originals::Full), None, "FULL SET"), Some(Needs::Full)),
        ] {
            assert_eq!(needs(&asked), needs_, "{:?}", asked.text);
        }
    }

    fn answered(wanted: &[(&str, Option<&str>)], papers: &[(&str, &str)]) -> Vec<String> {
        let mut order = Order::default();
        order.file.docs.lc = vec![LetterOfCredit {
            beneficiary: Some("Ningbo Gendan Trading Co., Ltd.".into()),
            documents: wanted
                .iter()
                .map(|(text, issuer)| Required {
                    kind: Some("certificate".into()),
                    text: Some((*text).into()),
                    issuer: issuer.map(str::to_owned),
                    ..Required::default()
                })
                .collect(),
            ..LetterOfCredit::default()
        }];
        order.file.docs.certificate = papers
            .iter()
            .map(|(title, issuer)| Certificate {
                title: Some((*title).into()),
                paper: Printed {
                    number: Some((*title).into()),
                    issuer: Some((*issuer).into()),
                    ..Printed::default()
                },
                ..Certificate::default()
            })
            .collect();
        let exams = crate::derive::exam::Exams::of(
            &crate::book::Book::default(),
            &order,
            "2026-11-20".parse().unwrap(),
        );
        let say = |asked: &Asked<'_>| match &asked.answer {
            Answer::Papers(p) => {
                p.iter().filter_map(|p| p.printed.number.clone()).collect::<Vec<_>>().join(" + ")
            }
            Answer::Perhaps(p) => format!("{}?", p.printed.number.as_deref().unwrap_or_default()),
            Answer::Nothing => "-".to_owned(),
            Answer::Unknown => "unknown".to_owned(),
        };
        answers(&exams.all[0]).iter().map(say).collect()
    }

    #[test]
    fn certificates_find_their_requirements() {
        let us = "Ningbo Gendan Trading Co., Ltd.";
        let copies = ("BENEFICIARY'S CERTIFICATE THAT COPY DOCUMENTS WERE MAILED", Some("beneficiary"));
        let analysis =
            ("CERTIFICATE OF ANALYSIS AND WEIGHT ISSUED BY AN INDEPENDENT INSPECTION COMPANY", None);
        let ours = ("BENEFICIARY'S CERTIFICATE", us);
        let lab = ("CERTIFICATE OF ANALYSIS", "Specimen Inspection Ltd");
        assert_eq!(
            answered(&[copies, analysis], &[lab, ours]),
            ["BENEFICIARY'S CERTIFICATE", "CERTIFICATE OF ANALYSIS"]
        );
        // Two lots, and none of ours.
        assert_eq!(
            answered(&[copies, analysis], &[lab, lab]),
            ["-", "CERTIFICATE OF ANALYSIS + CERTIFICATE OF ANALYSIS"]
        );
        // Two of ours with the same title answer two requirements.
        assert_eq!(answered(&[copies, copies], &[ours, ours]), ["BENEFICIARY'S CERTIFICATE"; 2]);
        assert_eq!(answered(&[copies, copies], &[ours]), ["BENEFICIARY'S CERTIFICATE", "-"]);
        // Nothing on it says what it is.
        assert_eq!(answered(&[analysis], &[("STATEMENT", "Somebody")]), ["STATEMENT?"]);
    }

    #[test]
    fn issuers() {
        let lc = LetterOfCredit {
            beneficiary: Some("Ningbo Gendan Trading Co., Ltd.".into()),
            ..LetterOfCredit::default()
        };
        let credit = Credit::issued(0, &lc);
        for (who, printed, same) in [
            ("beneficiary", "NINGBO GENDAN TRADING CO LTD", Some(true)),
            ("beneficiary", "Ningbo Haoyu Lighting Co., Ltd.", Some(false)),
            ("SGS", "SGS-CSTC Standards Technical Services Co., Ltd.", Some(true)),
            ("SGS", "Bureau Veritas Shanghai", Some(false)),
            ("CCPIT", "CCPIT Ningbo", Some(true)),
            ("an independent inspection company", "Specimen Inspection Ltd", None),
        ] {
            assert_eq!(issued_by(&credit, who, printed), same, "{who} / {printed}");
        }
    }
}
