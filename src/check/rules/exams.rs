//! What rules about the credit share: how a finding about a paper of a presentation is weighed. Decides nothing.

use super::papers;
use crate::check::finding::Finding;
use crate::derive::exam::Exam;
use crate::derive::papers::Paper;

/// A finding about a presentation that a later one cures is history; one about a draft is a risk. Both say until
/// when the papers can still be changed for others.
pub(crate) fn weigh(finding: &mut Finding, exam: &Exam<'_>, paper: &Paper<'_>) {
    papers::soften(finding, paper.printed);
    finding.past |= exam.past;
    finding.until(exam.cure_until());
}
