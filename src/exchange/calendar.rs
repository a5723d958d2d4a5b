//! Calendars that people import or subscribe to (iCalendar, RFC 5545). The same data give the same bytes, and an
//! event keeps its identity when its day moves, so that a calendar program moves it instead of adding a second one.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::{DateTime, Duration, FixedOffset, NaiveDate, NaiveTime, Utc};
use icalendar::{Component as _, EventLike as _};

use super::plain::{plain, plain_line};

/// A calendar.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    /// What calendar programs call it: `截止日 lin.yan`.
    pub name: String,
    /// Events, in the order in which they are written.
    pub events: Vec<Event>,
}

/// An event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What it is about, for its identity: the ID of an order.
    pub subject: String,
    /// What happens, for its identity: `cutoff-si`. Never changed for the same thing.
    pub kind: &'static str,
    /// Which of several, for its identity: the shipment, the credit, the instalment; never a position in a list that
    /// may move, never the day. Empty where there is only one.
    pub which: String,
    /// When.
    pub when: When,
    /// One line.
    pub summary: String,
    /// What else there is to know; may have several lines.
    pub description: String,
    /// Where to read on; only `http` and `https` are written. Empty = nowhere.
    pub url: String,
    /// Words to filter by.
    pub categories: Vec<String>,
    /// Reminders.
    pub alarms: Vec<Alarm>,
    /// The day is an estimate and may move.
    pub tentative: bool,
}

/// When an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// A whole day, the same one in every time zone.
    Day(NaiveDate),
    /// A moment, as written with the offset of its place.
    At(DateTime<FixedOffset>),
}

/// A reminder, so and so long before its event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alarm {
    /// Minutes from the start of the event; negative = before it.
    pub minutes: i64,
}

impl Alarm {
    /// So long before the event.
    #[must_use]
    pub fn before(time: Duration) -> Self {
        Self { minutes: 0_i64.saturating_sub(time.num_minutes()) }
    }

    /// At nine in the morning, so many days before an event of a whole day.
    #[must_use]
    pub fn morning(days: u32) -> Self {
        Self { minutes: 9 * 60 - i64::from(days) * 24 * 60 }
    }

    /// `-P3D`, `-PT90M`, `PT540M`.
    fn trigger(self) -> String {
        let sign = if self.minutes < 0 { "-" } else { "" };
        let minutes = self.minutes.unsigned_abs();
        match (minutes / 1440, minutes % 1440) {
            (days, 0) if days > 0 => format!("{sign}P{days}D"),
            _ => format!("{sign}PT{minutes}M"),
        }
    }
}

/// Longer texts are cut: calendar programs show no more, and some refuse the event.
const MAX_SUMMARY: usize = 200;
const MAX_DESCRIPTION: usize = 4000;
/// Octets of a line, without its end.
const LINE: usize = 75;

impl Event {
    /// Its identity: every part kept apart and nothing lost, whatever stands in it.
    #[must_use]
    pub fn uid(&self) -> String {
        let mut uid = escape(&self.subject);
        uid.push('.');
        uid.push_str(&escape(self.kind));
        if !self.which.is_empty() {
            uid.push('.');
            uid.push_str(&escape(&self.which));
        }
        uid
    }

    fn component(&self, uid: &str, stamp: DateTime<Utc>) -> icalendar::Event {
        let summary = cut(&plain_line(&self.summary), MAX_SUMMARY);
        let mut event = icalendar::Event::new();
        event.uid(uid).timestamp(stamp).summary(&summary);
        // A deadline does not make anybody busy.
        event.add_property("TRANSP", "TRANSPARENT");
        if self.tentative {
            event.status(icalendar::EventStatus::Tentative);
        }
        match self.when {
            When::Day(day) => {
                event.starts(day);
                // The end is exclusive.
                if let Some(next) = day.succ_opt() {
                    event.ends(next);
                }
            }
            When::At(moment) => {
                event.starts(moment.with_timezone(&Utc));
            }
        }
        let description = cut(&plain(&self.description), MAX_DESCRIPTION);
        if !description.is_empty() {
            event.description(&description);
        }
        if let Some(url) = web(&self.url) {
            event.url(&url);
        }
        if !self.categories.is_empty() {
            event.categories(self.categories.iter().map(|c| cut(&plain_line(c), MAX_SUMMARY)));
        }
        for (n, alarm) in self.alarms.iter().enumerate() {
            let mut shown = icalendar::Alarm::display(&summary, Duration::zero());
            shown.add_property("TRIGGER", alarm.trigger()).uid(&format!("alarm-{n}.{uid}"));
            event.alarm(shown);
        }
        event
    }
}

