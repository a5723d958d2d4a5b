//! Open errors of an order in words: what could not be read, what contradicts itself, which papers disagree. They
//! make an order red wherever it is shown; whether it is *late* is the schedule's word alone.

use super::ctx::Ctx;
use crate::check::finding::{Class, Finding, Severity};
use crate::check::rule::Group;
use crate::say;

/// Open errors by kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Errors {
    /// Entries that could not be read (writing mistakes).
    pub writing: usize,
    /// Entries that were read and contradict the record.
    pub record: usize,
    /// Papers in conflict.
    pub document: usize,
}

impl Errors {
    /// Counts the open errors among the findings of an order. Risks, waived findings and history are none.
    #[must_use]
    pub fn of(findings: &[&Finding]) -> Self {
        let mut all = Self::default();
        for finding in findings {
            if finding.waived.is_some() || finding.past || finding.severity != Severity::Error {
                continue;
            }
            match finding.class {
                Class::Risk => {}
                Class::Document => all.document += 1,
                Class::Record if finding.rule.group == Group::Writing => all.writing += 1,
                Class::Record => all.record += 1,
            }
        }
        all
    }

    /// Whether there are any.
    #[must_use]
    pub fn any(self) -> bool {
        self.writing + self.record + self.document > 0
    }

    /// `写法错误 2 处`, `单据 1 处不符`, `登记 1 处有错`; empty without errors.
    #[must_use]
    pub fn texts(self, ctx: &Ctx<'_>) -> Vec<String> {
        let mut parts = Vec::new();
        match self.writing {
            0 => {}
            1 => parts.push(say!(ctx, "写法错误 1 处", "1 entry could not be read")),
            n => parts.push(say!(ctx, "写法错误 {n} 处", "{n} entries could not be read")),
        }
        match self.document {
            0 => {}
            1 => parts.push(say!(ctx, "单据 1 处不符", "1 conflict in the papers")),
            n => parts.push(say!(ctx, "单据 {n} 处不符", "{n} conflicts in the papers")),
        }
        match self.record {
            0 => {}
            1 => parts.push(say!(ctx, "登记 1 处有错", "1 error in the record")),
            n => parts.push(say!(ctx, "登记 {n} 处有错", "{n} errors in the record")),
        }
        parts
    }
}
