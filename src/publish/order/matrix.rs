//! The document matrix: who says what, laid out field by document, with the findings at the cells where they stand.

use rust_decimal::Decimal;

use super::documents::href_of;
use crate::check::finding::{At, Finding, Place, Severity, Verdict};
use crate::check::rule::Group;
use crate::derive::OrderFacts;
use crate::derive::exam::Exams;
use crate::derive::matrix::{self, Cell, Column, Field, Row, Value};
use crate::derive::papers;
use crate::model::Order;
use crate::model::value::Currency;
use crate::model::value::money::group;
use crate::publish::ctx::Ctx;
use crate::publish::finding::anchor_of;
use crate::say;
use crate::site::view::{Link, Mark, Matrix, MatrixCell, MatrixColumn, MatrixKind, MatrixRow};
use crate::text::StaticBi;

/// The matrices of an order, one for each shipment.
pub(super) fn of(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts) -> Vec<Matrix> {
    let exams = Exams::of(ctx.book(), order, ctx.as_of());
    let sets = papers::sets(order, ctx.as_of());
    let found: Vec<&Finding> =
        ctx.findings.order(&order.id).iter().copied().filter(|f| f.severity > Severity::Info).collect();
    let all = matrix::of(ctx.book(), order, facts, &exams, &sets);
    let shown = Shown { ctx, order, found: &found };
    all.iter().map(|matrix| shown.matrix(matrix)).collect()
}

/// A matrix with what the findings make of its rows and cells.
pub(crate) struct Judged<'m, 'a> {
    /// Who says what.
    pub matrix: &'m matrix::Matrix<'a>,
    /// Of each row, the mark and what its cells are.
    pub rows: Vec<(Mark, Vec<MatrixKind>)>,
}

/// The same for programs: what `tell` says of each matrix.
pub(crate) fn judged<T>(
    ctx: &Ctx<'_>,
    order: &Order,
    facts: &OrderFacts,
    tell: impl Fn(&Judged<'_, '_>) -> T,
) -> Vec<T> {
    let exams = Exams::of(ctx.book(), order, ctx.as_of());
    let sets = papers::sets(order, ctx.as_of());
    let found: Vec<&Finding> =
        ctx.findings.order(&order.id).iter().copied().filter(|f| f.severity > Severity::Info).collect();
    let shown = Shown { ctx, order, found: &found };
    let judge = |matrix: &matrix::Matrix<'_>| {
        let rows = matrix.rows.iter().map(|row| {
            let missing = |at: usize| row.missing.get(at) == Some(&true);
            let kinds = row.cells.iter().enumerate().map(|(at, c)| shown.kind(c.as_ref(), missing(at)));
            (shown.mark(row, &shown.of_row(row)), kinds.collect())
        });
        tell(&Judged { matrix, rows: rows.collect() })
    };
    matrix::of(ctx.book(), order, facts, &exams, &sets).iter().map(judge).collect()
}

struct Shown<'c, 'a> {
    ctx: &'c Ctx<'a>,
    order: &'c Order,
    found: &'c [&'a Finding],
}

