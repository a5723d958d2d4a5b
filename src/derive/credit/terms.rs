//! The terms of a credit as its accepted amendments leave them, each with the place where it is written. An amendment
//! is accepted or rejected as a whole, and they are folded in the order of their numbers (UCP 600 art. 10).

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::accepted;
use crate::compare::term;
use crate::load::fields::{Allowed, TermText};
use crate::model::document::{CreditItem, Extra, LetterOfCredit, LetterOfCreditTerms, Period, Required};
use crate::model::value::fold::fold;
use crate::model::value::{Amount, Currency, Incoterm, Tolerance};

/// Where a term of a credit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    credit: usize,
    amendment: Option<(usize, &'static str)>,
    key: &'static str,
    index: Option<usize>,
    field: Option<&'static str>,
}

impl Source {
    /// A key inside this element: the freight that a document of 46A asks for.
    #[must_use]
    pub fn field(self, field: &'static str) -> Self {
        Self { field: Some(field), ..self }
    }

    /// The key path in the order: `lc[0].amount`, `lc[0].amendments[1].set.expiry`.
    #[must_use]
    pub fn path(&self) -> String {
        let table = match self.amendment {
            Some((n, change)) => format!("lc[{}].amendments[{n}].{change}", self.credit),
            None => format!("lc[{}]", self.credit),
        };
        let mut path = format!("{table}.{}", self.key);
        if let Some(index) = self.index {
            path.push_str(&format!("[{index}]"));
        }
        if let Some(field) = self.field {
            path.push('.');
            path.push_str(field);
        }
        path
    }

    /// The position of the amendment that says it; nothing where the credit itself does.
    #[must_use]
    pub fn amendment(&self) -> Option<usize> {
        self.amendment.map(|(n, _)| n)
    }
}

/// A term and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said<T> {
    /// What it says.
    pub value: T,
    /// Where.
    pub source: Source,
}

/// A credit with its terms in force.
#[derive(Debug, Clone)]
pub struct Credit<'a> {
    /// Position in `[[lc]]`.
    pub index: usize,
    /// The credit as issued, with its amendments.
    pub lc: &'a LetterOfCredit,
    /// Positions of the amendments that count, in order.
    pub amendments: Vec<usize>,
    /// 31D date of expiry, not rolled.
    pub expiry: Option<Said<NaiveDate>>,
    /// 31D place of expiry.
    pub expiry_place: Option<Said<&'a str>>,
    /// 50 applicant.
    pub applicant: Option<Said<&'a str>>,
    /// 59 beneficiary.
    pub beneficiary: Option<Said<&'a str>>,
    /// 32B currency.
    pub currency: Option<Said<&'a str>>,
    /// 32B amount.
    pub amount: Option<Said<&'a Amount>>,
    /// 39A tolerance of the amount.
    pub tolerance: Option<Said<Tolerance>>,
    /// 39C additional amounts.
    pub extra: Vec<Said<&'a Extra>>,
    /// 41a available with, by.
    pub available_with: Option<Said<&'a str>>,
    /// 42C drafts at.
    pub drafts: Option<Said<&'a str>>,
    /// 42a drawee.
    pub drawee: Option<Said<&'a str>>,
    /// 43P partial shipments.
    pub partial: Option<Said<Allowed>>,
    /// 43T transhipment.
    pub transhipment: Option<Said<Allowed>>,
    /// 44A place of taking in charge.
    pub receipt: Option<Said<&'a str>>,
    /// 44E port of loading.
    pub from: Option<Said<&'a str>>,
    /// 44F port of discharge.
    pub to: Option<Said<&'a str>>,
    /// 44B place of final destination.
    pub delivery: Option<Said<&'a str>>,
    /// 44C latest date of shipment; never rolled (art. 29 c).
    pub latest_shipment: Option<Said<NaiveDate>>,
    /// 44D shipment periods or instalments.
    pub shipment_period: Vec<Said<&'a Period>>,
    /// 45A in words; an amendment may add to it.
    pub goods: Vec<Said<&'a str>>,
    /// 45A line by line.
    pub items: Vec<Said<&'a CreditItem>>,
    /// The trade term, where the credit records it apart from the words of 45A.
    pub term: Option<Said<&'a TermText>>,
    /// 46A documents required.
    pub documents: Vec<Said<&'a Required>>,
    /// 47A additional conditions.
    pub conditions: Vec<Said<&'a str>>,
    /// 71D charges.
    pub charges: Option<Said<&'a str>>,
    /// 48 days for presentation.
    pub present_within: Option<Said<u32>>,
    /// 49 confirmation.
    pub confirmation: Option<Said<&'a str>>,
}

