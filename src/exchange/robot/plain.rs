//! Plain text: for a mail, a terminal, or a service that is not known here. No markup, so nothing to make inert but what
//! drives a terminal.

use super::{Linked, Text};
use crate::report::clean;

pub(super) fn message(texts: &[Text]) -> String {
    let texts: Vec<String> = texts.iter().map(content).collect();
    texts.join("\n\n")
}

fn content(text: &Text) -> String {
    let mut lines = vec![clean(&text.verdict), clean(&text.about), String::new()];
    for (at, item) in text.items.iter().enumerate() {
        lines.push(format!("{}. {} {}", at + 1, clean(&item.order.text), clean(&item.text)));
        lines.extend(item.order.link.as_ref().map(|link| format!("   {link}")));
    }
    lines.extend(text.more.as_ref().map(linked));
    if !text.items.is_empty() {
        lines.push(String::new());
    }
    lines.extend(text.lines.iter().map(linked));
    lines.join("\n")
}

fn linked(part: &Linked) -> String {
    let text = clean(&part.text);
    match &part.link {
        Some(link) => format!("{text}  {link}"),
        None => text,
    }
}
