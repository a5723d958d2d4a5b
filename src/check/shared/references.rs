//! Where an order names people, shipments and items. Decides nothing. Fields that hold free text (who inspected,
//! who paid) are not here.

use crate::model::Order;

use super::papers;

/// Receives a name and how to write the path of the key that holds it.
pub(crate) type Visit<'v> = dyn FnMut(&str, &dyn Fn() -> String) + 'v;

fn give(name: Option<&str>, path: &dyn Fn() -> String, visit: &mut Visit<'_>) {
    if let Some(name) = name {
        visit(name, path);
    }
}

/// Ids of people, except those that the customer's defaults filled.
pub(crate) fn people(order: &Order, visit: &mut Visit<'_>) {
    for (key, name) in [("merchandiser", &order.merchandiser), ("clerk", &order.clerk)] {
        if !order.filled.contains(&key) {
            give(name.as_deref(), &|| key.to_owned(), visit);
        }
    }
    give(order.review.as_deref().and_then(|r| r.by.as_deref()), &|| "review.by".to_owned(), visit);
    for (i, issue) in order.issues.iter().enumerate() {
        give(issue.owner.as_deref(), &|| format!("issues[{i}].owner"), visit);
    }
    for (i, complaint) in order.complaints.iter().enumerate() {
        give(complaint.owner.as_deref(), &|| format!("complaints[{i}].owner"), visit);
    }
    for (i, approval) in order.approvals.iter().enumerate() {
        give(approval.by.as_deref(), &|| format!("approvals[{i}].by"), visit);
    }
    for (i, waiver) in order.waivers.iter().enumerate() {
        give(waiver.by.as_deref(), &|| format!("waivers[{i}].by"), visit);
    }
    for (i, reminder) in order.reminders.iter().enumerate() {
        give(reminder.who.as_deref(), &|| format!("reminders[{i}].who"), visit);
    }
    for (i, credit) in order.credits.iter().enumerate() {
        give(credit.by.as_deref(), &|| format!("credits[{i}].by"), visit);
    }
}

/// Ids of shipments.
pub(crate) fn shipments(order: &Order, visit: &mut Visit<'_>) {
    for (key, index, paper) in papers::each(order) {
        give(paper.shipment.as_deref(), &|| format!("{key}[{index}].shipment"), visit);
    }
    for (i, presentation) in order.docs.presentation.iter().enumerate() {
        give(presentation.shipment.as_deref(), &|| format!("presentation[{i}].shipment"), visit);
    }
    for (i, paper) in order.docs.papers.iter().enumerate() {
        give(paper.shipment.as_deref(), &|| format!("papers[{i}].shipment"), visit);
    }
    for (i, receipt) in order.received.iter().enumerate() {
        give(receipt.shipment.as_deref(), &|| format!("received[{i}].shipment"), visit);
    }
    for (i, credit) in order.credits.iter().enumerate() {
        give(credit.shipment.as_deref(), &|| format!("credits[{i}].shipment"), visit);
    }
}

/// Items by sku or name. What a paper prints is not a reference.
pub(crate) fn items(order: &Order, visit: &mut Visit<'_>) {
    for (i, progress) in order.progress.iter().enumerate() {
        give(progress.sku.as_deref(), &|| format!("progress[{i}].sku"), visit);
    }
    let mut rows = |list: &[crate::model::order::ShippedItem], path: &dyn Fn() -> String| {
        for (row, item) in list.iter().enumerate() {
            let (name, field) = match &item.sku {
                Some(sku) => (Some(sku.as_str()), "sku"),
                None => (item.name.as_deref(), "name"),
            };
            give(name, &|| format!("{}.items[{row}].{field}", path()), visit);
        }
    };
    for (i, purchase) in order.purchases.iter().enumerate() {
        rows(&purchase.items, &|| format!("purchases[{i}]"));
    }
    for (i, shipment) in order.shipments.iter().enumerate() {
        rows(&shipment.items, &|| format!("shipments[{i}]"));
    }
    for (i, complaint) in order.complaints.iter().enumerate() {
        for (row, line) in complaint.lines.iter().enumerate() {
            give(line.sku.as_deref(), &|| format!("complaints[{i}].lines[{row}].sku"), visit);
        }
    }
    for (i, inspection) in order.inspections.iter().enumerate() {
        for sku in inspection.lots.keys() {
            give(Some(sku), &|| format!("inspections[{i}].lots"), visit);
        }
    }
}
