//! 飞书 custom robot, message type `post`: paragraphs of text and links, in both languages at once where both are wanted;
//! each reader sees the one of their client. Text in it is text, not Markdown. The whole request has at most 20 KB (more
//! is refused with code 9499), and a robot takes a hundred messages a minute and five a second
//! (<https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot>). The same page asks not to send at full and half
//! hours.

use serde_json::{Map, Value, json};

use super::inert::inert;
use super::{Linked, Text};
use crate::text::Lang;

/// Of the body as it is posted: 20 KB, in the smaller sense.
const MAX_BODY: usize = 20_000;

pub(super) fn message(texts: &[Text]) -> (String, bool) {
    let mut post = Map::new();
    for text in texts {
        let key = match text.lang {
            Lang::Zh => "zh_cn",
            Lang::En => "en_us",
        };
        post.insert(key.to_owned(), json!({ "title": inert(&text.verdict), "content": content(text) }));
    }
    let body = json!({ "msg_type": "post", "content": { "post": post } }).to_string();
    let fits = body.len() < MAX_BODY;
    (body, fits)
}

fn content(text: &Text) -> Vec<Vec<Value>> {
    let mut paragraphs = vec![vec![plain(&text.about)]];
    for (at, item) in text.items.iter().enumerate() {
        let number = format!("{}. ", at + 1);
        paragraphs.push(vec![plain(&number), linked(&item.order), plain(&format!(" {}", item.text))]);
    }
    paragraphs.extend(text.more.iter().map(|more| vec![linked(more)]));
    paragraphs.extend(text.lines.iter().map(|line| vec![linked(line)]));
    paragraphs
}

fn plain(text: &str) -> Value {
    json!({ "tag": "text", "text": inert(text) })
}

fn linked(part: &Linked) -> Value {
    match &part.link {
        Some(link) => json!({ "tag": "a", "text": inert(&part.text), "href": link }),
        None => plain(&part.text),
    }
}
