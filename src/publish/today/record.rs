//! The record that proves a step, ready to paste: never a typed date where a paper, a receipt or a presentation says
//! it, and never a figure that somebody has to read from a paper first.

use chrono::NaiveDate;

use crate::derive::deadlines::{Deadline, Kind};
use crate::derive::sailing::Cutoff;
use crate::model::Order;
use crate::model::order::Shipment;
use crate::model::stage::Milestone;
use crate::model::value::Mode;
use crate::publish::ctx::Ctx;
use crate::say;
use crate::site::view::TaskRecord;

/// Where a record goes.
enum At {
    /// At the end of a file: a table of its own.
    End,
    /// Into a table that is there, named as people see it.
    In(String),
}

/// What is pasted, and where: the key tells the file.
struct Snippet {
    key: String,
    at: At,
    lines: Vec<String>,
}

impl Snippet {
    /// A new element of a list of tables.
    fn new(table: &str, lines: Vec<String>) -> Option<Self> {
        let lines = std::iter::once(format!("[[{table}]]")).chain(lines).collect();
        Some(Self { key: table.to_owned(), at: At::End, lines })
    }

    /// A key of a table that exists.
    fn within(key: String, table: String, lines: Vec<String>) -> Option<Self> {
        Some(Self { key, at: At::In(table), lines })
    }
}

/// The record for a deadline; nothing where there is none to write.
pub(super) fn of(ctx: &Ctx<'_>, order: &Order, deadline: &Deadline) -> Option<TaskRecord> {
    let snippet = Draft { ctx, order, deadline, today: ctx.as_of() }.snippet()?;
    let file = order.origin.place(&snippet.key).file;
    let name = file.rsplit('/').next().unwrap_or_default();
    let hint = match &snippet.at {
        At::End => say!(ctx, "办完加到 {name} 末尾", "when done, add to the end of {name}"),
        At::In(table) => say!(ctx, "办完写进 {name} 的 {table}", "when done, write into {table} of {name}"),
    };
    Some(TaskRecord { hint, text: snippet.lines.join("\n"), edit_href: ctx.edit_href(&file) })
}

struct Draft<'d, 'a> {
    ctx: &'d Ctx<'a>,
    order: &'d Order,
    deadline: &'d Deadline,
    today: NaiveDate,
}

impl Draft<'_, '_> {
    fn snippet(&self) -> Option<Snippet> {
        let today = self.today;
        let date = || format!("date = {today}");
        match self.deadline.kind {
            Kind::Validity => {
                let (index, proforma) = self.element("proforma", &self.order.docs.proforma)?;
                let number = proforma.paper.number.as_deref();
                let path = format!("proforma[{index}]");
                Snippet::within(
                    path,
                    named("proforma", "number", number),
                    vec![format!("signed_by_buyer = {today}")],
                )
            }
            Kind::Step(step) => self.step(step),
            Kind::Purchase | Kind::Produced => Snippet::new(
                "progress",
                vec![date(), self.noted("done = 0", ("累计完成数量", "finished so far"))],
            ),
            Kind::Inspected | Kind::Inspection => self.inspection(),
            Kind::Loading => self.shipment(|_| vec![format!("loaded = {today}")]),
            Kind::Cutoff(cutoff) => self.cutoff(cutoff),
            Kind::Isf => filing("isf", today),
            Kind::Ens => filing("ens", today),
            Kind::TaxClaim => filing("tax-refund", today),
            Kind::FilingSet => filing("record-set", today),
            Kind::Safe => filing("safe", today),
            Kind::Insurance => Snippet::new(
                "insurance",
                vec![
                    "number = \"\"".to_owned(),
                    format!("issued = {today}"),
                    format!("effective = {today}"),
                    self.noted("amount = 0.00", ("照保单", "as the policy says")),
                ],
            ),
            Kind::Departure | Kind::Shipment | Kind::CreditShipment => self.transport(),
            Kind::Arrival => self.shipment(|_| vec![format!("arrived = {today}")]),
            Kind::FreeTime => self.shipment(|_| vec![format!("released = {today}")]),
            Kind::Amendment => {
                let line = self.noted(&format!("accepted = {today}"), ("不接受写 rejected", "or rejected"));
                Snippet::within(self.deadline.path.clone(), "[[lc.amendments]]".to_owned(), vec![line])
            }
            Kind::Presentation | Kind::Expiry => self.presentation(),
            Kind::Refusal => {
                let line = self.noted(&format!("accepted = {today}"), ("付了款写 paid", "paid, if it paid"));
                Snippet::within(self.deadline.path.clone(), "[[presentation]]".to_owned(), vec![line])
            }
            Kind::Due | Kind::TaxReceipt => self.receipt(),
            Kind::Chase => self.reminder(),
            Kind::Bill => self.payment(),
            Kind::Complaint => {
                let (index, complaint) = self.element("complaints", &self.order.complaints)?;
                let table = named("complaints", "number", complaint.number.as_deref());
                let lines = vec!["settled = \"\"".to_owned(), format!("closed = {today}")];
                Snippet::within(format!("complaints[{index}]"), table, lines)
            }
            Kind::Corrective => {
                let table = "[[inspections]] corrective".to_owned();
                Snippet::within(self.deadline.path.clone(), table, vec![format!("closed = {today}")])
            }
            Kind::Issue => {
                let table = "[[issues]]".to_owned();
                Snippet::within(self.deadline.path.clone(), table, vec![format!("closed = {today}")])
            }
            Kind::Feedback => {
                let asked = format!("asked = {today}");
                match self.order.feedback.is_some() {
                    true => Snippet::within("feedback".to_owned(), "[feedback]".to_owned(), vec![asked]),
                    false => Some(Snippet {
                        key: "feedback".to_owned(),
                        at: At::End,
                        lines: vec!["[feedback]".to_owned(), asked],
                    }),
                }
            }
            Kind::Waiver | Kind::Keep | Kind::BankHoliday | Kind::FactoryHoliday => None,
        }
    }