impl<'a> Credit<'a> {
    /// Folds the amendments accepted by a day into the credit.
    #[must_use]
    pub fn of(index: usize, lc: &'a LetterOfCredit, as_of: NaiveDate) -> Self {
        let mut credit = Self::issued(index, lc);
        for amendment in accepted(lc, as_of) {
            let Some(n) = lc.amendments.iter().position(|a| std::ptr::eq(a, amendment)) else { continue };
            credit.amendments.push(n);
            if let Some(set) = amendment.set.as_deref() {
                credit.set(n, set);
            }
            if let Some(remove) = amendment.remove.as_deref() {
                credit.remove(remove);
            }
            if let Some(add) = amendment.add.as_deref() {
                credit.add(n, add);
            }
        }
        credit
    }

    /// The credit as it was issued.
    #[must_use]
    pub fn issued(index: usize, lc: &'a LetterOfCredit) -> Self {
        let at = At { credit: index, amendment: None };
        Self {
            index,
            lc,
            amendments: Vec::new(),
            expiry: at.one("expiry", lc.expiry),
            expiry_place: at.one("expiry_place", lc.expiry_place.as_deref()),
            applicant: at.one("applicant", lc.applicant.as_deref()),
            beneficiary: at.one("beneficiary", lc.beneficiary.as_deref()),
            currency: at.one("currency", lc.currency.as_deref()),
            amount: at.one("amount", lc.amount.as_ref()),
            tolerance: at.one("tolerance", lc.tolerance),
            extra: at.each("extra", &lc.extra),
            available_with: at.one("available_with", lc.available_with.as_deref()),
            drafts: at.one("drafts", lc.drafts.as_deref()),
            drawee: at.one("drawee", lc.drawee.as_deref()),
            partial: at.one("partial", lc.partial),
            transhipment: at.one("transhipment", lc.transhipment),
            receipt: at.one("receipt", lc.receipt.as_deref()),
            from: at.one("from", lc.paper.from.as_deref()),
            to: at.one("to", lc.paper.to.as_deref()),
            delivery: at.one("delivery", lc.delivery.as_deref()),
            latest_shipment: at.one("latest_shipment", lc.latest_shipment),
            shipment_period: at.each("shipment_period", &lc.shipment_period),
            goods: at.one("goods", lc.paper.goods.as_deref()).into_iter().collect(),
            items: at.each("items", &lc.items),
            term: at.one("term", lc.term.as_ref()),
            documents: at.each("documents", &lc.documents),
            conditions: at.texts("conditions", &lc.conditions),
            charges: at.one("charges", lc.charges.as_deref()),
            present_within: at.one("present_within", lc.present_within),
            confirmation: at.one("confirmation", lc.confirmation.as_deref()),
        }
    }

    /// What an amendment puts in place of the old terms. A list that it names replaces the whole list.
    fn set(&mut self, n: usize, set: &'a LetterOfCreditTerms) {
        let at = At { credit: self.index, amendment: Some((n, "set")) };
        fn put<T>(slot: &mut Option<Said<T>>, said: Option<Said<T>>) {
            if said.is_some() {
                *slot = said;
            }
        }
        fn replace<T>(slot: &mut Vec<T>, list: Vec<T>) {
            if !list.is_empty() {
                *slot = list;
            }
        }
        put(&mut self.expiry, at.one("expiry", set.expiry));
        put(&mut self.expiry_place, at.one("expiry_place", set.expiry_place.as_deref()));
        put(&mut self.applicant, at.one("applicant", set.applicant.as_deref()));
        put(&mut self.beneficiary, at.one("beneficiary", set.beneficiary.as_deref()));
        put(&mut self.currency, at.one("currency", set.currency.as_deref()));
        put(&mut self.amount, at.one("amount", set.amount.as_ref()));
        put(&mut self.tolerance, at.one("tolerance", set.tolerance));
        put(&mut self.available_with, at.one("available_with", set.available_with.as_deref()));
        put(&mut self.drafts, at.one("drafts", set.drafts.as_deref()));
        put(&mut self.drawee, at.one("drawee", set.drawee.as_deref()));
        put(&mut self.partial, at.one("partial", set.partial));
        put(&mut self.transhipment, at.one("transhipment", set.transhipment));
        put(&mut self.receipt, at.one("receipt", set.receipt.as_deref()));
        put(&mut self.from, at.one("from", set.from.as_deref()));
        put(&mut self.to, at.one("to", set.to.as_deref()));
        put(&mut self.delivery, at.one("delivery", set.delivery.as_deref()));
        put(&mut self.charges, at.one("charges", set.charges.as_deref()));
        put(&mut self.present_within, at.one("present_within", set.present_within));
        put(&mut self.confirmation, at.one("confirmation", set.confirmation.as_deref()));
        // 44C and 44D exclude each other: an amendment that sets one takes the other's place.
        if set.latest_shipment.is_some() && set.shipment_period.is_empty() {
            self.shipment_period.clear();
        } else if !set.shipment_period.is_empty() && set.latest_shipment.is_none() {
            self.latest_shipment = None;
        }
        put(&mut self.latest_shipment, at.one("latest_shipment", set.latest_shipment));
        replace(&mut self.shipment_period, at.each("shipment_period", &set.shipment_period));
        replace(&mut self.extra, at.each("extra", &set.extra));
        replace(&mut self.items, at.each("items", &set.items));
        replace(&mut self.documents, at.each("documents", &set.documents));
        replace(&mut self.conditions, at.texts("conditions", &set.conditions));
        if let Some(goods) = at.one("goods", set.goods.as_deref()) {
            self.goods = vec![goods];
            // The term recorded beside the old words of 45A went with them.
            self.term = None;
        }
    }

