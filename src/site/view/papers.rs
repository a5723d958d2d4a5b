//! What each step needs: the papers before shipment, before presentation, for the archive.

use serde::Serialize;

use super::{Link, Mark};

/// The papers of one gate.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PapersGate {
    /// `装运前的单据`.
    pub name: String,
    /// `Done` = all there, `Open` = its turn and something missing, `Late` = passed by or in conflict, `Hollow` =
    /// behind and not recorded, `Todo` = not its turn.
    pub mark: Mark,
    /// `14 件都在`; `缺 2：装箱单、报关委托书`.
    pub text: String,
    /// Unfolded: somebody has to do something now.
    pub open: bool,
    /// What is asked for, what is missing first.
    pub rows: Vec<PaperNeed>,
    /// How many of the rows need nothing: they are folded away beside the others.
    pub met: usize,
    /// `其余 15 件没有问题`.
    pub met_text: String,
    /// Rule behind it.
    pub rule: Link,
}

/// One thing that a gate asks for.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PaperNeed {
    /// `提单`; of several shipments `第 2 批提单`.
    pub what: String,
    /// Its state as a symbol.
    pub mark: Mark,
    /// Its state as a word: `缺`, `草稿`, `已登记`, `已核对`, `已交出`, `已收回`, `不需要`.
    pub state: String,
    /// Who asks: `每一单`, `CIF`, `信用证 46A`.
    pub clause: String,
    /// The words of the clause: `CERTIFICATE OF ORIGIN ISSUED BY CCPIT`; empty when it has none.
    pub text: String,
    /// The record that answers, with its place on the page.
    pub record: Link,
    /// What the record lacks, whom to ask, or why it is not needed.
    pub note: String,
    /// The first open finding about the record: text `有错误`.
    pub finding: Link,
}
