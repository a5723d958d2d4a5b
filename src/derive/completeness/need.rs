//! What is needed at a gate: which clause asks for it, and how far it is.

use std::borrow::Cow;

use super::kind::Kind;
use crate::bi;
use crate::derive::credit::terms::Source;
use crate::model::order::Control;
use crate::model::value::incoterm::TermRule;
use crate::model::value::{Country, Method, Mode};
use crate::text::{Bi, StaticBi};

/// Gates that ask for papers. What one asks for stays asked for at the later ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CompletenessGate {
    /// Before the goods leave.
    Shipment,
    /// Before papers are presented or released.
    Presentation,
    /// Before the order is archived.
    Archive,
}

impl CompletenessGate {
    /// In the order of the work.
    pub const ALL: [Self; 3] = [Self::Shipment, Self::Presentation, Self::Archive];

    /// What it is called.
    #[must_use]
    pub fn title(self) -> StaticBi {
        match self {
            Self::Shipment => ("装运前的单据", "Papers before shipment"),
            Self::Presentation => ("交单前的单据", "Papers before presentation"),
            Self::Archive => ("归档资料齐全", "Archive complete"),
        }
    }
}

/// The clause that asks for a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clause<'a> {
    /// Every order.
    Every,
    /// The trade term.
    Term(TermRule),
    /// The mode of transport.
    Mode(Mode),
    /// A method of payment.
    Method(Method),
    /// 46A, or another field, of a credit.
    Credit {
        /// Where the credit says so.
        source: Source,
        /// Its words, where recorded.
        text: Option<&'a str>,
        /// The field: `46A`, `42C`.
        field: &'static str,
    },
    /// Goods under control.
    Goods(Control),
    /// Dangerous goods.
    Dangerous,
    /// Wooden packing.
    WoodPacking,
    /// The country of destination.
    Destination(Country, Why),
    /// The export VAT refund.
    Refund,
}

/// Why a country asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Goods of China pay less duty there.
    Preference,
    /// Data before the goods arrive.
    AdvanceData,
    /// Papers are legalised by its consulate.
    Legalisation,
}

impl Clause<'_> {
    /// The clause in few words: `every order`, `CIF`, `46A of the credit`.
    #[must_use]
    pub fn title(&self) -> Bi {
        match self {
            Self::Every => Bi::from(("每一单", "every order")),
            Self::Term(rule) => Bi::same(rule.code()),
            Self::Mode(mode) => Bi::from(mode.name()),
            Self::Method(method) => Bi::from(method.name()),
            Self::Credit { field, .. } => bi!("信用证 {field}", "{field} of the credit"),
            Self::Goods(control) => Bi::from(control.title()),
            Self::Dangerous => Bi::from(("危险品", "dangerous goods")),
            Self::WoodPacking => Bi::from(("木包装", "wooden packing")),
            Self::Destination(country, why) => {
                let (zh, en) = country.name();
                match why {
                    Why::Preference => bi!("{zh}，优惠关税", "{en}, preferential duty"),
                    Why::AdvanceData => bi!("{zh}，提前申报", "{en}, advance filing"),
                    Why::Legalisation => bi!("{zh}，领事认证", "{en}, legalisation"),
                }
            }
            Self::Refund => Bi::from(("出口退税", "export VAT refund")),
        }
    }

    /// The words of the clause, where it has words.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Credit { text, .. } => *text,
            _ => None,
        }
    }
}

/// How far a paper is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Not on record.
    Missing,
    /// A draft.
    Draft,
    /// On record: issued, or the fact it stands for.
    Issued,
    /// Somebody compared it.
    Checked,
    /// It went out.
    Sent,
    /// It came back: countersigned, released, stamped, returned.
    ReceivedBack,
    /// Left out, and why.
    NotNeeded(String),
}

impl State {
    /// The word for it.
    #[must_use]
    pub fn word(&self) -> StaticBi {
        match self {
            Self::Missing => ("缺", "missing"),
            Self::Draft => ("草稿", "draft"),
            Self::Issued => ("已登记", "on record"),
            Self::Checked => ("已核对", "checked"),
            Self::Sent => ("已交出", "sent"),
            Self::ReceivedBack => ("已收回", "received back"),
            Self::NotNeeded(_) => ("不需要", "not needed"),
        }
    }
}

/// What of a paper a gate wants to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// A draft is enough.
    Draft,
    /// The final paper.
    Final,
}