    /// What an amendment strikes out: goods by name, documents by kind and text, conditions by their words.
    fn remove(&mut self, remove: &'a LetterOfCreditTerms) {
        let same = |a: &str, b: &str| fold(a) == fold(b);
        self.items.retain(|item| {
            let named = |r: &CreditItem| {
                r.name.as_deref().zip(item.value.name.as_deref()).is_some_and(|(a, b)| same(a, b))
            };
            !remove.items.iter().any(named)
        });
        self.documents.retain(|document| {
            let asked = document.value;
            let struck = |r: &Required| {
                let text =
                    r.text.as_deref().is_none_or(|t| asked.text.as_deref().is_some_and(|a| same(t, a)));
                // Neither kind nor words names nothing, and must not strike out everything.
                (r.kind.is_some() || r.text.is_some()) && (r.kind.is_none() || r.kind == asked.kind) && text
            };
            !remove.documents.iter().any(struck)
        });
        self.conditions.retain(|c| !remove.conditions.iter().any(|r| same(r, c.value)));
        if let Some(text) = remove.goods.as_deref() {
            self.goods.retain(|g| !same(text, g.value));
        }
    }

    /// What an amendment adds to the lists.
    fn add(&mut self, n: usize, add: &'a LetterOfCreditTerms) {
        let at = At { credit: self.index, amendment: Some((n, "add")) };
        self.extra.extend(at.each("extra", &add.extra));
        self.shipment_period.extend(at.each("shipment_period", &add.shipment_period));
        self.items.extend(at.each("items", &add.items));
        self.documents.extend(at.each("documents", &add.documents));
        self.conditions.extend(at.texts("conditions", &add.conditions));
        self.goods.extend(at.one("goods", add.goods.as_deref()));
    }

    /// 45A as one text.
    #[must_use]
    pub fn goods_text(&self) -> Option<String> {
        let texts: Vec<&str> = self.goods.iter().map(|g| g.value).collect();
        (!texts.is_empty()).then(|| texts.join(" "))
    }

    /// The currency of the credit: 32B, or the one beside its amount.
    #[must_use]
    pub fn money(&self) -> Option<Currency> {
        let beside = self.amount.as_ref().and_then(|a| a.value.currency);
        self.currency.as_ref().and_then(|c| Currency::parse(c.value)).or(beside)
    }

    /// The figure of 32B.
    #[must_use]
    pub fn figure(&self) -> Option<Decimal> {
        self.amount.as_ref().map(|a| a.value.value)
    }

    /// The trade term: as recorded, else as the words of 45A say it, with the place where it stands.
    #[must_use]
    pub fn trade_term(&self) -> Option<(Incoterm, Source)> {
        let recorded = self.term.as_ref().and_then(|t| Some((t.value.term.clone()?, t.source)));
        recorded.or_else(|| self.goods.iter().find_map(|g| Some((term::find(g.value)?, g.source))))
    }

    /// Partial shipments are allowed, also where 43P is silent (art. 31 a). A condition counts as allowed: whether it
    /// is met is for a person to see.
    #[must_use]
    pub fn allows_partial(&self) -> bool {
        self.partial.as_ref().is_none_or(|p| p.value != Allowed::No)
    }

    /// The credit's number as printed, for messages.
    #[must_use]
    pub fn number(&self) -> &'a str {
        self.lc.paper.number.as_deref().unwrap_or_default()
    }

    /// 46A of one kind.
    pub fn asked<'s>(&'s self, kind: &'s str) -> impl Iterator<Item = &'s Said<&'a Required>> {
        self.documents.iter().filter(move |d| d.value.kind.as_deref() == Some(kind))
    }

    /// Where a key of the credit itself stands, for what an amendment cannot change.
    #[must_use]
    pub fn path(&self, key: &str) -> String {
        format!("lc[{}].{key}", self.index)
    }
}