    /// A line with a remark in the language of the page.
    fn noted(&self, line: &str, remark: crate::text::StaticBi) -> String {
        format!("{line}  # {}", self.ctx.word(remark))
    }

    /// The element of a list that the deadline's path names.
    fn element<'t, T>(&self, list: &str, elements: &'t [T]) -> Option<(usize, &'t T)> {
        let rest = self.deadline.path.strip_prefix(list)?.strip_prefix('[')?;
        let index: usize = rest.split_once(']')?.0.parse().ok()?;
        Some((index, elements.get(index)?))
    }

    /// The shipment it is about.
    fn own_shipment(&self) -> Option<(usize, &Shipment)> {
        self.element("shipments", &self.order.shipments)
    }

    fn shipment(&self, lines: impl FnOnce(&Shipment) -> Vec<String>) -> Option<Snippet> {
        let (index, shipment) = self.own_shipment()?;
        let table = named("shipments", "id", shipment.id.as_deref());
        Snippet::within(format!("shipments[{index}]"), table, lines(shipment))
    }

    fn cutoff(&self, cutoff: Cutoff) -> Option<Snippet> {
        // A moment in the time of the port; the hour is for somebody to write.
        let zone =
            self.deadline.time.map(|at| at.format("%:z").to_string()).unwrap_or_else(|| "Z".to_owned());
        let moment = |key: &str| {
            let line = format!("{key} = {}T12:00:00{zone}", self.today);
            vec![self.noted(&line, ("改成实际时刻", "the actual time"))]
        };
        match cutoff {
            Cutoff::Si => self.shipment(|_| moment("si_sent")),
            Cutoff::Vgm => self.shipment(|_| moment("vgm_sent")),
            Cutoff::Yard | Cutoff::DangerousGoods => self.shipment(|_| moment("gated_in")),
            Cutoff::Customs => self.released(),
        }
    }

    /// The release by customs: of the declaration that is there, else a new one.
    fn released(&self) -> Option<Snippet> {
        let today = self.today;
        let mut all = self.order.docs.customs.iter().enumerate();
        let open = all.rfind(|(_, c)| c.paper.is_current() && c.released.is_none());
        match open {
            Some((index, declaration)) => {
                let table = named("customs", "number", declaration.paper.number.as_deref());
                Snippet::within(format!("customs[{index}]"), table, vec![format!("released = {today}")])
            }
            None => Snippet::new(
                "customs",
                self.of_shipment(vec![
                    "number = \"\"".to_owned(),
                    format!("date = {today}"),
                    format!("released = {today}"),
                ]),
            ),
        }
    }

    /// Names the shipment where there are several.
    fn of_shipment(&self, mut lines: Vec<String>) -> Vec<String> {
        let own = self.own_shipment().and_then(|(_, s)| s.id.as_deref());
        if let Some(id) = own.filter(|_| self.order.shipments.len() > 1) {
            lines.push(format!("shipment = {}", quoted(id)));
        }
        lines
    }

    fn mode(&self) -> Option<Mode> {
        self.own_shipment().and_then(|(_, s)| s.mode).or(self.order.mode)
    }

    /// The transport document, which proves the shipment.
    fn transport(&self) -> Option<Snippet> {
        let (table, key) = match self.mode() {
            Some(Mode::Air) => ("awb", "issued"),
            Some(Mode::Rail | Mode::Road) => ("waybill", "stamped"),
            Some(Mode::Courier) => ("courier", "pickup"),
            _ => ("bl", "on_board"),
        };
        let day = self.noted(&format!("{key} = {}", self.today), ("照单据", "as the document says"));
        Snippet::new(table, self.of_shipment(vec!["number = \"\"".to_owned(), day]))
    }

    fn inspection(&self) -> Option<Snippet> {
        let result = self.noted("result = \"pending\"", ("pass 或 fail", "pass or fail"));
        if let Some((index, _)) = self
            .element("inspections", &self.order.inspections)
            .filter(|_| self.deadline.kind == Kind::Inspection)
        {
            return Snippet::within(
                format!("inspections[{index}]"),
                "[[inspections]]".to_owned(),
                vec![result],
            );
        }
        Snippet::new(
            "inspections",
            vec![
                format!("date = {}", self.today),
                "stage = \"final\"".to_owned(),
                "by = \"\"".to_owned(),
                result,
            ],
        )
    }

    fn presentation(&self) -> Option<Snippet> {
        let mut lines = vec![
            format!("date = {}", self.today),
            "to = \"bank\"".to_owned(),
            "set = \"originals\"".to_owned(),
        ];
        if self.order.docs.lc.len() > 1
            && let Some((_, lc)) = self.element("lc", &self.order.docs.lc)
            && let Some(number) = lc.paper.number.as_deref()
        {
            lines.push(format!("lc = {}", quoted(number)));
        }
        // The papers of a refused presentation are presented again under its id.
        let refused = |p: &crate::model::document::Presentation| {
            let sent = p.refusal.as_deref().and_then(|r| r.sent).or(p.refused);
            sent.is_some_and(|day| day <= self.today)
        };
        if let Some(id) =
            self.order.docs.presentation.iter().rfind(|p| refused(p)).and_then(|p| p.id.as_deref())
        {
            lines.push(format!("again = {}", quoted(id)));
        }
        Snippet::new("presentation", lines)
    }

    fn receipt(&self) -> Option<Snippet> {
        let mut lines = vec![
            format!("date = {}", self.today),
            self.noted("amount = 0.00", ("净到账额，照水单", "net, as the advice says")),
        ];
        if self.deadline.kind == Kind::Due {
            lines.extend(self.instalment());
        }
        lines.push("ref = \"\"".to_owned());
        Snippet::new("received", lines)
    }

    /// The instalment and the shipment, from the part of the deadline: `2`, `2-1`, `2-1-T+30`.
    fn instalment(&self) -> Vec<String> {
        let Some(own) = self.order.payment.as_deref().map(|line| line.contains(',')) else {
            return Vec::new();
        };
        let part = self.deadline.part.as_str();
        let position: String = part.chars().take_while(char::is_ascii_digit).collect();
        let several = own && !position.is_empty();
        if several { vec![format!("for = {}", quoted(&position))] } else { Vec::new() }
    }

    fn reminder(&self) -> Option<Snippet> {
        let step = self.deadline.part.rsplit_once("-T").map(|(_, days)| format!("T{days}"));
        let step = step.or_else(|| self.deadline.part.rsplit('-').next().map(str::to_owned))?;
        let mut lines = vec![format!("date = {}", self.today), "how = \"mail\"".to_owned()];
        lines.extend(self.deadline.owner.as_deref().map(|who| format!("who = {}", quoted(who))));
        lines.extend(self.instalment());
        lines.push(format!("step = {}", quoted(&step)));
        lines.push("said = \"\"".to_owned());
        Snippet::new("reminders", lines)
    }

    fn payment(&self) -> Option<Snippet> {
        let (_, bill) = self.element("bills", &self.order.bills)?;
        let mut lines = vec![format!("date = {}", self.today)];
        lines.extend(bill.from.as_deref().map(|to| format!("to = {}", quoted(to))));
        lines.push(self.noted("amount = \"CNY 0.00\"", ("照付款水单", "as the bank slip says")));
        lines.extend(bill.number.as_deref().map(|number| format!("bill = {}", quoted(number))));
        Snippet::new("paid", lines)
    }

    /// Steps that only a plan speaks of.
    fn step(&self, step: Milestone) -> Option<Snippet> {
        let today = self.today;
        let date = format!("date = {today}");
        match step {
            Milestone::PiSent | Milestone::Confirmed => {
                let first = self.order.docs.proforma.iter().enumerate().next_back();
                match first.filter(|_| step == Milestone::Confirmed) {
                    Some((index, proforma)) => {
                        let table = named("proforma", "number", proforma.paper.number.as_deref());
                        let line = format!("signed_by_buyer = {today}");
                        Snippet::within(format!("proforma[{index}]"), table, vec![line])
                    }
                    None => Snippet::new("proforma", vec!["number = \"\"".to_owned(), date]),
                }
            }
            Milestone::Reviewed => Some(Snippet {
                key: "review".to_owned(),
                at: At::End,
                lines: vec![
                    "[review]".to_owned(),
                    "by = \"\"".to_owned(),
                    date,
                    self.noted(
                        "decision = \"accept\"",
                        ("或 accept-with-risk、decline", "or accept-with-risk, decline"),
                    ),
                ],
            }),
            Milestone::Released => Snippet::new(
                "purchases",
                vec!["number = \"\"".to_owned(), "to = \"\"".to_owned(), format!("issued = {today}")],
            ),
            Milestone::Produced => Snippet::new(
                "progress",
                vec![date, self.noted("done = 0", ("累计完成数量", "finished so far"))],
            ),
            Milestone::Inspected => self.inspection(),
            Milestone::Booked => match self.order.shipments.is_empty() {
                true => Snippet::new("shipments", booking()),
                false => Snippet::within("shipments[0]".to_owned(), "[[shipments]]".to_owned(), booking()),
            },
            Milestone::Declared => Snippet::new("customs", vec!["number = \"\"".to_owned(), date]),
            Milestone::Cleared => self.released(),
            Milestone::Shipped => self.transport(),
            Milestone::Presented => self.copies(),
            Milestone::Noticed => {
                Snippet::new("reminders", vec![date, "how = \"mail\"".to_owned(), "said = \"\"".to_owned()])
            }
            Milestone::Paid => self.receipt(),
            // These have no record of their own.
            _ => {
                let line = format!("{} = {today}", step.code());
                match self.order.actual.is_some() {
                    true => Snippet::within("actual".to_owned(), "[actual]".to_owned(), vec![line]),
                    false => Some(Snippet {
                        key: "actual".to_owned(),
                        at: At::End,
                        lines: vec!["[actual]".to_owned(), line],
                    }),
                }
            }
        }
    }

    /// Papers go to the bank under a credit or a collection, else copies to the buyer.
    fn copies(&self) -> Option<Snippet> {
        let bank = !self.order.docs.lc.is_empty() || !self.order.docs.collection.is_empty();
        let (to, set) = if bank { ("bank", "originals") } else { ("buyer", "copies") };
        let lines =
            vec![format!("date = {}", self.today), format!("to = \"{to}\""), format!("set = \"{set}\"")];
        Snippet::new("presentation", lines)
    }
}

