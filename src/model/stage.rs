//! The ten stages and their milestones: names, order, and the keys under which dates are written.

use chrono::NaiveDate;

use crate::{choice, record};

choice! {
    /// A stage of an order. The order of the variants is the order of the work.
    StageKey {
        Confirm = "confirm", "确认", "Confirm", [];
        Release = "release", "下达", "Release", [];
        Produce = "produce", "生产", "Produce", [];
        Inspect = "inspect", "质检", "Inspect", [];
        Book = "book", "物流", "Book", [];
        Declare = "declare", "报关", "Declare", [];
        Ship = "ship", "出运", "Ship", [];
        Collect = "collect", "收款", "Collect", [];
        Archive = "archive", "归档", "Archive", [];
        Feedback = "feedback", "反馈", "Feedback", [];
    }
}

impl StageKey {
    /// Number of the stage, 1 to 10.
    #[must_use]
    pub fn number(self) -> u8 {
        Self::ALL.iter().zip(1..).find(|(stage, _)| **stage == self).map_or(0, |(_, n)| n)
    }

    /// Its milestones, in order. The last one completes the stage.
    pub fn milestones(self) -> impl DoubleEndedIterator<Item = Milestone> {
        Milestone::ALL.iter().copied().filter(move |m| m.stage() == self)
    }
}

choice! {
    /// A dated step of an order.
    Milestone {
        Inquiry = "inquiry", "询盘", "inquiry", [];
        PiSent = "pi_sent", "发形式发票", "proforma sent", [];
        Confirmed = "confirmed", "签约", "confirmed", [];
        Reviewed = "reviewed", "评审", "reviewed", [];
        Released = "released", "下达", "released", [];
        SampleApproved = "sample_approved", "样品确认", "sample approved", [];
        Materials = "materials", "到料", "materials in", [];
        Started = "started", "投产", "production started", [];
        Produced = "produced", "完工", "production finished", [];
        Inspected = "inspected", "终检", "inspected", [];
        Booked = "booked", "订舱", "booked", [];
        GatedIn = "gated_in", "进港", "gated in", [];
        Ciq = "ciq", "商检", "commodity inspection", [];
        Declared = "declared", "申报", "declared", [];
        Cleared = "cleared", "放行", "cleared", [];
        Shipped = "shipped", "装运", "shipped", [];
        Presented = "presented", "交单", "presented", [];
        Noticed = "noticed", "催款", "payment noticed", [];
        Paid = "paid", "收齐", "paid", [];
        Closed = "closed", "结案", "closed", [];
        Archived = "archived", "归档", "archived", [];
        FollowedUp = "followed_up", "回访", "followed up", [];
    }
}

impl Milestone {
    /// The stage it belongs to.
    #[must_use]
    pub fn stage(self) -> StageKey {
        match self {
            Self::Inquiry | Self::PiSent | Self::Confirmed => StageKey::Confirm,
            Self::Reviewed | Self::Released => StageKey::Release,
            Self::SampleApproved | Self::Materials | Self::Started | Self::Produced => StageKey::Produce,
            Self::Inspected => StageKey::Inspect,
            Self::Booked | Self::GatedIn => StageKey::Book,
            Self::Ciq | Self::Declared | Self::Cleared => StageKey::Declare,
            Self::Shipped | Self::Presented => StageKey::Ship,
            Self::Noticed | Self::Paid => StageKey::Collect,
            Self::Closed | Self::Archived => StageKey::Archive,
            Self::FollowedUp => StageKey::Feedback,
        }
    }
}

macro_rules! dates {
    ($($field:ident = $variant:ident, $zh:literal, $en:literal;)*) => {
        record! {
            /// Dates of milestones: one table for the plan, one for the forecast, one for what happened.
            Dates ("节点日期", "milestone dates") {
                $( $field: Option<NaiveDate>, $zh, $en; )*
            }
        }

        impl Dates {
            /// The date of one milestone.
            #[must_use]
            pub fn get(&self, milestone: Milestone) -> Option<NaiveDate> {
                match milestone { $( Milestone::$variant => self.$field, )* }
            }
        }
    };
}

dates! {
    inquiry = Inquiry, "询盘", "inquiry";
    pi_sent = PiSent, "发形式发票", "proforma sent";
    confirmed = Confirmed, "签约", "confirmed";
    reviewed = Reviewed, "评审", "reviewed";
    released = Released, "下达", "released";
    sample_approved = SampleApproved, "样品确认", "sample approved";
    materials = Materials, "到料", "materials in";
    started = Started, "投产", "production started";
    produced = Produced, "完工", "production finished";
    inspected = Inspected, "终检", "inspected";
    booked = Booked, "订舱", "booked";
    gated_in = GatedIn, "进港", "gated in";
    ciq = Ciq, "商检", "commodity inspection";
    declared = Declared, "申报", "declared";
    cleared = Cleared, "放行", "cleared";
    shipped = Shipped, "装运", "shipped";
    presented = Presented, "交单", "presented";
    noticed = Noticed, "催款", "payment noticed";
    paid = Paid, "收齐", "paid";
    closed = Closed, "结案", "closed";
    archived = Archived, "归档", "archived";
    followed_up = FollowedUp, "回访", "followed up";
}