impl Shown<'_, '_> {
    fn matrix(&self, matrix: &matrix::Matrix<'_>) -> Matrix {
        let ctx = self.ctx;
        // Every paper describes the goods in its own words; they are laid out where somebody ought to read them.
        let told = |row: &&Row| row.field != Field::Goods || !self.of_row(row).is_empty();
        let said: Vec<&Row> = matrix.rows.iter().filter(told).collect();
        let rows: Vec<MatrixRow> = said.iter().map(|row| self.row(matrix, row)).collect();
        let compared = said.iter().zip(&rows).filter(|(row, _)| row.said() > 1).map(|(_, row)| row.mark);
        let count = |mark: Mark| compared.clone().filter(|m| *m == mark).count();
        let (all, conflict, look) = (compared.clone().count(), count(Mark::Late), count(Mark::Open));
        let clear = all - conflict - look;
        let missing = matrix.columns.iter().filter(|c| matches!(c, Column::Missing(_))).count();
        let mut verdict = Vec::new();
        if conflict > 0 {
            let word = if conflict == 1 { "conflict" } else { "conflicts" };
            verdict.push(say!(ctx, "{conflict} 处冲突", "{conflict} {word}"));
        }
        if look > 0 {
            verdict.push(say!(ctx, "{look} 处要人看", "{look} to be looked at"));
        }
        if missing > 0 {
            verdict.push(say!(ctx, "缺 {missing} 份", "{missing} missing"));
        }
        let mark = match (conflict, look + missing) {
            (0, 0) => Mark::Done,
            (0, _) => Mark::Warn,
            _ => Mark::Late,
        };
        Matrix {
            title: match matrix.shipment {
                Some(id) => say!(ctx, "第 {id} 批", "Shipment {id}"),
                None if matrix.whole => ctx.word(("整单", "Whole order")).to_owned(),
                None => String::new(),
            },
            columns: matrix.columns.iter().map(|c| self.column(c)).collect(),
            rows,
            verdict: verdict.join(" · "),
            mark,
            summary: say!(
                ctx,
                "比了 {all} 个字段：未见冲突 {clear}，冲突 {conflict}，要人看 {look}。单据上没印的不比。",
                "{all} fields compared: {clear} without conflict, {conflict} in conflict, {look} to be looked at. What is not printed is not compared."
            ),
        }
    }

    fn column(&self, column: &Column<'_>) -> MatrixColumn {
        let ctx = self.ctx;
        let plain =
            |label: StaticBi| MatrixColumn { label: ctx.word(label).to_owned(), ..MatrixColumn::default() };
        match column {
            Column::Order => plain(("订单", "Order")),
            Column::Credit(credit) => {
                let number = credit.number();
                MatrixColumn {
                    number: Link::new(abridged(number), "#credit"), ..plain(("信用证", "Credit"))
                }
            }
            Column::Shipments => plain(("各批合计", "Shipments")),
            Column::Missing(kind) => MatrixColumn { missing: true, ..plain(label(kind)) },
            Column::Papers(voice) => {
                let draft = voice.papers.iter().all(|p| p.printed.is_draft());
                let number = match voice.papers.as_slice() {
                    [paper] => {
                        let number = paper.printed.number.as_deref().unwrap_or_default();
                        Link::new(abridged(number), href_of(self.order, &paper.whole()))
                    }
                    several => {
                        let n = several.len();
                        let href =
                            several.first().map(|p| href_of(self.order, &p.whole())).unwrap_or_default();
                        Link::new(say!(ctx, "{n} 份", "{n} papers"), href)
                    }
                };
                MatrixColumn { number, draft, ..plain(label(voice.key)) }
            }
        }
    }

    fn row(&self, matrix: &matrix::Matrix<'_>, row: &Row) -> MatrixRow {
        let ctx = self.ctx;
        let unit = row.anchor.and_then(|i| row.cells.get(i)?.as_ref()).map(unit).unwrap_or_default();
        let mut shown_anchor = false;
        let mut cells = Vec::new();
        for (index, cell) in row.cells.iter().enumerate() {
            let same = row.same.get(index) == Some(&true);
            let terms = matches!(matrix.columns.get(index), Some(Column::Order | Column::Credit(_)));
            let kind = self.kind(cell.as_ref(), row.missing.get(index) == Some(&true));
            let Some(cell) = cell else {
                cells.push(MatrixCell { kind, ..MatrixCell::default() });
                continue;
            };
            let text = self.text(cell, &unit);
            // What was said once is not said again, unless it stands in a finding or has a tolerance beside it.
            let again =
                same && shown_anchor && kind == MatrixKind::Same && (!terms || cell.tolerance.is_none());
            shown_anchor |= same;
            let long = !matches!(
                cell.value,
                Value::Figure(..) | Value::Amount(..) | Value::Day(_) | Value::Until(_)
            );
            cells.push(if again {
                MatrixCell { text: "=".to_owned(), full: text, kind, long: false }
            } else {
                MatrixCell { text, full: String::new(), kind, long }
            });
        }
        let findings = self.of_row(row);
        let (results, mark) = self.result(row, &findings);
        let name = ctx.word(title(row.field));
        let label = if unit.is_empty() { name.to_owned() } else { format!("{name} {unit}") };
        MatrixRow { label, cells, results, mark }
    }