/// The calendar as a file, made on a day.
#[must_use]
pub fn bytes(calendar: &Calendar, as_of: NaiveDate) -> Vec<u8> {
    let stamp = as_of.and_time(NaiveTime::MIN).and_utc();
    let mut file = icalendar::Calendar::empty();
    let name = cut(&plain_line(&calendar.name), MAX_SUMMARY);
    let version = env!("CARGO_PKG_VERSION");
    for (key, value) in [
        ("VERSION", "2.0"),
        ("PRODID", &*format!("-//gendan//gendan {version}//ZH")),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        ("X-WR-CALNAME", &*name),
        ("X-PUBLISHED-TTL", "PT12H"),
    ] {
        file.append_property(icalendar::Property::new(key, value));
    }
    let mut used: BTreeMap<String, usize> = BTreeMap::new();
    for event in &calendar.events {
        let uid = event.uid();
        let times = used.entry(uid.clone()).or_default();
        *times += 1;
        // Two shipments of one name are a mistake in the data; neither may vanish from the calendar for it.
        let uid = match *times {
            1 => format!("{uid}@gendan"),
            n => format!("{uid}.~{n}@gendan"),
        };
        file.push(event.component(&uid, stamp));
    }
    finish(&file.to_string()).into_bytes()
}

/// What the library leaves to be done: it stamps alarms, which have no stamp, with the clock of the machine, and a
/// continued line of it may have an octet too many.
fn finish(text: &str) -> String {
    let whole = text.replace("\r\n ", "");
    let mut out = String::with_capacity(text.len());
    let mut alarm = false;
    for line in whole.split("\r\n").filter(|line| !line.is_empty()) {
        alarm = (alarm || line == "BEGIN:VALARM") && line != "END:VALARM";
        if !(alarm && line.starts_with("DTSTAMP")) {
            fold(line, &mut out);
        }
    }
    out
}

/// A line cut to octets, never within a character.
fn fold(line: &str, out: &mut String) {
    let mut used = 0;
    for c in line.chars() {
        if used + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(c);
        used += c.len_utf8();
    }
    out.push_str("\r\n");
}

/// Everything but ASCII letters, digits, `-` and `_` as `%XX`.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// An address of the web, in ASCII and on one line; any other is none.
fn web(url: &str) -> Option<String> {
    let url = url.trim();
    let known = ["https://", "http://"].iter().any(|scheme| url.starts_with(scheme));
    known.then(|| {
        let mut out = String::with_capacity(url.len());
        for byte in url.bytes() {
            if byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte) {
                out.push(char::from(byte));
            } else {
                let _ = write!(out, "%{byte:02X}");
            }
        }
        out
    })
}

