//! The pattern of new order IDs (`id = "GD{yy}-{nnnn}"` in gendan.toml), and the next ID of it.

use chrono::{Datelike, NaiveDate};

use crate::bi;
use crate::load::discover::is_id;
use crate::text::Bi;

/// A pattern with one number in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    before: Vec<Part>,
    width: usize,
    after: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Year,
    ShortYear,
    Month,
}

impl Pattern {
    /// Reads a pattern: `{yyyy}` or `{yy}`, `{mm}`, and one `{n…}` with a letter per digit.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, Bi> {
        let (mut before, mut after, mut width) = (Vec::new(), Vec::new(), 0);
        let mut rest = text;
        while !rest.is_empty() {
            let part = match rest.strip_prefix('{') {
                Some(inner) => {
                    let Some((name, more)) = inner.split_once('}') else {
                        return Err(bi!("少了 }}", "a }} is missing"));
                    };
                    rest = more;
                    match name {
                        "yyyy" => Part::Year,
                        "yy" => Part::ShortYear,
                        "mm" => Part::Month,
                        n if !n.is_empty() && n.len() <= 9 && n.bytes().all(|b| b == b'n') => {
                            if width > 0 {
                                return Err(bi!(
                                    "流水号 {{n}} 只能有一个",
                                    "there can be only one number {{n}}"
                                ));
                            }
                            width = n.len();
                            continue;
                        }
                        other => {
                            return Err(bi!(
                                "不认识 {{{other}}}：可以用 {{yyyy}} {{yy}} {{mm}} {{nnnn}}",
                                "{{{other}}} is not known: there are {{yyyy}} {{yy}} {{mm}} {{nnnn}}"
                            ));
                        }
                    }
                }
                None => {
                    let end = rest.find('{').unwrap_or(rest.len());
                    let (text, more) = rest.split_at(end);
                    rest = more;
                    Part::Text(text.to_owned())
                }
            };
            if width == 0 { before.push(part) } else { after.push(part) }
        }
        if width == 0 {
            return Err(bi!("没有流水号，例如 {{nnnn}}", "it has no number, like {{nnnn}}"));
        }
        Ok(Self { before, width, after })
    }

    /// The ID after the greatest that is taken; `None` when no ID can be made of the pattern.
    #[must_use]
    pub fn next<'a>(&self, day: NaiveDate, taken: impl IntoIterator<Item = &'a str>) -> Option<String> {
        let (before, after) = (written(&self.before, day), written(&self.after, day));
        let greatest = taken.into_iter().filter_map(|id| number(id, &before, &after)).max().unwrap_or(0);
        let next = greatest.checked_add(1)?;
        let id = format!("{before}{next:0width$}{after}", width = self.width);
        is_id(&id).then_some(id)
    }
}

fn written(parts: &[Part], day: NaiveDate) -> String {
    parts
        .iter()
        .map(|part| match part {
            Part::Text(text) => text.clone(),
            Part::Year => format!("{:04}", day.year()),
            Part::ShortYear => format!("{:02}", day.year().rem_euclid(100)),
            Part::Month => format!("{:02}", day.month()),
        })
        .collect()
}

/// The number of an ID. Case does not count: `gd26-0117` would be the same page.
fn number(id: &str, before: &str, after: &str) -> Option<u64> {
    let head = id.get(..before.len())?;
    let digits = id.get(before.len()..id.len().checked_sub(after.len())?)?;
    let tail = id.get(id.len() - after.len()..)?;
    let fits = head.eq_ignore_ascii_case(before) && tail.eq_ignore_ascii_case(after);
    (fits && digits.bytes().all(|b| b.is_ascii_digit())).then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(pattern: &str, taken: &[&str]) -> Option<String> {
        let day = NaiveDate::from_ymd_opt(2026, 3, 9).unwrap();
        Pattern::parse(pattern).unwrap().next(day, taken.iter().copied())
    }

    #[test]
    fn the_number_after_the_greatest() {
        assert_eq!(next("GD{yy}-{nnnn}", &[]).unwrap(), "GD26-0001");
        assert_eq!(
            next("GD{yy}-{nnnn}", &["GD26-0007", "GD26-0131", "GD25-0900", "GD26-0131A", "订单"]).unwrap(),
            "GD26-0132"
        );
        assert_eq!(next("GD{yy}-{nnnn}", &["gd26-0500"]).unwrap(), "GD26-0501");
        assert_eq!(next("{yyyy}{mm}-{nn}-X", &["202603-99-X"]).unwrap(), "202603-100-X");
        assert_eq!(next("{nnn}", &["18446744073709551615"]), None);
        assert_eq!(next("a/{n}", &[]), None);
    }

    #[test]
    fn a_pattern_that_makes_no_id_is_explained() {
        for bad in ["GD{yy}", "{nn}-{nn}", "{yyy}{n}", "GD{yy-{n}", ""] {
            assert!(Pattern::parse(bad).is_err(), "{bad}");
        }
    }
}
