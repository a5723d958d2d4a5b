//! Text from the data, for a chat service that reads markup in it. None of the three documents an escape that all of its
//! clients honour, so what could be markup, a mention, a link or HTML is written with the full-width form of the same
//! character: it reads the same and does nothing.

use crate::report::clean;

/// The text, without power. One line.
#[must_use]
pub fn inert(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Line breaks, controls and direction marks first: a line may begin a heading, a quotation, a list.
    for c in clean(text).chars() {
        out.push(match c {
            // HTML, `<@userid>`, `<at id=all>`, `<font>`, quotations and entities.
            '<' => '＜',
            '>' => '＞',
            '&' => '＆',
            // `@所有人`, `@all`, `@13800000000`.
            '@' => '＠',
            // Links and pictures.
            '[' => '［',
            ']' => '］',
            '!' => '！',
            // Emphasis, code, headings, tables, formulas, and the escape itself.
            '*' => '＊',
            '_' => '＿',
            '~' => '～',
            '`' => '｀',
            '#' => '＃',
            '|' => '｜',
            '$' => '＄',
            '\\' => '＼',
            c => c,
        });
    }
    // Addresses that clients turn into links by themselves.
    let out = out.replace("://", "：//");
    disarm(&disarm(&out, "www.", "．"), "mailto:", "：")
}

/// Writes the last sign of a word with its full-width form, wherever and in whatever case the word stands.
fn disarm(text: &str, word: &str, wide: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let mut safe = String::with_capacity(text.len());
    let mut from = 0;
    for (at, found) in lower.match_indices(word) {
        let sign = at + found.len() - 1;
        safe.push_str(text.get(from..sign).unwrap_or_default());
        safe.push_str(wide);
        from = sign + 1;
    }
    safe.push_str(text.get(from..).unwrap_or_default());
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_mentions_and_links_do_nothing() {
        for (text, wanted) in [
            ("<@all>", "＜＠all＞"),
            ("@所有人", "＠所有人"),
            ("<at user_id=\"all\"></at>", "＜at user＿id=\"all\"＞＜/at＞"),
            ("[点这里](https://evil.example)", "［点这里］(https：//evil.example)"),
            ("![x](http://evil.example/x.png)", "！［x］(http：//evil.example/x.png)"),
            ("**粗** `代码`", "＊＊粗＊＊ ｀代码｀"),
            ("A\n# 标题\r\n> 引用", "A ＃ 标题  ＞ 引用"),
            ("&lt;@all&gt;", "＆lt;＠all＆gt;"),
            ("WWW.evil.example www.b", "WWW．evil.example www．b"),
            ("mailto:a@b", "mailto：a＠b"),
            ("Hanse Licht GmbH, 25 Nov. (40%)", "Hanse Licht GmbH, 25 Nov. (40%)"),
            ("GD26-0117：尾款", "GD26-0117：尾款"),
            ("a\u{202e}b\u{200b}c\u{1b}[31m", "a\u{fffd}b\u{fffd}c\u{fffd}［31m"),
        ] {
            assert_eq!(inert(text), wanted);
        }
    }
}
