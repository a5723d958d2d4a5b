//! Totals that papers of one shipment print, held against each other. Which figure, how it is called and how far two
//! of them may lie apart, the rule says; who is the odd one out and how that is put, is decided here for all five.

use rust_decimal::{Decimal, RoundingStrategy};

use super::conflicts::{self, Group};
use super::figures;
use crate::bi;
use crate::check::finding::Severity;
use crate::check::rule::{Case, Sink};
use crate::compare::figure::{hint, weight_hint};
use crate::compare::quantity::{self, Quantity};
use crate::compare::{Outcome, package};
use crate::derive::claims::{self, Claim, Figure};
use crate::derive::odd;
use crate::derive::papers::{Paper, Set};
use crate::model::value::{Package, Unit};
use crate::text::{Bi, StaticBi};

/// A figure that a rule compares.
pub(crate) struct Total {
    /// The figure.
    pub(crate) figure: Figure,
    /// What it is called, in English with its verb: `("毛重", "gross weight is")`.
    pub(crate) name: StaticBi,
    /// The unit behind the number, with a space; a quantity carries its own.
    pub(crate) unit: &'static str,
    /// The export declaration is held against the packing list by a rule of its own.
    pub(crate) customs_apart: bool,
}

/// How two voices stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Agreement {
    /// Nothing to say.
    Same,
    /// One of them prints whole kilograms.
    Rounded,
    /// They count packages of kinds that exclude each other: cartons here, pallets there.
    Counted,
    /// They contradict each other.
    Different,
}

/// One voice: papers, the goods of the order, or the shipments of the order together.
struct Voice<'a> {
    claim: Option<Claim<'a>>,
    key: &'static str,
    value: Decimal,
    unit: Option<&'a str>,
    /// Where the order says it, for what is no paper.
    place: &'static str,
    /// Kind of packages, as printed.
    kind: Option<&'a str>,
}

impl<'a> Voice<'a> {
    fn of(claim: Claim<'a>) -> Self {
        let (key, value, unit) = (claim.key, claim.value, claim.unit);
        let kind = claim.said.first().and_then(|(paper, _)| paper.printed.package_kind.as_deref());
        Self { claim: Some(claim), key, value, unit, place: "", kind }
    }

    fn name(&self, case: &Case<'_>) -> Bi {
        match self.claim.as_ref().map(|claim| (claim, claim.said.as_slice())) {
            Some((_, [(paper, _)])) => conflicts::name(case, paper),
            Some((claim, several)) => {
                let ((zh, en), n) = (conflicts::short(claim.key), several.len());
                let (how_zh, how_en) = if claim.alike { ("各自", "each") } else { ("合计", "together") };
                bi!("{zh}（{n} 份{how_zh}）", "{en} ({n} {how_en})")
            }
            None if self.key == "items" => bi!("货物明细合计", "the item totals"),
            None => bi!("各批单据合计", "the papers of the shipments together"),
        }
    }

    fn path(&self) -> &str {
        self.claim.as_ref().map_or(self.place, Claim::path)
    }

    fn paper(&self) -> Option<&Paper<'a>> {
        self.claim.as_ref().and_then(|c| c.said.first()).map(|(paper, _)| paper)
    }

    fn is_draft(&self) -> bool {
        self.claim.as_ref().is_some_and(Claim::is_draft)
    }

    /// `2,740 KG`, `9,300 SET`; `1,025 CARTONS` where the kinds are what differs.
    fn text(&self, total: &Total, counted: bool) -> String {
        let number = figures::number(self.value);
        let unit = match total.figure {
            Figure::Quantity => self.unit,
            Figure::Packages if counted => {
                self.kind.map(|kind| Package::parse(kind).map_or(kind, |p| p.name().1))
            }
            _ => None,
        };
        unit.map_or_else(|| format!("{number}{}", total.unit), |unit| format!("{number} {unit}"))
    }
}

