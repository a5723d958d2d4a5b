//! What these documents may say. The structs are the allow-list: purchase prices, payments to suppliers, their bills,
//! margins, recoveries and the bank that received money have no field at all. What depends on the reader beyond that is
//! decided here, in one place, and nowhere else below this folder.

use std::borrow::Cow;

use crate::change::Change;
use crate::check::finding::Finding;
use crate::derive::deadlines::{Deadline, Kind};
use crate::publish::audience::{Audience, Sees};
use crate::publish::changes;
use crate::publish::ctx::Ctx;
use crate::publish::finding::{Sources, is_withheld};

/// What may be told.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    audience: Audience<'a>,
}

impl<'a> Shown<'a> {
    /// What a reader is told.
    #[must_use]
    pub fn of(audience: Audience<'a>) -> Self {
        Self { audience }
    }

    /// What the bank calls a receipt.
    #[must_use]
    pub fn bank_references(self) -> bool {
        self.audience.sees(Sees::BankReferences)
    }

    /// A deadline: that of a bill only where bills are shown.
    #[must_use]
    pub fn deadline(self, deadline: &Deadline) -> bool {
        deadline.kind != Kind::Bill || self.audience.sees(Sees::SupplierPayments)
    }

    /// The words of a finding: one about what we pay may quote the figure, and is named by its rule alone.
    #[must_use]
    pub fn finding(self, ctx: &Ctx<'_>, finding: &Finding, sources: &mut Sources<'_>) -> bool {
        !is_withheld(ctx, finding, sources)
    }

    /// A change as it may be told; nothing where it is about what we pay.
    #[must_use]
    pub fn change(self, change: &Change) -> Option<Cow<'_, Change>> {
        let audience = self.audience;
        if changes::is_hidden(audience, change)
            || changes::is_withheld(audience, change)
            || is_inner(&change.key)
        {
            return None;
        }
        Some(changes::without_bank(audience, change).map_or(Cow::Borrowed(change), Cow::Owned))
    }
}

/// The margin of a review, and what a supplier bears of a complaint.
fn is_inner(key: &str) -> bool {
    // What stands in brackets is data; only what stands outside names a key.
    let mut depth = 0_usize;
    let outside: String = key
        .chars()
        .filter(|c| {
            match c {
                '[' => depth = depth.saturating_add(1),
                ']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && *c != ']'
        })
        .collect();
    outside.split('.').any(|part| matches!(part, "margin" | "recovered"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_key_is_inner_and_not_a_name() {
        assert!(is_inner("review.margin"));
        assert!(is_inner("complaints[CL-1].recovered.amount"));
        assert!(!is_inner("items[margin].price"));
        assert!(!is_inner("plan.paid"));
    }
}
