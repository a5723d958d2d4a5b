//! Documents made from the order record: the cover of the file, proforma, invoice, packing list, draft, beneficiary's certificate, shipping
//! instructions, B/L check sheet. Numbers and dates come from the registered paper of the same kind, everything else
//! from the order, its shipment and its credit, so that what is made agrees by construction. What is not recorded is
//! a blank to be filled in by hand.
//!
//! Figures are computed in `consignment`, `cartons` and `settlement`; one file per document places them.

mod bill;
mod cartons;
mod certificate;
mod check;
mod consignment;
mod cover;
mod credit;
mod goods;
mod instruction;
mod invoice;
mod packing;
mod paper;
mod party;
mod proforma;
mod qr;
mod settlement;
mod sheet;
mod si;
mod text;

use super::ctx::Ctx;
use crate::bi;
use crate::derive::OrderFacts;
use crate::model::Order;
use crate::model::value::Mode;
use crate::model::value::near::did_you_mean;
use crate::site::template::{Rendered, Renderer, TemplateError};
use crate::site::view::making::{
    CertificatePage, CheckPage, CoverPage, DraftPage, InstructionsPage, InvoicePage, PackingPage,
    ProformaPage, Sheet,
};
use crate::site::view::{Link, PageFacts, Shell};
use crate::text::{Bi, StaticBi};
use consignment::Consignment;
use credit::Credit;

/// A kind of document that can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// File cover 封面, of the whole order.
    Cover,
    /// Proforma invoice 形式发票, of the whole order.
    Proforma,
    /// Commercial invoice 商业发票.
    Invoice,
    /// Packing list 装箱单.
    Packing,
    /// Bill of exchange 汇票.
    Draft,
    /// Beneficiary's certificate 受益人证明.
    Certificate,
    /// Shipping instructions 托单/补料.
    Si,
    /// B/L check sheet 提单核对单.
    BlCheck,
}

impl Kind {
    /// All kinds: the cover of the file, then the papers in the order of the trade.
    pub const ALL: [Self; 8] = [
        Self::Cover,
        Self::Proforma,
        Self::Invoice,
        Self::Packing,
        Self::Draft,
        Self::Certificate,
        Self::Si,
        Self::BlCheck,
    ];

    /// The word on the command line, and the name of the page.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Cover => "cover",
            Self::Proforma => "proforma",
            Self::Invoice => "invoice",
            Self::Packing => "packing",
            Self::Draft => "draft",
            Self::Certificate => "certificate",
            Self::Si => "si",
            Self::BlCheck => "bl-check",
        }
    }

    /// Reads the word.
    ///
    /// # Errors
    /// What was probably meant, and all words there are.
    pub fn parse(word: &str) -> Result<Self, Refusal> {
        let codes = Self::ALL.map(Self::code);
        Self::ALL.into_iter().find(|kind| kind.code() == word).ok_or_else(|| {
            let all = codes.join(" ");
            Refusal(match did_you_mean(word, codes) {
                Some(near) => bi!(
                    "没有“{word}”这种单据，是不是 {near}？可以做：{all}",
                    "no document `{word}`; did you mean {near}? There are: {all}"
                ),
                None => {
                    bi!("没有“{word}”这种单据。可以做：{all}", "no document `{word}`. There are: {all}")
                }
            })
        })
    }

    /// What it is called.
    #[must_use]
    pub fn title(self) -> StaticBi {
        match self {
            Self::Cover => ("文件封面", "File cover"),
            Self::Proforma => ("形式发票", "Proforma invoice"),
            Self::Invoice => ("商业发票", "Commercial invoice"),
            Self::Packing => ("装箱单", "Packing list"),
            Self::Draft => ("汇票", "Bill of exchange"),
            Self::Certificate => ("受益人证明", "Beneficiary's certificate"),
            Self::Si => ("托单补料", "Shipping instructions"),
            Self::BlCheck => ("提单核对单", "B/L check sheet"),
        }
    }

    /// What it is called where there is little room.
    #[must_use]
    pub fn short(self) -> StaticBi {
        match self {
            Self::Cover => ("封面", "Cover"),
            Self::Proforma => ("PI", "PI"),
            Self::Invoice => ("CI", "CI"),
            Self::Packing => ("PL", "PL"),
            Self::Draft => ("汇票", "Draft"),
            Self::Certificate => ("受益人证明", "Certificate"),
            Self::Si => ("托单", "SI"),
            Self::BlCheck => ("提单核对", "B/L check"),
        }
    }
}