/// Something a gate asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need<'a> {
    /// What.
    pub kind: Kind,
    /// Of which shipment; nothing where the order has one, or where it is of the whole order.
    pub shipment: Option<&'a str>,
    /// Who asks, the first that asks first.
    pub clauses: Vec<Clause<'a>>,
    /// The first gate that asks for it.
    pub gate: CompletenessGate,
    /// The last gate that asks: for the final paper after the draft, for all originals after the insurance itself.
    pub last: CompletenessGate,
    /// What has to be there.
    pub level: Level,
    /// How far it is.
    pub state: State,
    /// The record that says so.
    pub path: Option<String>,
    /// What that record still lacks.
    pub lacks: Option<StaticBi>,
    /// Words that nobody can parse ask for it: whether what is recorded answers them is for a person to see.
    pub unsure: bool,
}

impl Need<'_> {
    /// The name under which `not_needed` leaves it out.
    #[must_use]
    pub fn key(&self) -> Cow<'static, str> {
        self.kind.key()
    }

    /// There, as far as the gate asks, or left out with a reason.
    #[must_use]
    pub fn is_met(&self) -> bool {
        match self.state {
            State::Missing => self.unsure,
            State::Draft => self.level == Level::Draft && self.lacks.is_none(),
            State::NotNeeded(_) => true,
            _ => self.lacks.is_none(),
        }
    }

    /// Left out with a reason.
    #[must_use]
    pub fn is_left_out(&self) -> bool {
        matches!(self.state, State::NotNeeded(_))
    }

    /// What of a record that is there the gate does not take.
    #[must_use]
    pub fn fault(&self) -> Option<StaticBi> {
        let draft = self.state == State::Draft && self.level == Level::Final;
        self.lacks.or(draft.then_some(DRAFT)).filter(|_| !self.is_left_out())
    }

    /// `VGM`, `bill of lading, shipment 2`.
    #[must_use]
    pub fn name(&self) -> Bi {
        let (zh, en) = self.kind.what();
        match self.shipment {
            Some(id) => bi!("第 {id} 批{zh}", "{en}, shipment {id}"),
            None => Bi::from((zh, en)),
        }
    }

    /// The name, and what of the record that is there does not do: `export declaration (not released)`.
    #[must_use]
    pub fn label(&self) -> Bi {
        with(self.name(), self.fault().map(Bi::from).into_iter())
    }

    /// The name with the clause that asks first: `bill of exchange (42C of the credit; still a draft)`. That every
    /// order needs it goes without saying.
    #[must_use]
    pub fn with_clause(&self) -> Bi {
        let clause = self.clauses.first().filter(|c| **c != Clause::Every).map(Clause::title);
        with(self.name(), clause.into_iter().chain(self.fault().map(Bi::from)))
    }
}

/// A name with remarks in brackets.
fn with(name: Bi, remarks: impl Iterator<Item = Bi>) -> Bi {
    let (zh, en): (Vec<String>, Vec<String>) = remarks.map(|bi| (bi.zh, bi.en)).unzip();
    if zh.is_empty() {
        return name;
    }
    let (zh, en) = (zh.join("；"), en.join("; "));
    bi!("{name}（{zh}）", "{name} ({en})"; name)
}

/// Several needs in one line, each with the clause that asks for it.
#[must_use]
pub fn listed(needs: &[&Need<'_>]) -> Bi {
    let (zh, en): (Vec<String>, Vec<String>) =
        needs.iter().map(|need| need.with_clause()).map(|bi| (bi.zh, bi.en)).unzip();
    Bi { zh: zh.join("、"), en: en.join(", ") }
}

const DRAFT: StaticBi = ("还是草稿", "still a draft");

/// The papers of an order at a gate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Completeness<'a> {
    /// Everything asked for, gate by gate, in the order of the work; also what is there or left out.
    pub needs: Vec<Need<'a>>,
    /// What no paper can cure and somebody should know: the terms leave us without control of the goods.
    pub notes: Vec<StaticBi>,
}

impl<'a> Completeness<'a> {
    /// What is not there.
    pub fn missing(&self) -> impl Iterator<Item = &Need<'a>> {
        self.needs.iter().filter(|need| !need.is_met())
    }

    /// Nothing is missing.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.missing().next().is_none()
    }

    /// What a gate asks for itself, also where one before it did.
    pub fn at(&self, gate: CompletenessGate) -> impl Iterator<Item = &Need<'a>> {
        self.needs.iter().filter(move |need| need.last == gate)
    }
}