/// Compares one figure over all papers of the order.
pub(crate) fn check(case: &Case<'_>, total: &Total, out: &mut Sink<'_>) {
    for group in conflicts::groups(case) {
        let claims = claims::figure(group.papers, total.figure);
        let single = !group.whole && !group.past && conflicts::is_single(case);
        let packed = claims.iter().any(|c| c.key == "packing");
        // Mostly all papers print the same figure, and there is nothing to weigh.
        if claims.is_empty() || (alike(&claims) && !group.whole && (packed || !single)) {
            continue;
        }
        let mut voices: Vec<Voice<'_>> = claims.into_iter().map(Voice::of).collect();
        if group.whole {
            voices.extend(shipments(case, total));
        } else if let Some(goods) = goods(case, total).filter(|_| single) {
            let conflict =
                voices.iter().any(|a| voices.iter().any(|b| agree(total, a, b) == Agreement::Different));
            // What the order computes supports one side; by itself it contradicts nobody.
            if !conflict {
                slip(case, total, &group, &voices, &goods, out);
            } else if voices.iter().any(|v| agree(total, v, &goods) == Agreement::Same) {
                voices.push(goods);
            }
        }
        odd_ones(case, total, &group, &voices, out);
    }
}

/// One figure in one unit, as far as units are printed.
fn alike(claims: &[Claim<'_>]) -> bool {
    let mut units = claims.iter().filter_map(|c| c.unit);
    let unit = units.next();
    units.all(|other| Some(other) == unit)
        && claims.windows(2).all(|pair| matches!(pair, [a, b] if a.value == b.value))
}

fn odd_ones(case: &Case<'_>, total: &Total, group: &Group<'_, '_>, voices: &[Voice<'_>], out: &mut Sink<'_>) {
    let rank = |i: usize| rank(voices.get(i));
    let relation = |a: usize, b: usize| match (voices.get(a), voices.get(b)) {
        (Some(a), Some(b)) => agree(total, a, b),
        _ => Agreement::Same,
    };
    let Some(split) = odd::split(voices.len(), rank, |a, b| relation(a, b) != Agreement::Different) else {
        return;
    };
    let packed = voices.iter().any(|v| v.key == "packing");
    let Some(reference) = voices.get(split.reference) else { return };
    let supporters: Vec<&Voice<'_>> = std::iter::once(split.reference)
        .chain(split.with.iter().copied().filter(|i| relation(split.reference, *i) == Agreement::Same))
        .filter_map(|i| voices.get(i))
        // A declaration of whole kilograms agrees, and does not say the same figure.
        .filter(|v| v.value == reference.value || total.figure == Figure::Quantity)
        .collect();
    let near = split.with.iter().filter(|i| relation(split.reference, **i) != Agreement::Same);
    let odd: Vec<&usize> = split.out.iter().chain(near).collect();
    for index in &odd {
        let (Some(voice), how) = (voices.get(**index), relation(split.reference, **index)) else { continue };
        let Some(paper) = voice.paper().filter(|paper| group.blames(paper)) else { continue };
        if total.customs_apart && voice.key == "customs" && packed {
            continue;
        }
        let alone = odd.len() == 1 && supporters.len() + 1 == voices.len();
        say(case, total, group, &Said { voice, paper, reference, supporters: &supporters, alone, how }, out);
    }
}

/// One finding.
struct Said<'v, 'a> {
    voice: &'v Voice<'a>,
    paper: &'v Paper<'a>,
    reference: &'v Voice<'a>,
    supporters: &'v [&'v Voice<'a>],
    alone: bool,
    how: Agreement,
}

fn say(case: &Case<'_>, total: &Total, group: &Group<'_, '_>, said: &Said<'_, '_>, out: &mut Sink<'_>) {
    let Said { voice, paper, reference, supporters, alone, how } = said;
    let names: Vec<Bi> = supporters.iter().map(|v| v.name(case)).collect();
    let others = conflicts::others(&names, *alone);
    let own = voice.name(case);
    let (name, (field_zh, field_en)) = (conflicts::subject(&own), total.name);
    let counted = *how == Agreement::Counted;
    let (is, ought) = (voice.text(total, counted), reference.text(total, counted));
    let (apart_zh, apart_en) = apart(total, voice, reference);
    let title = bi!(
        "{name}{field_zh} {is}，{others} {ought}{apart_zh}",
        "{name} {field_en} {is}; {others} {ought}{apart_en}";
        name, others
    );
    let first = names.first().cloned().unwrap_or_default();
    let rest = names.get(1..).unwrap_or_default();
    let plain = reference.value.normalize().to_string();
    let cure = conflicts::cure(case, paper);
    let hint = match how {
        Agreement::Rounded => bi!(
            "像是取整；银行未必争，但能带小数就让它带。",
            "this looks rounded to whole kilograms; banks seldom mind, but have the decimals printed where possible. "
        ),
        Agreement::Counted => bi!(
            "一份数的是里面的件，一份数的是外面的托盘？两个数都印上就不矛盾。",
            "one may count what is inside, the other the pallets; printing both figures settles it. "
        ),
        Agreement::Same | Agreement::Different => slip_hint(total, voice.value, reference.value),
    };
    let place = |path: &str| case.order.origin.place(path);
    let finding = out.report(title);
    finding
        .at(place(voice.path()), own)
        .at(place(reference.path()), conflicts::label(&first, rest, &plain))
        .values([voice.value.normalize().to_string(), plain])
        .help(conflicts::hinted(&hint, &cure));
    match how {
        Agreement::Rounded => {
            finding.severity(Severity::Warning);
        }
        Agreement::Counted => {
            finding.severity(Severity::Warning).judgement();
        }
        Agreement::Same | Agreement::Different => {}
    }
    let drafts = voice.is_draft() || supporters.iter().filter(|v| v.claim.is_some()).all(|v| v.is_draft());
    conflicts::weigh(case, finding, group, paper, drafts);
}

