//! Planned dates: typed ones, and the rest derived backwards from `ship_by` with the configured offsets.

use chrono::{Days, NaiveDate};

use crate::config::Config;
use crate::model::Order;
use crate::model::setup::Offset;
use crate::model::stage::Milestone;

/// A planned date, and whether it was typed or derived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Planned {
    /// The day.
    pub date: NaiveDate,
    /// Derived from `ship_by`: shown with `~`, makes no finding.
    pub derived: bool,
}

/// Offsets where `gendan.toml` says nothing: `(milestone, from, days)`; `None` counts from `ship_by`.
const DEFAULTS: &[(Milestone, Option<Milestone>, i64)] = &[
    (Milestone::Reviewed, Some(Milestone::Confirmed), 2),
    (Milestone::Released, Some(Milestone::Confirmed), 3),
    (Milestone::Materials, Some(Milestone::Produced), -32),
    (Milestone::Started, Some(Milestone::Produced), -25),
    (Milestone::Produced, None, -14),
    (Milestone::Inspected, Some(Milestone::Produced), 3),
    (Milestone::Booked, Some(Milestone::Produced), -5),
    (Milestone::GatedIn, Some(Milestone::Shipped), -2),
    (Milestone::Declared, Some(Milestone::Shipped), -3),
    (Milestone::Cleared, Some(Milestone::Shipped), -1),
    (Milestone::Shipped, None, -4),
    (Milestone::Presented, Some(Milestone::Shipped), 5),
];

/// Longest chain of offsets that is followed; a circle in the configuration ends here.
const MAX_CHAIN: u8 = 8;

/// The planned date of a milestone.
#[must_use]
pub fn planned(config: &Config, order: &Order, milestone: Milestone) -> Option<Planned> {
    plan_of(config, order, milestone, MAX_CHAIN)
}

fn plan_of(config: &Config, order: &Order, milestone: Milestone, left: u8) -> Option<Planned> {
    if let Some(date) = order.plan.as_deref().and_then(|p| p.get(milestone)) {
        return Some(Planned { date, derived: false });
    }
    if milestone == Milestone::Confirmed {
        return None;
    }
    let offset = config.offsets().get(milestone.code()).cloned().or_else(|| default(milestone))?;
    let base = match offset.from {
        None => order.ship_by?,
        Some(Milestone::Confirmed) => order.signed?,
        Some(other) => plan_of(config, order, other, left.checked_sub(1)?)?.date,
    };
    let date = shift(base, offset.days)?;
    // Nothing can be planned before the contract.
    let date = order.signed.map_or(date, |signed| date.max(signed));
    Some(Planned { date, derived: true })
}

/// The offsets that hold where `gendan.toml` says nothing, as they would be written there.
pub fn default_offsets() -> impl Iterator<Item = (&'static str, String)> {
    DEFAULTS.iter().map(|(milestone, from, days)| {
        let text = match from {
            None => days.to_string(),
            Some(Milestone::Confirmed) => format!("\"signed{days:+}\""),
            Some(from) => format!("\"{}{days:+}\"", from.code()),
        };
        (milestone.code(), text)
    })
}

fn default(milestone: Milestone) -> Option<Offset> {
    DEFAULTS.iter().find(|(m, ..)| *m == milestone).map(|(_, from, days)| Offset { from: *from, days: *days })
}

/// A day some days later or earlier; `None` beyond the calendar.
#[must_use]
pub fn shift(day: NaiveDate, days: i64) -> Option<NaiveDate> {
    let amount = Days::new(days.unsigned_abs());
    if days < 0 { day.checked_sub_days(amount) } else { day.checked_add_days(amount) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::OrderFile;

    fn day(text: &str) -> NaiveDate {
        NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap()
    }

    #[test]
    fn missing_dates_are_counted_back_from_ship_by_but_never_before_signing() {
        let file = OrderFile {
            signed: Some(day("2026-11-20")),
            ship_by: Some(day("2027-01-15")),
            ..OrderFile::default()
        };
        let order = Order { file, ..Order::default() };
        let config = Config::default();
        let at = |m| planned(&config, &order, m).map(|p| p.date.to_string());
        assert_eq!(at(Milestone::Produced).as_deref(), Some("2027-01-01"));
        assert_eq!(at(Milestone::Materials).as_deref(), Some("2026-11-30"));
        assert_eq!(at(Milestone::Inspected).as_deref(), Some("2027-01-04"));
        assert_eq!(at(Milestone::Shipped).as_deref(), Some("2027-01-11"));
        assert_eq!(at(Milestone::Cleared).as_deref(), Some("2027-01-10"));
        assert_eq!(at(Milestone::Released).as_deref(), Some("2026-11-23"));
        let tight = Order {
            file: OrderFile { ship_by: Some(day("2026-11-25")), ..order.file.clone() },
            ..Order::default()
        };
        assert_eq!(planned(&config, &tight, Milestone::Produced).unwrap().date, day("2026-11-20"));
    }

    #[test]
    fn a_circle_of_offsets_has_no_date() {
        let mut config = Config::default();
        let circle = |from| Offset { from: Some(from), days: 1 };
        config.file.offsets.insert("produced".into(), circle(Milestone::Inspected));
        config.file.offsets.insert("inspected".into(), circle(Milestone::Produced));
        let order = Order {
            file: OrderFile { ship_by: Some(day("2026-11-25")), ..OrderFile::default() },
            ..Order::default()
        };
        assert_eq!(planned(&config, &order, Milestone::Produced), None);
    }
}
