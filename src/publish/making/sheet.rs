//! What stands around every made paper: heading, watermark with its reasons, notes for whoever signs.

use super::{Job, Kind};
use crate::check::finding::{Class, Finding, Severity};
use crate::publish::ctx::Ctx;
use crate::publish::finding;
use crate::say;
use crate::site::view::making::Sheet;
use crate::site::view::{Field, Link};

/// Most errors that are named; who has more looks at the order's page.
const MOST: usize = 5;

/// The sheet of a document, with its English heading and its registered number.
pub(super) fn of(job: &Job<'_, '_>, name: &str, reference: &str) -> Sheet {
    let (ctx, id) = (job.ctx, &job.order.id);
    let open = open_errors(ctx, id);
    let title = format!("{id} {}", ctx.word(job.kind.title()));
    Sheet {
        path: job.path.clone(),
        title: if job.cargo.several { format!("{title} {}", job.cargo.id) } else { title },
        name: name.to_owned(),
        name_zh: match job.kind {
            Kind::Cover | Kind::Si | Kind::BlCheck => job.kind.title().0.to_owned(),
            _ => String::new(),
        },
        order: id.to_string(),
        back: Link::new(id.to_string(), format!("o/{id}.html")),
        reference: reference.to_owned(),
        draft: !open.is_empty() || job.order.broken,
        why: why(ctx, id, &open),
        notes: notes(job),
    }
}

/// Errors that somebody has to deal with before the papers of an order go out: of the record or of its documents,
/// neither waived nor history.
fn open_errors<'a>(ctx: &Ctx<'a>, id: &str) -> Vec<&'a Finding> {
    let all = ctx.findings.order(id).iter().copied();
    all.filter(|f| f.severity == Severity::Error && f.class != Class::Risk && f.waived.is_none() && !f.past)
        .collect()
}

fn why(ctx: &Ctx<'_>, id: &str, open: &[&Finding]) -> Vec<Link> {
    let shown = finding::list(ctx, open);
    let more = shown.len().saturating_sub(MOST);
    let link = |f: &crate::site::view::Finding| {
        Link::new(format!("{} · {}", f.rule, f.title), format!("o/{id}.html#{}", f.anchor))
    };
    let mut links: Vec<Link> = shown.iter().take(MOST).map(link).collect();
    if more > 0 {
        let text = say!(ctx, "另有 {more} 处", "{more} more");
        links.push(Link::new(text, format!("o/{id}.html#findings")));
    }
    links
}

/// What a credit says of this paper, which the reader has to see fulfilled, and what was assumed to make it.
fn notes(job: &Job<'_, '_>) -> Vec<Field> {
    let mut notes = Vec::new();
    let kind = match job.kind {
        Kind::Invoice => "invoice",
        Kind::Packing => "packing",
        Kind::Draft => "draft",
        Kind::Si | Kind::BlCheck => "bl",
        Kind::Cover | Kind::Proforma | Kind::Certificate => "",
    };
    if let Some(credit) = job.credit.filter(|_| job.kind != Kind::Proforma) {
        let asked = credit.documents();
        let of = asked.iter().filter(|r| !kind.is_empty() && r.kind.as_deref() == Some(kind));
        notes.extend(of.filter_map(|r| r.text.clone()).map(|text| Field::new("46A", text)));
        notes.extend(credit.conditions().into_iter().map(|text| Field::new("47A", text)));
    }
    let word = job.ctx.word(("提示", "Note"));
    notes.extend(assumed(job).into_iter().map(|text| Field::new(word, text)));
    notes
}

fn assumed(job: &Job<'_, '_>) -> Vec<String> {
    let ctx = job.ctx;
    let mut all = Vec::new();
    let priced = matches!(job.kind, Kind::Invoice);
    if priced && job.cargo.several && !job.order.charges.is_empty() {
        all.push(say!(
            ctx,
            "费用和折扣按各批货值分摊，最后一批取余数",
            "charges and discounts are shared out by the value of each shipment; the last one takes the rest"
        ));
    }
    let packed = matches!(job.kind, Kind::Packing | Kind::Si);
    if packed && job.cargo.cartons().iter().any(|row| row.short) {
        all.push(say!(
            ctx,
            "有零头箱：重量和体积按整箱算，装好后过磅核对",
            "there is a short carton: it is counted with the weight and volume of a full one; weigh it when packed"
        ));
    }
    let assumed = matches!(job.kind, Kind::Si | Kind::BlCheck) && job.credit.is_none();
    if assumed {
        all.push(say!(
            ctx,
            "没有信用证规定收货人：按客户填写；要做指示提单（TO ORDER）请改",
            "no credit says who the consignee is: the customer is written; change it for a B/L to order"
        ));
    }
    if job.kind == Kind::Proforma && ctx.book().config.company().bank.is_none() {
        all.push(say!(
            ctx,
            "gendan.toml 的 [company.bank] 没有收款账号",
            "[company.bank] in gendan.toml has no account"
        ));
    }
    all
}
