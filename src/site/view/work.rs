//! Production, inspection, shipment, and what the customer says afterwards.

use serde::Serialize;

use super::{Day, Field, Link, Mark};

/// Production against the quantity ordered.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Production {
    /// Factory with its page.
    pub factory: Link,
    /// `20,000`; empty before the first report.
    pub done: String,
    /// Somebody reported progress or the finish; without it there is no percentage to show.
    pub reported: bool,
    /// `20,000 PCS`.
    pub quantity: String,
    /// Done ÷ quantity, rounded down, 0 to 100: the bar and its number.
    pub percent: u8,
    /// Where the plan says production should stand today, 0 to 100; draws a tick on the bar. None = no plan.
    pub expected_percent: Option<u8>,
    /// State.
    pub mark: Mark,
    /// `[需完工: 10-25] [完工: 10-27] [晚 2 天]`.
    pub facts: Vec<Field>,
    /// Reports, oldest first.
    pub reports: Vec<Progress>,
}

/// One report of the factory.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Progress {
    /// When.
    pub day: Day,
    /// `7,000`.
    pub done: String,
    /// 0 to 100.
    pub percent: u8,
    /// `第二条线 10-14 开`.
    pub note: String,
}

/// A problem with material, process, capacity, quality, logistics, document or payment.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Issue {
    /// Opened.
    pub opened: Day,
    /// `材料`.
    pub kind: String,
    /// `灯头到料晚 3 天`.
    pub what: String,
    /// `换 B 供应商 2,000 只`.
    pub action: String,
    /// Owner.
    pub owner: String,
    /// When the customer was told.
    pub told: Option<Day>,
    /// Closed; none = open.
    pub closed: Option<Day>,
}

/// One inspection with its AQL arithmetic.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Inspection {
    /// When.
    pub day: Day,
    /// `终检`.
    pub stage: String,
    /// `自检 chen.hao`.
    pub by: String,
    /// `II · AQL 0 / 2.5 / 4.0`.
    pub level: String,
    /// `20,000`.
    pub lot: String,
    /// `315`.
    pub sample: String,
    /// Found and accepted, critical: `0 / 0`.
    pub critical: String,
    /// Major, found / accepted: `5 / 14`.
    pub major: String,
    /// Minor: `9 / 21`.
    pub minor: String,
    /// `通过`.
    pub result: String,
    /// `Done` passed, `Late` failed, `Open` pending.
    pub mark: Mark,
    /// The report.
    pub file: Link,
    /// Remark: `整改 7 天，到期 11-27`.
    pub note: String,
}

/// One shipment.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Shipment {
    /// Where there are several: `1`; else empty.
    pub id: String,
    /// `EVER GOLDEN 0742W`.
    pub vessel: String,
    /// `Ningbo → Hamburg`.
    pub route: String,
    /// Forwarder, booking, ETD, ETA, on board, originals: `[订舱号: NGB7741920]`.
    pub facts: Vec<Field>,
    /// Cut-offs in port time.
    pub cutoffs: Vec<CutOff>,
    /// Containers.
    pub containers: Vec<Container>,
    /// State.
    pub mark: Mark,
    /// Remark: `甩柜 1 次，原 11-28`.
    pub note: String,
}

/// One cut-off.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CutOff {
    /// `SI 补料`.
    pub label: String,
    /// With time, in port time: `11-03 12:00`.
    pub at: Day,
    /// `Done` met, `Open` ahead, `Late` missed or near.
    pub mark: Mark,
    /// `剩 2 天`; empty = nothing.
    pub note: String,
}

/// One container.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Container {
    /// `CSQU3054383`.
    pub number: String,
    /// `20GP`.
    pub kind: String,
    /// `EMCHQ81442`.
    pub seal: String,
    /// `300`.
    pub packages: String,
    /// `2,470`.
    pub gross_kg: String,
    /// `4,700`.
    pub vgm_kg: String,
    /// ISO 6346 check digit: `Done` right, `Late` wrong, `Na` cannot be told.
    pub check: Mark,
}

/// Stage 10.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Feedback {
    /// Asked.
    pub asked: Option<Day>,
    /// 0 = no score, else 1 to 5.
    pub score: u8,
    /// Customer's words.
    pub text: String,
    /// Complaints, open ones first.
    pub complaints: Vec<Complaint>,
}

/// A complaint and how it was settled.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Complaint {
    /// Opened.
    pub opened: Day,
    /// `质量`.
    pub kind: String,
    /// `38 PCS no light`.
    pub what: String,
    /// `USD 89.30`.
    pub claimed: String,
    /// `接受`.
    pub decision: String,
    /// `credit note CN26-014`.
    pub settled: String,
    /// Corrective action.
    pub corrective: String,
    /// Closed; none = open.
    pub closed: Option<Day>,
    /// Remark: `开了 54 天`.
    pub note: String,
}
