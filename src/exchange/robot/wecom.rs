//! 企业微信 group robot, message type `markdown`: `content` has at most 4,096 bytes of UTF-8, and a robot takes twenty
//! messages a minute (<https://developer.work.weixin.qq.com/document/path/91770>; more is refused with code 40058).
//! The type knows headings, bold, links, quotations, code and three colours, no lists; `<@userid>` mentions a member.

use serde_json::json;

use super::inert::inert;
use super::{Linked, Text};

/// Of `markdown.content`, as UTF-8.
const MAX_CONTENT: usize = 4096;

pub(super) fn message(texts: &[Text]) -> (String, bool) {
    let content: Vec<String> = texts.iter().map(content).collect();
    let content = content.join("\n\n");
    let fits = content.len() <= MAX_CONTENT;
    (json!({ "msgtype": "markdown", "markdown": { "content": content } }).to_string(), fits)
}

fn content(text: &Text) -> String {
    let mut lines = vec![format!("**{}**", inert(&text.verdict)), inert(&text.about)];
    for (at, item) in text.items.iter().enumerate() {
        lines.push(format!("{}. {} {}", at + 1, linked(&item.order), inert(&item.text)));
    }
    lines.extend(text.more.as_ref().map(linked));
    lines.extend(text.lines.iter().map(|line| format!("> {}", linked(line))));
    lines.join("\n")
}

/// `[GD26-0117](https://…)`.
pub(super) fn linked(part: &Linked) -> String {
    let text = inert(&part.text);
    match &part.link {
        Some(link) => format!("[{text}]({link})"),
        None => text,
    }
}