/// The text, or its beginning and an ellipsis.
fn cut(text: &str, max: usize) -> String {
    match text.char_indices().nth(max) {
        Some(_) => text.chars().take(max.saturating_sub(1)).chain(['…']).collect(),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn event(when: When) -> Event {
        Event {
            subject: "GD26-0117".to_owned(),
            kind: "cutoff-si",
            which: "S1".to_owned(),
            when,
            summary: "截单：GD26-0117".to_owned(),
            description: String::new(),
            url: String::new(),
            categories: Vec::new(),
            alarms: Vec::new(),
            tentative: false,
        }
    }

    fn file(events: Vec<Event>) -> String {
        let calendar = Calendar { name: "截止日, lin.yan; 单证".to_owned(), events };
        String::from_utf8(bytes(&calendar, day("2026-11-20"))).unwrap()
    }

    /// The lines of a file, put together again.
    fn lines(file: &str) -> Vec<String> {
        assert!(file.ends_with("\r\n"));
        for line in file.split("\r\n") {
            assert!(line.len() <= 75, "{} octets: {line}", line.len());
            assert!(!line.contains(['\n', '\r']), "a bare line break: {line:?}");
        }
        file.replace("\r\n ", "").lines().map(str::to_owned).collect()
    }

    #[test]
    fn a_day_ends_before_the_next_one() {
        let found = lines(&file(vec![event(When::Day(day("2026-11-30")))]));
        assert_eq!(
            found,
            [
                "BEGIN:VCALENDAR",
                "VERSION:2.0",
                &format!("PRODID:-//gendan//gendan {}//ZH", env!("CARGO_PKG_VERSION")),
                "CALSCALE:GREGORIAN",
                "METHOD:PUBLISH",
                "X-WR-CALNAME:截止日\\, lin.yan\\; 单证",
                "X-PUBLISHED-TTL:PT12H",
                "BEGIN:VEVENT",
                "DTEND;VALUE=DATE:20261201",
                "DTSTAMP:20261120T000000Z",
                "DTSTART;VALUE=DATE:20261130",
                "SUMMARY:截单：GD26-0117",
                "TRANSP:TRANSPARENT",
                "UID:GD26-0117.cutoff-si.S1@gendan",
                "END:VEVENT",
                "END:VCALENDAR",
            ]
        );
    }

    #[test]
    fn a_moment_is_written_in_utc() {
        let moment = DateTime::parse_from_rfc3339("2026-11-30T02:00:00+08:00").unwrap();
        let found = lines(&file(vec![event(When::At(moment))]));
        assert!(found.contains(&"DTSTART:20261129T180000Z".to_owned()), "{found:?}");
        assert!(!found.iter().any(|l| l.starts_with("DTEND")), "{found:?}");
    }

    #[test]
    fn an_event_keeps_its_identity_when_its_day_or_its_place_moves() {
        let (a, b) = (event(When::Day(day("2026-11-30"))), event(When::Day(day("2026-12-02"))));
        assert_eq!(a.uid(), b.uid());
        let other = Event { which: "S2".to_owned(), ..a.clone() };
        let uids = |events: Vec<Event>| -> Vec<String> {
            lines(&file(events)).into_iter().filter(|l| l.starts_with("UID:")).collect()
        };
        assert_eq!(
            uids(vec![other.clone(), b]),
            ["UID:GD26-0117.cutoff-si.S2@gendan", "UID:GD26-0117.cutoff-si.S1@gendan"]
        );
        // Parts cannot run into each other, and what is written twice stays two events.
        let joined = |subject: &str, which: &str| {
            Event { subject: subject.to_owned(), which: which.to_owned(), ..a.clone() }.uid()
        };
        assert_ne!(joined("A.cutoff-si", "B"), joined("A", "cutoff-si.B"));
        assert_eq!(joined("订单 1", ""), "%E8%AE%A2%E5%8D%95%201.cutoff-si");
        assert_eq!(
            uids(vec![a.clone(), a.clone(), Event { which: "S1.~2".to_owned(), ..a }]),
            [
                "UID:GD26-0117.cutoff-si.S1@gendan",
                "UID:GD26-0117.cutoff-si.S1.~2@gendan",
                "UID:GD26-0117.cutoff-si.S1%2E%7E2@gendan"
            ]
        );
    }

    #[test]
    fn hostile_text_stays_text() {
        let evil = "x\r\nATTENDEE:mailto:a@b\rBEGIN:VALARM\u{2028}END:VEVENT\u{85}URL:x\0\u{202e},;\\n\\";
        let hostile = Event {
            subject: evil.to_owned(),
            which: evil.to_owned(),
            summary: evil.to_owned(),
            description: format!("{evil}\n{}", "长文字😀 ".repeat(3000)),
            url: "https://forge.example/a b\r\nATTENDEE:mailto:a@b\"".to_owned(),
            categories: vec![evil.to_owned(), "a,b".to_owned()],
            alarms: vec![Alarm::morning(1)],
            ..event(When::Day(day("2026-11-30")))
        };
        let calendar = Calendar { name: evil.to_owned(), events: vec![hostile] };
        let text = String::from_utf8(bytes(&calendar, day("2026-11-20"))).unwrap();
        let found = lines(&text);
        let names: Vec<&str> = found.iter().filter_map(|l| l.split([':', ';']).next()).collect();
        assert_eq!(
            names[7..],
            [
                "BEGIN",
                "DESCRIPTION",
                "DTEND",
                "DTSTAMP",
                "DTSTART",
                "SUMMARY",
                "TRANSP",
                "UID",
                "URL",
                "CATEGORIES",
                "BEGIN",
                "ACTION",
                "DESCRIPTION",
                "TRIGGER",
                "UID",
                "END",
                "END",
                "END"
            ],
            "{found:#?}"
        );
        assert!(
            found[12].starts_with("SUMMARY:x ATTENDEE:mailto:a@b BEGIN:VALARM END:VEVENT URL:x\\,\\;\\\\n")
        );
        assert!(found[15].starts_with("URL:https://forge.example/a%20b%0D%0AATTENDEE:mailto:a@b%22"));
        assert!(found[16].ends_with(",a\\,b"), "{}", found[16]);
        assert!(found[8].ends_with('…') && found[8].chars().count() < 4100, "a long text is cut");
        assert_eq!(web("javascript:alert(1)"), None);
    }

    #[test]
    fn alarms_are_relative_and_carry_no_clock() {
        let with = |alarm| Event { alarms: vec![alarm], ..event(When::Day(day("2026-11-30"))) };
        let trigger = |alarm| {
            let found = lines(&file(vec![with(alarm)]));
            assert_eq!(found.iter().filter(|l| l.starts_with("DTSTAMP")).count(), 1, "{found:?}");
            found.into_iter().find(|l| l.starts_with("TRIGGER")).unwrap()
        };
        assert_eq!(trigger(Alarm::before(Duration::days(3))), "TRIGGER:-P3D");
        assert_eq!(trigger(Alarm::before(Duration::minutes(90))), "TRIGGER:-PT90M");
        assert_eq!(trigger(Alarm::morning(1)), "TRIGGER:-PT900M");
        assert_eq!(trigger(Alarm::morning(0)), "TRIGGER:PT540M");
        let one = file(vec![with(Alarm::morning(1))]);
        std::thread::sleep(std::time::Duration::from_millis(1100));
        assert_eq!(one, file(vec![with(Alarm::morning(1))]), "the same bytes a second later");
    }

    #[test]
    fn long_lines_are_folded_between_characters() {
        for text in
            ["中文字符".repeat(60), "a".repeat(149), format!("{}中", "a".repeat(140)), "😀".repeat(99)]
        {
            let long = Event { description: text.clone(), ..event(When::Day(day("2026-11-30"))) };
            let found = lines(&file(vec![long]));
            assert!(found.contains(&format!("DESCRIPTION:{text}")), "{text}");
        }
    }

    #[test]
    fn a_calendar_without_events_is_one() {
        assert_eq!(lines(&file(vec![])).len(), 8);
    }
}
