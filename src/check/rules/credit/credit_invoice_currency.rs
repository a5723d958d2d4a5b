//! `credit-invoice-currency`: the invoice is in other money than the credit.

use super::super::prelude::*;
use crate::check::shared::{exams, presented};
use crate::compare::{Outcome, currency};

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-invoice-currency",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 18 条 a 款 iii 项", "UCP 600 art. 18 a iii"),
    title: ("发票币种与信用证不同", "invoice in other money than the credit"),
    docs: Docs {
        checks: (
            "发票印的币种就是信用证 32B 的币种。US$、$ 在美元信用证下算美元（ISBP 821 C7）；发票没印币种的不比。汇票在没有发票可比时也看。",
            "The currency that the invoice prints is that of 32B. US$ and $ are dollars under a credit in dollars (ISBP 821 C7); an invoice that prints none is not compared. A draft is looked at where no invoice prints one.",
        ),
        why: ("币种不同就不是同一笔款，银行一定拒付。", "Other money is another claim; every bank refuses."),
        fix: (
            "登记抄错就改登记；发票打错就重出；合同改了币种，先改证。",
            "Correct the record if it was copied wrongly, issue the invoice again if it is misprinted, have the credit amended if the contract changed.",
        ),
    },
    example: example!("credit-invoice-currency"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let mut seen = presented::Seen::default();
    for exam in presented::all(case) {
        let Some(ours) = exam.credit.money() else { continue };
        let invoices = exam
            .papers
            .invoice
            .iter()
            .map(|(_, d)| (d.currency.as_deref(), d.total.and_then(|t| t.currency).map(|c| c.code())));
        let printed: Vec<Option<&str>> = invoices.map(|(a, b)| a.or(b)).collect();
        let drafts = exam
            .papers
            .draft
            .iter()
            .map(|(_, d)| d.currency.as_deref().or(d.amount.and_then(|a| a.currency).map(|c| c.code())));
        let only_draft = printed.iter().all(Option::is_none);
        let papers = exam.papers.kind("invoice").zip(printed.iter().copied());
        let drafts = exam.papers.kind("draft").zip(drafts).filter(|_| only_draft);
        for (paper, printed) in papers.chain(drafts) {
            let Some(text) = printed else { continue };
            if currency::compare(text, ours.code()) != Some(Outcome::Different)
                || !seen.first(exam, paper.whole())
            {
                continue;
            }
            let (name, due) = (paper.name(), ours.code());
            let finding = out.report(bi!(
                "{name} 币种 {text}，信用证 {due}",
                "{name} is in {text}, the credit in {due}"; name
            ));
            finding.at(case.order.origin.place(&paper.path("currency")), name);
            let source = exam.credit.currency.as_ref().map(|c| c.source.path());
            let source = source.or(exam.credit.amount.as_ref().map(|a| a.source.path()));
            if let Some(path) = source {
                finding.at(case.order.origin.place(&path), bi!("信用证 32B", "32B of the credit"));
            }
            finding.values([text, due]).help(bi!(
                "先看抄错没有；发票打错就按 {due} 重出，合同真改了币种就先请客户改证",
                "see first whether it was copied wrongly; issue it again in {due} if it is misprinted, or have the credit amended if the contract changed"
            ));
            exams::weigh(finding, exam, &paper);
        }
    }
}