    /// Findings whose first place is a cell of the row. A covering schedule has no column; what it claims belongs to
    /// the row of claims.
    fn of_row(&self, row: &Row) -> Vec<&Finding> {
        let schedule = |f: &Finding| match f.spots.first().map(|s| &s.place.at) {
            Some(At::Value(path)) => path.starts_with("presentation[") && path.ends_with("].amount"),
            _ => false,
        };
        let here = |f: &Finding| row.cells.iter().flatten().any(|cell| self.stands(f, cell));
        let all = self.found.iter().copied();
        all.filter(|f| here(f) || (row.field == Field::Claim && schedule(f))).collect()
    }

    fn stands(&self, finding: &Finding, cell: &Cell) -> bool {
        let Some(spot) = finding.spots.first() else { return false };
        cell.paths.iter().any(|path| inside(&spot.place, &self.order.origin.place(path)))
    }

    fn kind(&self, cell: Option<&Cell>, missing: bool) -> MatrixKind {
        let Some(cell) = cell else {
            return if missing { MatrixKind::Missing } else { MatrixKind::Absent };
        };
        let here = self.found.iter().filter(|f| f.waived.is_none() && self.stands(f, cell));
        let mut kinds: Vec<MatrixKind> = here.map(|f| weight(f)).collect();
        kinds.sort_by_key(|k| *k != MatrixKind::Conflict);
        kinds.first().copied().unwrap_or(MatrixKind::Same)
    }

    fn result(&self, row: &Row, findings: &[&Finding]) -> (Vec<Link>, Mark) {
        let ctx = self.ctx;
        let mut links: Vec<Link> = Vec::new();
        for finding in findings {
            let mut text = ctx.word(finding.rule.title).to_owned();
            if finding.waived.is_some() {
                text = say!(ctx, "{text}（已豁免）", "{text} (waived)");
            }
            let link = Link::new(text, format!("#{}", anchor_of(finding)));
            if !links.contains(&link) {
                links.push(link);
            }
        }
        let mark = self.mark(row, findings);
        if links.is_empty() {
            links.push(Link::text(match mark {
                Mark::Todo => ctx.word(("没有可比的", "nothing to compare with")),
                _ => ctx.word(("未见冲突", "no conflict")),
            }));
        }
        (links, mark)
    }

    fn mark(&self, row: &Row, findings: &[&Finding]) -> Mark {
        let open = findings.iter().filter(|f| f.waived.is_none()).map(|f| weight(f));
        if open.clone().any(|k| k == MatrixKind::Conflict) {
            Mark::Late
        } else if open.clone().next().is_some() {
            Mark::Open
        } else if row.said() < 2 {
            Mark::Todo
        } else {
            Mark::Done
        }
    }

    fn text(&self, cell: &Cell, row_unit: &str) -> String {
        let ctx = self.ctx;
        let text = match &cell.value {
            Value::Text(text) => shortened(text),
            Value::Lines(lines) => lines.join(" / "),
            Value::Figure(value, own) => {
                let value = value.normalize();
                let number = group(value, value.scale());
                match own.as_deref().filter(|own| !own.eq_ignore_ascii_case(row_unit)) {
                    Some(own) => format!("{number} {own}"),
                    None => number,
                }
            }
            Value::Amount(value, currency) => {
                let number = figure(*value, *currency);
                match currency.map(Currency::code).filter(|code| *code != row_unit) {
                    Some(code) => format!("{code} {number}"),
                    None => number,
                }
            }
            Value::Day(day) => ctx.day(*day).text,
            Value::Until(day) => format!("≤ {}", ctx.day(*day).text),
            Value::Containers(list) => boxes(ctx, list),
        };
        match cell.tolerance {
            Some(tolerance) => format!("{text} {}", format!("±{tolerance}").replace("±+", "+")),
            None => text,
        }
    }
}

/// What a finding makes of its cell. A warning of another kind than "papers contradict" asks for a look.
fn weight(finding: &Finding) -> MatrixKind {
    let papers = matches!(finding.rule.group, Group::Documents | Group::Credit | Group::Goods);
    if finding.verdict == Verdict::Judgement || (finding.severity < Severity::Error && !papers) {
        MatrixKind::Look
    } else {
        MatrixKind::Conflict
    }
}

