//! 钉钉 custom robot, message type `markdown`: a title for the notification and a text. The whole body has at most 20,000
//! bytes (more is refused with code 460101), and a robot takes twenty messages a minute
//! (<https://open.dingtalk.com/document/orgapp/custom-robot-access>). A line ends with a blank line only. People are
//! mentioned by `at`, which stays empty. A robot that asks for a keyword takes 跟单 or gendan: the title begins with it.

use serde_json::json;

use super::Text;
use super::inert::inert;
use super::wecom::linked;

/// Of the body as it is posted.
const MAX_BODY: usize = 20_000;

pub(super) fn message(texts: &[Text]) -> (String, bool) {
    let title = texts.first().map(|text| inert(&text.verdict)).unwrap_or_default();
    let text: Vec<String> = texts.iter().map(content).collect();
    let text = text.join("\n\n---\n\n");
    let body = json!({
        "msgtype": "markdown",
        "markdown": { "title": title, "text": text },
        "at": { "isAtAll": false },
    })
    .to_string();
    let fits = body.len() < MAX_BODY;
    (body, fits)
}

fn content(text: &Text) -> String {
    let mut parts = vec![format!("**{}**", inert(&text.verdict)), inert(&text.about)];
    let items = text.items.iter().enumerate();
    let items: Vec<String> = items
        .map(|(at, item)| format!("{}. {} {}", at + 1, linked(&item.order), inert(&item.text)))
        .collect();
    if !items.is_empty() {
        parts.push(items.join("\n"));
    }
    parts.extend(text.more.as_ref().map(linked));
    parts.extend(text.lines.iter().map(|line| format!("> {}", linked(line))));
    parts.join("\n\n")
}