impl Kind {
    /// One for the whole order, however it is shipped.
    fn is_of_order(self) -> bool {
        matches!(self, Self::Cover | Self::Proforma)
    }
}

/// Why a document cannot be made, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal(pub Bi);

/// What a document covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// The order as one.
    Order,
    /// One of several shipments, by position from 0.
    Shipment(usize),
}

/// A document, ready to be rendered.
#[derive(Debug, Clone)]
pub enum Made {
    /// File cover.
    Cover(Box<CoverPage>),
    /// Proforma invoice.
    Proforma(Box<ProformaPage>),
    /// Commercial invoice.
    Invoice(Box<InvoicePage>),
    /// Packing list.
    Packing(Box<PackingPage>),
    /// Bill of exchange.
    Draft(Box<DraftPage>),
    /// Beneficiary's certificate.
    Certificate(Box<CertificatePage>),
    /// Shipping instructions.
    Si(Box<InstructionsPage>),
    /// B/L check sheet.
    BlCheck(Box<CheckPage>),
}

impl Made {
    /// Renders it.
    ///
    /// # Errors
    /// A template that asks for what the document does not have.
    pub fn render(
        &self,
        renderer: &Renderer,
        shell: &Shell,
        facts: &PageFacts,
    ) -> Result<Rendered, TemplateError> {
        match self {
            Self::Cover(page) => renderer.page(shell, facts, &**page),
            Self::Proforma(page) => renderer.page(shell, facts, &**page),
            Self::Invoice(page) => renderer.page(shell, facts, &**page),
            Self::Packing(page) => renderer.page(shell, facts, &**page),
            Self::Draft(page) => renderer.page(shell, facts, &**page),
            Self::Certificate(page) => renderer.page(shell, facts, &**page),
            Self::Si(page) => renderer.page(shell, facts, &**page),
            Self::BlCheck(page) => renderer.page(shell, facts, &**page),
        }
    }

    /// The paper will stand outside the site: without links to its pages.
    pub fn alone(&mut self) {
        let sheet: &mut Sheet = match self {
            Self::Cover(page) => &mut page.sheet,
            Self::Proforma(page) => &mut page.sheet,
            Self::Invoice(page) => &mut page.sheet,
            Self::Packing(page) => &mut page.sheet,
            Self::Draft(page) => &mut page.sheet,
            Self::Certificate(page) => &mut page.sheet,
            Self::Si(page) => &mut page.sheet,
            Self::BlCheck(page) => &mut page.sheet,
        };
        sheet.alone();
    }
}

/// An order with what its documents are made from.
pub struct Making<'c, 'a> {
    ctx: &'c Ctx<'a>,
    order: &'a Order,
    facts: &'c OrderFacts,
    shipments: Vec<Consignment<'c>>,
}

