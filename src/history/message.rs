//! The number of a merge or pull request in a commit's message, as the forges write it.

/// `#12` or `!12`; `None` when the message names none in one of the known forms. A number elsewhere in a message is
/// anything (an order, a bug), and is not taken.
pub(super) fn number(message: &str) -> Option<String> {
    let title = message.lines().next().unwrap_or_default().trim();
    // GitHub, Gitea and Forgejo, merged: "Merge pull request #12 from …", "Merge pull request '…' (#12) from …".
    if let Some(rest) = title.strip_prefix("Merge pull request ") {
        return lead(rest, '#').or_else(|| bracketed(rest));
    }
    // GitLab, merged: the body's last line.
    let said = message.lines().rev().find_map(|line| line.trim().strip_prefix("See merge request "));
    if let Some(path) = said {
        let digits = path.rsplit_once('!').map(|(_, digits)| digits);
        return digits.and_then(|digits| lead(&format!("!{digits}"), '!'));
    }
    // Gitee: "!12 标题".
    if let Some(number) = lead(title, '!') {
        return Some(number);
    }
    // Squashed on GitHub, Gitea, Forgejo, Bitbucket: "… (#12)", "… (pull request #12)".
    title.ends_with(')').then(|| bracketed(title)).flatten()
}

/// `#12` at the very beginning, followed by a space or nothing.
fn lead(text: &str, mark: char) -> Option<String> {
    let rest = text.strip_prefix(mark)?;
    let digits = digits(rest)?;
    let after = rest.get(digits.len()..)?;
    (after.is_empty() || after.starts_with(char::is_whitespace)).then(|| format!("{mark}{digits}"))
}

/// The last `(#12)` or `(pull request #12)`.
fn bracketed(text: &str) -> Option<String> {
    let (_, inside) = text.rsplit_once('(')?;
    let (inside, _) = inside.split_once(')')?;
    let plain = inside.strip_prefix("pull request ").unwrap_or(inside);
    lead(plain, '#').filter(|number| number.len() == plain.len())
}

fn digits(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text.get(..end).filter(|digits| (1..=9).contains(&digits.len()) && !digits.starts_with('0'))
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn each_forge_names_its_requests_in_its_way() {
        for (message, wanted) in [
            ("Merge pull request #211 from lin/GD26-0117\n\n登记合同", "#211"),
            ("Merge pull request '登记提单 (#3)' (#291) from zhou/docs into main", "#291"),
            ("Merge branch 'docs' into 'main'\n\n登记提单\n\nSee merge request trade/orders!297\n", "!297"),
            ("!12 登记收款\nMerge pull request !12 from sun/money", "!12"),
            ("登记收款 (#301)\n\n* 一\n* 二", "#301"),
            ("Merged in docs (pull request #7)\n\n登记", "#7"),
        ] {
            assert_eq!(number(message).as_deref(), Some(wanted), "{message}");
        }
    }

    #[test]
    fn a_number_elsewhere_is_anything() {
        for message in [
            "",
            "见 #12 的讨论",
            "登记 PO (4500089231)",
            "fix (#12) and more",
            "(#0)",
            "登记 (#12345678901)",
            "Merge pull request from lin",
            "See merge request trade/orders",
            "!12a",
        ] {
            assert_eq!(number(message), None, "{message}");
        }
    }
}