/// Names places of one credit or one of its amendments.
#[derive(Clone, Copy)]
struct At {
    credit: usize,
    amendment: Option<(usize, &'static str)>,
}

impl At {
    fn source(self, key: &'static str, index: Option<usize>) -> Source {
        Source { credit: self.credit, amendment: self.amendment, key, index, field: None }
    }

    fn one<T>(self, key: &'static str, value: Option<T>) -> Option<Said<T>> {
        value.map(|value| Said { value, source: self.source(key, None) })
    }

    fn each<'a, T>(self, key: &'static str, list: &'a [T]) -> Vec<Said<&'a T>> {
        let said = |(i, value)| Said { value, source: self.source(key, Some(i)) };
        list.iter().enumerate().map(said).collect()
    }

    fn texts<'a>(self, key: &'static str, list: &'a [String]) -> Vec<Said<&'a str>> {
        let said =
            |(i, text): (usize, &'a String)| Said { value: text.as_str(), source: self.source(key, Some(i)) };
        list.iter().enumerate().map(said).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::CreditAmendment;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn asked(kind: &str, text: &str) -> Required {
        Required { kind: Some(kind.into()), text: Some(text.into()), ..Required::default() }
    }

    fn credit() -> LetterOfCredit {
        let change = |number: &str, accepted: Option<&str>, terms: LetterOfCreditTerms| CreditAmendment {
            number: Some(number.into()),
            accepted: accepted.map(day),
            set: Some(Box::new(terms)),
            ..CreditAmendment::default()
        };
        let later = LetterOfCreditTerms { latest_shipment: Some(day("2026-09-30")), ..Default::default() };
        let last = LetterOfCreditTerms { latest_shipment: Some(day("2026-12-31")), ..Default::default() };
        let mut second = change("02", Some("2026-09-15"), LetterOfCreditTerms::default());
        second.add = Some(Box::new(LetterOfCreditTerms {
            documents: vec![asked("origin", "FORM E")],
            ..Default::default()
        }));
        second.remove = Some(Box::new(LetterOfCreditTerms {
            documents: vec![Required { kind: Some("packing".into()), ..Default::default() }],
            ..Default::default()
        }));
        LetterOfCredit {
            latest_shipment: Some(day("2026-09-10")),
            documents: vec![asked("invoice", "INVOICE"), asked("packing", "PACKING LIST")],
            // Written out of order: the numbers decide. The third is pending.
            amendments: vec![second, change("01", Some("2026-09-09"), later), change("03", None, last)],
            ..LetterOfCredit::default()
        }
    }

    #[test]
    fn only_what_was_accepted_by_the_day_counts() {
        let lc = credit();
        let before = Credit::of(0, &lc, day("2026-09-08"));
        assert_eq!(before.latest_shipment.unwrap().value, day("2026-09-10"));
        assert_eq!(before.latest_shipment.unwrap().source.path(), "lc[0].latest_shipment");
        let after = Credit::of(0, &lc, day("2026-09-20"));
        assert_eq!(after.latest_shipment.unwrap().value, day("2026-09-30"));
        assert_eq!(after.latest_shipment.unwrap().source.path(), "lc[0].amendments[1].set.latest_shipment");
        assert_eq!(after.amendments, [1, 0]);
    }

    #[test]
    fn lists_grow_and_shrink() {
        let lc = credit();
        let after = Credit::of(0, &lc, day("2026-09-20"));
        let kinds: Vec<_> = after.documents.iter().map(|d| d.value.kind.as_deref().unwrap()).collect();
        assert_eq!(kinds, ["invoice", "origin"]);
        assert_eq!(after.documents[1].source.path(), "lc[0].amendments[0].add.documents[0]");
    }

    #[test]
    fn a_strike_that_names_nothing_strikes_nothing() {
        let mut lc = credit();
        lc.amendments[0].remove = Some(Box::new(LetterOfCreditTerms {
            documents: vec![Required::default()],
            ..Default::default()
        }));
        assert_eq!(Credit::of(0, &lc, day("2026-09-20")).documents.len(), 3);
    }

    #[test]
    fn the_term_stands_in_the_words_of_45a() {
        let mut lc = credit();
        lc.paper.goods = Some("YARN CFR CHATTOGRAM INCOTERMS 2020".into());
        let (term, source) = Credit::of(0, &lc, day("2026-09-20")).trade_term().unwrap();
        assert_eq!((term.year, source.path().as_str()), (Some(2020), "lc[0].goods"));
    }
}