impl<'c, 'a: 'c> Making<'c, 'a> {
    /// Prepares the documents of an order.
    #[must_use]
    pub fn of(ctx: &'c Ctx<'a>, order: &'a Order, facts: &'c OrderFacts) -> Self {
        Self { ctx, order, facts, shipments: consignment::all(order, facts) }
    }

    /// The documents that can be made, in the order of the trade.
    #[must_use]
    pub fn list(&self) -> Vec<(Kind, Scope)> {
        let mut list = Vec::new();
        // The folder of its documents would take the place of another order's page.
        if self.order.id.to_ascii_lowercase().ends_with(".html") {
            return list;
        }
        for kind in Kind::ALL {
            let scopes = self.scopes(kind);
            list.extend(
                scopes.into_iter().map(|s| (kind, s)).filter(|(k, s)| self.refused(*k, *s).is_none()),
            );
        }
        list
    }

    /// Those that the site holds: all of an open order; of one that is closed the cover, until its file is in the
    /// archive, where whoever looks for its papers finds them.
    #[must_use]
    pub fn shown(&self) -> Vec<(Kind, Scope)> {
        let (open, filed) = (self.facts.is_open(), self.facts.is_cancelled() || self.facts.is_archived());
        let mut list = self.list();
        list.retain(|(kind, _)| open || (*kind == Kind::Cover && !filed));
        list
    }

    /// Links to these, from the language's root.
    #[must_use]
    pub fn links(&self) -> Vec<Link> {
        let link = |(kind, scope)| {
            let word = self.ctx.word(Kind::short(kind));
            let text = match scope {
                Scope::Order => word.to_owned(),
                Scope::Shipment(at) => {
                    format!("{word} {}", self.shipments.get(at).map(|c| c.id).unwrap_or_default())
                }
            };
            Link::new(text, self.path(kind, scope))
        };
        self.shown().into_iter().map(link).collect()
    }

    /// What the command line asks for: the order as one, the only shipment, or the one it names.
    ///
    /// # Errors
    /// No such shipment, or several and none named.
    pub fn scope(&self, kind: Kind, named: Option<&str>) -> Result<Scope, Refusal> {
        let (id, ids) = (&self.order.id, self.ids());
        let Some(name) = named else {
            return match *self.scopes(kind) {
                [scope] => Ok(scope),
                _ => {
                    let n = self.shipments.len();
                    Err(Refusal(bi!(
                        "{id} 分 {n} 批出运（{ids}）：用 --shipment 说明是哪一批",
                        "{id} goes in {n} shipments ({ids}): name one with --shipment"
                    )))
                }
            };
        };
        let at = self.shipments.iter().position(|c| c.id == name);
        match at {
            Some(_) if kind.is_of_order() || self.shipments.len() == 1 => Ok(Scope::Order),
            Some(at) => Ok(Scope::Shipment(at)),
            None => Err(Refusal(bi!(
                "{id} 没有第 {name} 批；有 {ids}",
                "{id} has no shipment {name}; there is {ids}"
            ))),
        }
    }

    /// Makes a document.
    ///
    /// # Errors
    /// When there is nothing to make it from.
    pub fn make(&self, kind: Kind, scope: Scope) -> Result<Made, Refusal> {
        if let Some(refusal) = self.refused(kind, scope) {
            return Err(refusal);
        }
        let cargo = self.cargo(kind, scope);
        let credit = Credit::of(self.order, cargo.id, self.ctx.as_of());
        let job = Job {
            ctx: self.ctx,
            order: self.order,
            facts: self.facts,
            all: &self.shipments,
            cargo: &cargo,
            credit: credit.as_ref(),
            path: self.path(kind, scope),
            kind,
        };
        Ok(match kind {
            Kind::Cover => Made::Cover(Box::new(cover::page(&job))),
            Kind::Proforma => Made::Proforma(Box::new(proforma::page(&job))),
            Kind::Invoice => Made::Invoice(Box::new(invoice::page(&job))),
            Kind::Packing => Made::Packing(Box::new(packing::page(&job))),
            Kind::Draft => Made::Draft(Box::new(bill::page(&job))),
            Kind::Certificate => Made::Certificate(Box::new(certificate::page(&job))),
            Kind::Si => Made::Si(Box::new(si::page(&job))),
            Kind::BlCheck => Made::BlCheck(Box::new(check::page(&job))),
        })
    }

    /// One document per shipment, except what is one for the order: the cover, the proforma, and a draft that is registered
    /// without a shipment because one presentation covers them all.
    fn scopes(&self, kind: Kind) -> Vec<Scope> {
        let together = kind.is_of_order()
            || self.shipments.len() <= 1
            || (kind == Kind::Draft && paper::current(&self.order.docs.draft, |d| &d.paper, "").is_some());
        if together { vec![Scope::Order] } else { (0..self.shipments.len()).map(Scope::Shipment).collect() }
    }

    fn cargo(&self, kind: Kind, scope: Scope) -> Consignment<'c> {
        let one = match scope {
            Scope::Shipment(at) => self.shipments.get(at).cloned(),
            Scope::Order if kind.is_of_order() => None,
            Scope::Order => consignment::together(&self.shipments),
        };
        one.unwrap_or_else(|| consignment::contract(self.order, self.facts))
    }

    fn path(&self, kind: Kind, scope: Scope) -> String {
        let (id, code) = (&self.order.id, kind.code());
        match scope {
            Scope::Order => format!("o/{id}/{code}.html"),
            Scope::Shipment(at) => format!("o/{id}/{code}-{}.html", at + 1),
        }
    }

    fn ids(&self) -> String {
        let ids: Vec<&str> = self.shipments.iter().map(|c| c.id).filter(|id| !id.is_empty()).collect();
        if ids.is_empty() { "1".to_owned() } else { ids.join(", ") }
    }

    /// Why a document cannot be made; `None` when it can.
    fn refused(&self, kind: Kind, scope: Scope) -> Option<Refusal> {
        let (order, id) = (self.order, &self.order.id);
        let cargo = self.cargo(kind, scope);
        let credit = Credit::of(order, cargo.id, self.ctx.as_of());
        let mode = cargo.shipment.and_then(|s| s.mode).or(order.mode);
        let (zh, en) = kind.title();
        let no_goods =
            bi!("{id} 没有登记货物，做不出{zh}", "{id} has no goods recorded to make this from: {en}");
        let what = match kind {
            Kind::Cover => return None,
            Kind::Proforma | Kind::Invoice if cargo.lines.is_empty() => no_goods,
            Kind::Proforma | Kind::Invoice => return None,
            Kind::Packing | Kind::Si if cargo.lines.is_empty() => no_goods,
            Kind::Packing if cargo.cartons().iter().all(|row| row.packages.is_none()) => bi!(
                "{id} 没有登记包装：在货物下写 pack = {{ per_carton = …, gross_kg = …, net_kg = …, cbm = … }}",
                "{id} has no packing recorded: write pack = {{ per_carton = …, gross_kg = …, net_kg = …, cbm = … }} under the item"
            ),
            Kind::Packing => return None,
            Kind::Draft if cargo.lines.is_empty() => no_goods,
            Kind::Draft if settlement::collects(order, self.facts, credit.as_ref()) => return None,
            Kind::Draft if credit.is_some() => bi!(
                "{id} 的信用证不要汇票：没有 42C，46A 里也没有 draft",
                "the credit of {id} asks for no draft: there is no 42C, and no draft in 46A"
            ),
            Kind::Draft => bi!(
                "{id} 不用汇票：没有信用证，付款方式里也没有 D/P、D/A",
                "{id} needs no draft: there is no credit, and no D/P or D/A in the payment terms"
            ),
            Kind::Certificate => match &credit {
                None => bi!(
                    "{id} 没有信用证，没有人要受益人证明",
                    "{id} has no credit, so nobody asks for a beneficiary's certificate"
                ),
                Some(credit) if certificate::asked(credit).is_empty() => bi!(
                    "{id} 的信用证 46A 没有要受益人证明",
                    "46A of the credit of {id} asks for no beneficiary's certificate"
                ),
                Some(_) => return None,
            },
            Kind::Si if mode == Some(Mode::Courier) => bi!(
                "{id} 走快递，不订舱，没有托单",
                "{id} goes by courier: nothing is booked, so there are no shipping instructions"
            ),
            Kind::Si => return None,
            Kind::BlCheck if paper::of(&order.docs.bl, |d| &d.paper, &cargo).is_some() => return None,
            Kind::BlCheck => bi!(
                "{id} 没有登记提单：收到草稿后在 docs.toml 写 [bl] 和 drafted = 日期，再核对",
                "{id} has no B/L registered: write [bl] with drafted = DATE in docs.toml when the draft comes, then check it"
            ),
        };
        Some(Refusal(what))
    }
}

/// What a document is filled from.
struct Job<'c, 'a> {
    ctx: &'c Ctx<'a>,
    order: &'a Order,
    facts: &'c OrderFacts,
    /// All shipments of the order.
    all: &'c [Consignment<'c>],
    /// What this document covers.
    cargo: &'c Consignment<'c>,
    credit: Option<&'c Credit<'a>>,
    path: String,
    kind: Kind,
}