/// A place is a cell's, or inside what the cell sums up.
fn inside(place: &Place, cell: &Place) -> bool {
    let path = |at: &At| match at {
        At::Value(path) | At::Key(path) => Some(path.clone()),
        At::File | At::Bytes(..) => None,
    };
    let (Some(found), Some(own)) = (path(&place.at), path(&cell.at)) else { return false };
    place.file == cell.file
        && found
            .strip_prefix(own.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

fn figure(value: Decimal, currency: Option<Currency>) -> String {
    group(value, currency.map_or(2, Currency::minor))
}

/// `CSQU3054383 封 EMCHQ81442`; of many the first and how many there are.
fn boxes(ctx: &Ctx<'_>, list: &[(String, Option<String>)]) -> String {
    const MOST: usize = 2;
    let one = |(number, seal): &(String, Option<String>)| match seal {
        Some(seal) => say!(ctx, "{number} 封 {seal}", "{number} seal {seal}"),
        None => number.clone(),
    };
    let n = list.len();
    match list.first() {
        Some(first) if n > MOST => say!(ctx, "{n} 柜，{} …", "{n} containers, {} …", one(first)),
        _ => list.iter().map(one).collect::<Vec<_>>().join(" / "),
    }
}

/// The head of a long text; the paper below shows all of it.
fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default().trim_end()),
        None => text.to_owned(),
    }
}

/// The unit that a row's label carries.
fn unit(cell: &Cell) -> String {
    match &cell.value {
        Value::Figure(_, Some(unit)) => unit.clone(),
        Value::Amount(_, Some(currency)) => currency.code().to_owned(),
        _ => String::new(),
    }
}

/// A long number by its ends; the paper below shows all of it.
fn abridged(number: &str) -> String {
    const MOST: usize = 12;
    let chars: Vec<char> = number.chars().collect();
    if chars.len() <= MOST {
        return number.to_owned();
    }
    let end = |range: std::ops::Range<usize>| chars.get(range).unwrap_or_default().iter().collect::<String>();
    format!("{}…{}", end(0..4), end(chars.len() - 4..chars.len()))
}

fn label(key: &str) -> StaticBi {
    match key {
        "invoice" => ("发票", "Invoice"),
        "packing" => ("装箱单", "Packing list"),
        "bl" => ("提单", "B/L"),
        "awb" => ("空运单", "AWB"),
        "waybill" => ("运单", "Waybill"),
        "courier" => ("快递单", "Courier"),
        "insurance" => ("保险单", "Insurance"),
        "origin" => ("产地证", "Origin"),
        "customs" => ("报关单", "Declaration"),
        "draft" => ("汇票", "Draft"),
        "collection" => ("托收", "Collection"),
        _ => ("证明", "Certificate"),
    }
}

fn title(field: Field) -> StaticBi {
    match field {
        Field::Buyer => ("买方", "Buyer"),
        Field::Consignee => ("收货人", "Consignee"),
        Field::Notify => ("通知人", "Notify party"),
        Field::Quantity => ("数量", "Quantity"),
        Field::Packages => ("件数", "Packages"),
        Field::Gross => ("毛重 KG", "Gross KG"),
        Field::Net => ("净重 KG", "Net KG"),
        Field::Volume => ("体积 CBM", "Volume CBM"),
        Field::Amount => ("总额", "Total"),
        Field::Claim => ("索款额", "Claim"),
        Field::Insured => ("保额", "Insured"),
        Field::Goods => ("货描", "Goods"),
        Field::Term => ("价格条款", "Trade term"),
        Field::From => ("起运港", "Port of loading"),
        Field::To => ("目的港", "Port of discharge"),
        Field::Vessel => ("船名航次", "Vessel, voyage"),
        Field::Shipped => ("装运日", "Shipped"),
        Field::Marks => ("唛头", "Marks"),
        Field::Containers => ("柜号 封号", "Container, seal"),
        Field::Hs => ("HS 编码", "HS code"),
        Field::Credit => ("信用证号", "Credit number"),
        Field::Contract => ("合同号", "Contract"),
        Field::Po => ("客户订单号", "PO"),
        Field::Invoice => ("发票号", "Invoice number"),
    }
}