fn booking() -> Vec<String> {
    ["booking", "vessel", "voyage"].map(|key| format!("{key} = \"\"")).to_vec()
}

fn filing(kind: &str, today: NaiveDate) -> Option<Snippet> {
    Snippet::new(
        "filings",
        vec![format!("kind = {}", quoted(kind)), format!("date = {today}"), "ref = \"\"".to_owned()],
    )
}

/// `[[shipments]] id = "1"`: the table as people find it.
fn named(table: &str, key: &str, value: Option<&str>) -> String {
    match value {
        Some(value) => format!("[[{table}]] {key} = {}", quoted(value)),
        None => format!("[[{table}]]"),
    }
}

/// A TOML string, whatever it holds.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::derive::{deadlines, derive};
    use crate::history;
    use crate::load::load;
    use crate::publish::audience::Reader;
    use crate::publish::ctx::Findings;
    use crate::text::Lang;

    /// Every record of the example on several days, with its order: kind, language, record.
    fn each(as_of: &str, see: &mut dyn FnMut(&Order, &Deadline, &TaskRecord)) {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
        let loaded = load(&root).unwrap();
        let history = history::read(Path::new("/nowhere"));
        let facts = derive(&loaded.book, &history, as_of.parse().unwrap());
        let findings = Findings::of(&[]);
        for lang in Lang::ALL {
            let ctx = Ctx::of(&facts, &findings, Reader::Finance, lang);
            for deadline in &deadlines::of(&facts) {
                let Some(order) = deadline.order.as_deref().and_then(|id| loaded.book.order(id)) else {
                    continue;
                };
                match of(&ctx, order, deadline) {
                    Some(record) => see(order, deadline, &record),
                    None => assert!(matches!(deadline.kind, Kind::Waiver | Kind::Keep), "{}", deadline.id()),
                }
            }
        }
    }

    #[test]
    fn what_is_pasted_is_read_without_a_word() {
        // A table of its own is read by the loader as part of the order; nothing about its writing is wrong.
        let mut kinds = std::collections::BTreeSet::new();
        for as_of in ["2026-05-10", "2026-09-08", "2026-10-28", "2026-11-20", "2027-01-05"] {
            each(as_of, &mut |order, deadline, record| {
                let table: toml::Table =
                    record.text.parse().unwrap_or_else(|e| panic!("{}: {e}", record.text));
                assert!(!table.is_empty());
                let own = record.text.starts_with('[');
                if !kinds.insert((deadline.kind.code(), own)) {
                    return;
                }
                let dir = tempfile::tempdir().unwrap();
                let folder = dir.path().join("orders/A-1");
                std::fs::create_dir_all(&folder).unwrap();
                let mut text = record.text.clone();
                if !own {
                    // `办完写进 order.toml 的 [[shipments]] id = "1"`: below that head.
                    let head = record.hint.split("[[").nth(1).map(|rest| rest.split("]]").next().unwrap());
                    let head = head.map(|name| format!("[[{name}]]")).or_else(|| {
                        let name = record.hint.split('[').nth(1)?.split(']').next()?;
                        Some(format!("[{name}]"))
                    });
                    let head = head.unwrap_or_else(|| panic!("no table in {}", record.hint));
                    let head = match (head.as_str(), record.hint.contains("corrective")) {
                        ("[[lc.amendments]]", _) => "[[lc]]\n[[lc.amendments]]".to_owned(),
                        ("[[inspections]]", true) => "[[inspections]]\n[inspections.corrective]".to_owned(),
                        (head, _) => head.to_owned(),
                    };
                    text = format!("{head}\n{text}");
                }
                std::fs::write(folder.join("order.toml"), format!("customer = \"a\"\n{text}\n")).unwrap();
                let loaded = load(dir.path()).unwrap();
                let said: Vec<_> = loaded.findings.iter().map(|f| (f.rule.name, &f.title.zh)).collect();
                assert!(said.is_empty(), "{}: {text}\n{said:?}", order.id);
            });
        }
        let seen: Vec<&str> = kinds.iter().map(|(kind, _)| *kind).collect();
        for wanted in
            ["cutoff-si", "cutoff-cy", "presentation", "amendment", "chase", "due", "filing-set", "feedback"]
        {
            assert!(seen.contains(&wanted), "{wanted} is not tried: {seen:?}");
        }
        assert!(kinds.len() > 20, "{seen:?}");
    }

    #[test]
    fn records_go_where_they_belong() {
        let mut seen = 0;
        each("2026-11-20", &mut |order, deadline, record| {
            let zh = record.hint.starts_with('办');
            match (&*order.id, deadline.id().as_str(), zh) {
                ("GD-2026-0109", "GD-2026-0109-cutoff-vgm-1", true) => {
                    assert_eq!(record.hint, "办完写进 order.toml 的 [[shipments]] id = \"1\"");
                    assert_eq!(record.text, "vgm_sent = 2026-11-20T12:00:00+08:00  # 改成实际时刻");
                    assert!(record.edit_href.ends_with("/-/edit/main/orders/2026/GD-2026-0109/order.toml"));
                }
                ("GD-2026-0106", "GD-2026-0106-chase-1-T+60", false) => {
                    assert_eq!(record.hint, "when done, add to the end of money.toml");
                    assert_eq!(
                        record.text,
                        "[[reminders]]\ndate = 2026-11-20\nhow = \"mail\"\nwho = \"he.jun\"\nstep = \"T+60\"\nsaid = \"\""
                    );
                }
                ("GD-2026-0109", "GD-2026-0109-due-2", false) => {
                    assert!(record.text.contains("for = \"2\""), "{}", record.text);
                }
                ("GD26-0117", "GD26-0117-chase-2-T-7", true) => {
                    assert!(record.text.contains("step = \"T-7\""), "{}", record.text);
                }
                _ => return,
            }
            seen += 1;
        });
        assert_eq!(seen, 4);
    }

    #[test]
    fn words_of_the_order_cannot_leave_their_string() {
        for text in ["a\"b", "a\\", "a\nb", "\u{202e}", "'''", "\u{0}"] {
            let line = format!("x = {}", quoted(text));
            let table: toml::Table = line.parse().unwrap();
            assert_eq!(table["x"].as_str(), Some(text), "{line}");
        }
    }
}
