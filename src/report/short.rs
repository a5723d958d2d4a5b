//! One line per finding: `file:line:column: error[rule] ORDER: title`.

use crate::check::finding::{Finding, Subject};
use crate::report::{Langs, clean};
use crate::text::Lang;

/// The line of a finding, with a line break.
#[must_use]
pub fn line(finding: &Finding, langs: Langs) -> String {
    let lang = langs.first();
    let place = finding.spots.first().map_or_else(String::new, |spot| match spot.region {
        Some(region) => format!("{}:{}:{}: ", spot.place.file, region.line, region.column),
        None => format!("{}: ", spot.place.file),
    });
    let (zh, en) = finding.severity.word();
    let word = if lang == Lang::Zh { zh } else { en };
    let subject = match &finding.subject {
        Subject::Root => String::new(),
        Subject::Order(id) | Subject::Customer(id) | Subject::Supplier(id) | Subject::Forwarder(id) => {
            format!("{id}: ")
        }
    };
    let waived = match (&finding.waived, lang) {
        (None, _) => "",
        (Some(_), Lang::Zh) => "（已豁免）",
        (Some(_), Lang::En) => " (waived)",
    };
    let past = match (finding.past, lang) {
        (false, _) => "",
        (true, Lang::Zh) => "（历史）",
        (true, Lang::En) => " (history)",
    };
    let title = finding.title.get(lang);
    let english = if langs == Langs::Both { format!(" · {}", finding.title.en) } else { String::new() };
    clean(&format!("{place}{word}[{}] {subject}{title}{english}{past}{waived}", finding.rule.name)) + "\n"
}
