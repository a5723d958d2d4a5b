//! Atom feeds (RFC 4287): what changed, for whoever reads news in a reader. Written from finished text; nothing here
//! reads a clock.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::plain::{plain, plain_line};

/// A feed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Feed {
    /// A `tag:` URI that never changes.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// `zh-Hans`, `en`.
    pub lang: &'static str,
    /// When its newest entry was made, RFC 3339.
    pub updated: String,
    /// The feed itself, relative to itself.
    pub this: String,
    /// The page with the same entries, relative to the feed.
    pub page: String,
    /// Version of the program.
    pub version: &'static str,
    /// Newest first.
    pub entries: Vec<Entry>,
}

/// An entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// A `tag:` URI that never changes.
    pub id: String,
    /// In one line.
    pub title: String,
    /// When it was made, RFC 3339.
    pub updated: String,
    /// Who made it; a feed needs a name.
    pub author: String,
    /// Where it is told in full, relative to the feed or absolute.
    pub href: String,
    /// Everything it says, line by line.
    pub text: String,
}

/// The feed as XML.
#[must_use]
pub fn bytes(feed: &Feed) -> Vec<u8> {
    let mut xml = Writer::new(Vec::new());
    // Writing into memory does not fail.
    let _ = whole(&mut xml, feed);
    let mut bytes = xml.into_inner();
    bytes.push(b'\n');
    bytes
}

fn whole(xml: &mut Writer<Vec<u8>>, feed: &Feed) -> io::Result<()> {
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let root = xml.create_element("feed");
    let root = root.with_attributes([("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", feed.lang)]);
    root.write_inner_content(|xml| {
        text(xml, "id", &feed.id)?;
        text(xml, "title", &feed.title)?;
        text(xml, "updated", &feed.updated)?;
        link(xml, "self", "application/atom+xml", &feed.this)?;
        link(xml, "alternate", "text/html", &feed.page)?;
        let generator = xml.create_element("generator").with_attribute(("version", feed.version));
        generator.write_text_content(BytesText::new("gendan"))?;
        feed.entries.iter().try_for_each(|found| entry(xml, found))
    })?;
    Ok(())
}

fn entry(xml: &mut Writer<Vec<u8>>, entry: &Entry) -> io::Result<()> {
    newline(xml)?;
    xml.create_element("entry").write_inner_content(|xml| {
        text(xml, "id", &entry.id)?;
        text(xml, "title", &entry.title)?;
        text(xml, "updated", &entry.updated)?;
        newline(xml)?;
        xml.create_element("author").write_inner_content(|xml| {
            xml.create_element("name").write_text_content(BytesText::new(&plain_line(&entry.author)))?;
            Ok(())
        })?;
        link(xml, "alternate", "text/html", &entry.href)?;
        newline(xml)?;
        let content = xml.create_element("content").with_attribute(("type", "text"));
        content.write_text_content(BytesText::new(&plain(&entry.text)))?;
        Ok(())
    })?;
    Ok(())
}

fn text(xml: &mut Writer<Vec<u8>>, name: &str, value: &str) -> io::Result<()> {
    newline(xml)?;
    xml.create_element(name).write_text_content(BytesText::new(&plain_line(value)))?;
    Ok(())
}

fn link(xml: &mut Writer<Vec<u8>>, rel: &str, kind: &str, href: &str) -> io::Result<()> {
    newline(xml)?;
    let href = plain_line(href);
    let element = xml.create_element("link");
    element.with_attributes([("rel", rel), ("type", kind), ("href", &*href)]).write_empty()?;
    Ok(())
}

/// One element a line, so that two feeds can be compared.
fn newline(xml: &mut Writer<Vec<u8>>) -> io::Result<()> {
    xml.write_event(Event::Text(BytesText::from_escaped("\n")))
}

#[cfg(test)]
mod tests {
    use quick_xml::Reader;

    use super::*;

    /// Element names with their text, as another program reads them.
    fn read(bytes: &[u8]) -> Vec<(String, String)> {
        let mut reader = Reader::from_str(std::str::from_utf8(bytes).unwrap());
        let (mut open, mut all) = (Vec::new(), Vec::new());
        loop {
            match reader.read_event().unwrap() {
                Event::Start(start) => {
                    open.push(start.name().as_ref().to_owned());
                    all.push((open.join("/"), String::new()));
                }
                Event::End(_) => {
                    open.pop();
                }
                Event::Text(text) => {
                    let text = text.to_string();
                    if let Some((path, value)) = all.last_mut().filter(|(path, _)| *path == open.join("/")) {
                        assert!(!path.is_empty());
                        value.push_str(text.trim_end_matches('\n'));
                    }
                }
                Event::GeneralRef(name) => {
                    let text = match &*name {
                        "lt" => "<",
                        "gt" => ">",
                        "amp" => "&",
                        "quot" => "\"",
                        "apos" => "'",
                        other => panic!("{other}"),
                    };
                    all.last_mut().unwrap().1.push_str(text);
                }
                Event::Eof => break,
                _ => {}
            }
        }
        assert!(open.is_empty());
        all
    }

    #[test]
    fn whatever_a_commit_says_is_text() {
        let hostile = "</title><script>alert(1)</script> & \"'\u{0}\u{1b}[31m\u{202e}]]>\u{FFFE} 林岩";
        let entry = Entry {
            id: "tag:x,2026:1".to_owned(),
            title: hostile.to_owned(),
            author: hostile.to_owned(),
            href: "o/\"><x y=\"&.html".to_owned(),
            text: format!("{hostile}\nzwei"),
            updated: "2026-11-09T16:44:00+08:00".to_owned(),
        };
        let feed = Feed { title: hostile.to_owned(), entries: vec![entry], ..Feed::default() };
        let bytes = bytes(&feed);
        let all = read(&bytes);
        let clean = "</title><script>alert(1)</script> & \"'[31m]]> 林岩";
        let of =
            |path: &str| all.iter().filter(|(p, _)| p == path).map(|(_, t)| t.as_str()).collect::<Vec<_>>();
        assert_eq!(of("feed/title"), [clean]);
        assert_eq!(of("feed/entry/title"), [clean]);
        assert_eq!(of("feed/entry/author/name"), [clean]);
        assert_eq!(of("feed/entry/content"), [format!("{clean}\nzwei")]);
        assert_eq!(of("feed/entry/updated"), ["2026-11-09T16:44:00+08:00"]);
        assert!(all.iter().all(|(path, _)| !path.contains("script") && !path.contains("/x")));
    }
}