/// `，差 270 KG` and `, 270 KG less`, as seen from the odd one.
fn apart(total: &Total, voice: &Voice<'_>, reference: &Voice<'_>) -> (String, String) {
    let other_unit = total.figure == Figure::Quantity && voice.unit.is_some() && reference.unit != voice.unit;
    if other_unit || agree(total, voice, reference) == Agreement::Counted {
        return (String::new(), String::new());
    }
    let number = figures::number(figures::apart(voice.value, reference.value));
    let unit = match voice.unit.filter(|_| total.figure == Figure::Quantity) {
        Some(unit) => format!(" {unit}"),
        None => total.unit.to_owned(),
    };
    let than = if reference.value < voice.value { "less" } else { "more" };
    (format!("，差 {number}{unit}"), format!(", {number}{unit} {than}"))
}

fn slip_hint(total: &Total, is: Decimal, ought: Decimal) -> Bi {
    match total.figure {
        Figure::Gross | Figure::Net => weight_hint(is, ought),
        Figure::Quantity | Figure::Packages | Figure::Volume => hint(is, ought),
    }
}

/// The one that counts where nobody outweighs another: the invoice, then the packing list.
fn rank(voice: Option<&Voice<'_>>) -> u8 {
    match voice {
        Some(Voice { claim: None, key: "shipments", .. }) => 0,
        Some(Voice { key: "invoice", .. }) => 1,
        Some(Voice { key: "packing", .. }) => 2,
        Some(Voice { claim: Some(_), .. }) => 3,
        _ => 4,
    }
}

fn agree(total: &Total, a: &Voice<'_>, b: &Voice<'_>) -> Agreement {
    let is = |same| if same { Agreement::Same } else { Agreement::Different };
    match total.figure {
        Figure::Packages if a.value == b.value => Agreement::Same,
        Figure::Packages => match (a.kind, b.kind) {
            (Some(x), Some(y)) if package::compare(x, y) == Outcome::Different => Agreement::Counted,
            _ => Agreement::Different,
        },
        Figure::Quantity => is(same_quantity(a, b)),
        Figure::Volume => is(figures::apart(a.value, b.value) <= Decimal::new(1, 2)),
        Figure::Gross | Figure::Net => weights(a, b),
    }
}

/// Equal; or equal after the declaration's rounding to whole kilograms; or apart by what printing whole kilograms
/// costs a paper that others make.
fn weights(a: &Voice<'_>, b: &Voice<'_>) -> Agreement {
    if a.value == b.value {
        return Agreement::Same;
    }
    let whole =
        |n: Decimal| n.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).max(Decimal::ONE);
    if (a.key == "customs" || b.key == "customs") && whole(a.value) == whole(b.value) {
        return Agreement::Same;
    }
    let half = Decimal::new(5, 1);
    let printed_whole = |v: &Voice<'_>, other: &Voice<'_>| {
        !matches!(v.key, "invoice" | "packing")
            && v.claim.is_some()
            && v.value.fract().is_zero()
            && !other.value.fract().is_zero()
    };
    if figures::apart(a.value, b.value) <= half && (printed_whole(a, b) || printed_whole(b, a)) {
        Agreement::Rounded
    } else {
        Agreement::Different
    }
}

/// Quantities in one unit, or in units that convert. Units that measure different things contradict nothing, and a
/// figure without a unit may be meant in the other's unit or in pieces, kilograms, metres.
fn same_quantity(a: &Voice<'_>, b: &Voice<'_>) -> bool {
    let base = |unit: Option<&str>, value: Decimal| unit.and_then(Unit::parse).and_then(|u| u.to_base(value));
    match (a.unit, b.unit) {
        (Some(_), Some(_)) | (None, None) => {
            let x = Quantity { value: a.value, unit: a.unit };
            let y = Quantity { value: b.value, unit: b.unit };
            quantity::compare(x, y).is_none_or(Outcome::agrees)
        }
        (unit, None) => a.value == b.value || base(unit, a.value) == Some(b.value),
        (None, unit) => a.value == b.value || base(unit, b.value) == Some(a.value),
    }
}

/// What the order's items give, where its papers are for all of it.
fn goods<'a>(case: &Case<'a>, total: &Total) -> Option<Voice<'a>> {
    let goods = &case.facts.goods;
    let (value, place) = match total.figure {
        Figure::Quantity => (goods.qty?, "items"),
        Figure::Packages => (goods.packages?, "items"),
        Figure::Gross => (goods.gross_kg?, "items[0].pack"),
        Figure::Net => (goods.net_kg?, "items[0].pack"),
        Figure::Volume => (goods.cbm?, "items[0].pack"),
    };
    let unit = goods.unit.as_deref().filter(|_| total.figure == Figure::Quantity);
    Some(Voice { claim: None, key: "items", value, unit, place, kind: None })
}

/// What the shipments' own papers give together, where each of them says it without contradiction.
fn shipments<'a>(case: &Case<'a>, total: &Total) -> Option<Voice<'a>> {
    let parts: Vec<&Set<'a>> = case.sets().iter().filter(|set| !set.whole).collect();
    if parts.is_empty() || parts.len() < case.order.shipments.len() {
        return None;
    }
    let mut sum: Option<Voice<'a>> = None;
    for part in parts {
        let voices: Vec<Voice<'a>> =
            claims::figure(&part.papers, total.figure).into_iter().map(Voice::of).collect();
        let (first, rest) = voices.split_first()?;
        if rest.iter().any(|other| agree(total, first, other) == Agreement::Different) {
            return None;
        }
        match &mut sum {
            None => {
                let (value, unit) = (first.value, first.unit);
                sum = Some(Voice {
                    claim: None,
                    key: "shipments",
                    value,
                    unit,
                    place: "shipments",
                    kind: first.kind,
                });
            }
            Some(sum) if sum.unit == first.unit => sum.value = sum.value.checked_add(first.value)?,
            Some(_) => return None,
        }
    }
    sum
}

/// The papers agree with each other, and perhaps not with the order's items. More or less than ordered is the order's affair;
/// but a difference that a slip of the pen explains is shown. The packing list is held against the order elsewhere.
fn slip(
    case: &Case<'_>,
    total: &Total,
    group: &Group<'_, '_>,
    voices: &[Voice<'_>],
    goods: &Voice<'_>,
    out: &mut Sink<'_>,
) {
    let Some(first) = voices.first() else { return };
    if voices.iter().any(|v| v.key == "packing") {
        return;
    }
    if total.figure == Figure::Quantity
        && first.unit.is_some_and(|u| Unit::parse(u) != goods.unit.and_then(Unit::parse))
    {
        return;
    }
    let hint = slip_hint(total, first.value, goods.value);
    let Some(paper) = first.paper().filter(|_| !hint.is_empty()) else { return };
    let own = first.name(case);
    let (name, (field_zh, field_en)) = (conflicts::subject(&own), total.name);
    let (is, ought) = (first.text(total, false), goods.text(total, false));
    let (apart_zh, apart_en) = apart(total, first, goods);
    let title = bi!(
        "{name}{field_zh} {is}，按订单货物算是 {ought}{apart_zh}",
        "{name} {field_en} {is}; the order's items give {ought}{apart_en}";
        name
    );
    let cure = conflicts::cure(case, paper);
    let finding = out.report(title);
    finding
        .severity(Severity::Warning)
        .judgement()
        .at(case.order.origin.place(first.path()), own)
        .at(case.order.origin.place(goods.path()), bi!("货物明细", "items"))
        .values([first.value.normalize().to_string(), goods.value.normalize().to_string()])
        .help(conflicts::hinted(
            &hint,
            &bi!(
                "{cure}；实际就是这个数，改订单的数量或 pack",
                "{cure}; if the figure is right, change quantity or pack of the order";
                cure
            ),
        ));
    conflicts::weigh(case, finding, group, paper, first.is_draft());
}
