//! The commercial terms of an order: Incoterm, mode, currency, payment, chosen in realistic shares and so that
//! they go together.

use super::dice::Dice;
use super::parties::Customer;

/// Mode of transport.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    SeaFcl,
    SeaLcl,
    SeaBulk,
    Air,
    Rail,
    Road,
    Courier,
    Multimodal,
}

impl Mode {
    /// As written in the file.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::SeaFcl => "sea-fcl",
            Self::SeaLcl => "sea-lcl",
            Self::SeaBulk => "sea-bulk",
            Self::Air => "air",
            Self::Rail => "rail",
            Self::Road => "road",
            Self::Courier => "courier",
            Self::Multimodal => "multimodal",
        }
    }

    /// Goods move under a bill of lading.
    pub(super) fn has_bl(self) -> bool {
        matches!(self, Self::SeaFcl | Self::SeaLcl | Self::SeaBulk | Self::Multimodal)
    }
}

/// How the balance is paid.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    CopyBl,
    BeforeShipment,
    BeforeProduction,
    Tt,
    LcSight,
    LcUsance,
    Dp,
    Da,
    Oa,
    Cod,
}

impl Method {
    /// The word in the payment line, without its tenor.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::CopyBl => "copy-bl",
            Self::BeforeShipment => "before-shipment",
            Self::BeforeProduction => "before-production",
            Self::Tt => "tt",
            Self::LcSight | Self::LcUsance => "lc",
            Self::Dp => "dp",
            Self::Da => "da",
            Self::Oa => "oa",
            Self::Cod => "cod",
        }
    }

    pub(super) fn is_lc(self) -> bool {
        matches!(self, Self::LcSight | Self::LcUsance)
    }
}

/// The terms of one order.
pub(super) struct Terms {
    pub(super) rule: &'static str,
    pub(super) mode: Mode,
    pub(super) currency: &'static str,
    pub(super) from: &'static str,
    pub(super) to: &'static str,
    /// Deposit, percent of the total; 0 for none.
    pub(super) deposit: i64,
    pub(super) method: Method,
    /// Days of credit, 0 where the method has none.
    pub(super) days: i64,
}

impl Terms {
    /// The named place of the term.
    pub(super) fn place(&self) -> &'static str {
        if matches!(self.rule, "EXW" | "FCA" | "FAS" | "FOB") { self.from } else { self.to }
    }

    /// The seller pays the main carriage.
    pub(super) fn prepaid(&self) -> bool {
        !matches!(self.rule, "EXW" | "FCA" | "FAS" | "FOB")
    }

    /// The seller insures the goods for the buyer.
    pub(super) fn insured(&self) -> bool {
        matches!(self.rule, "CIF" | "CIP")
    }

    /// The seller delivers at destination.
    pub(super) fn delivers(&self) -> bool {
        matches!(self.rule, "DAP" | "DPU" | "DDP")
    }

    /// `payment = "…"`.
    pub(super) fn payment(&self) -> String {
        let tenor = match self.method {
            Method::LcSight => " sight".to_owned(),
            Method::Dp => " sight".to_owned(),
            Method::LcUsance | Method::Oa => format!(" {}d bl-date", self.days),
            Method::Da => format!(" {}d acceptance", self.days),
            Method::Tt => format!(" {}d shipment", self.days),
            _ => String::new(),
        };
        let balance = format!("{}% {}{tenor}", 100 - self.deposit, self.method.code());
        if self.deposit == 0 { balance } else { format!("{}% deposit, {balance}", self.deposit) }
    }
}

/// Chooses terms that fit the customer.
pub(super) fn terms(dice: &mut Dice, customer: &Customer) -> Terms {
    let mode = mode(dice, customer);
    let rule = rule(dice, mode);
    let (method, deposit) = method(dice, customer, mode, rule);
    let days = match method {
        Method::LcUsance | Method::Da => dice.pick(&[30, 60, 60, 90]),
        Method::Oa => dice.pick(&[30, 45, 60, 60, 90]),
        Method::Tt => 30,
        _ => 0,
    };
    let market = customer.market;
    let from = match mode {
        Mode::Air | Mode::Courier => "Shanghai",
        Mode::Rail => "Yiwu",
        _ => "Ningbo",
    };
    let to = match mode {
        Mode::Air | Mode::Courier => market.airport,
        Mode::Rail | Mode::Road => market.inland,
        _ => market.port,
    };
    let currency = if dice.chance(6) { "CNY" } else { market.currency };
    Terms { rule, mode, currency, from, to, deposit, method, days }
}

fn mode(dice: &mut Dice, customer: &Customer) -> Mode {
    let land = if customer.market.by_land { 9 } else { 0 };
    dice.weighted(
        &[
            (Mode::SeaFcl, 66),
            (Mode::SeaLcl, 15),
            (Mode::Air, 7),
            (Mode::Courier, 4),
            (Mode::SeaBulk, 2),
            (Mode::Multimodal, 2),
            (Mode::Rail, land),
            (Mode::Road, land / 3),
        ],
        Mode::SeaFcl,
    )
}

fn rule(dice: &mut Dice, mode: Mode) -> &'static str {
    match mode {
        Mode::SeaFcl => dice.weighted(
            &[("FOB", 52), ("CIF", 22), ("CFR", 13), ("FCA", 4), ("EXW", 3), ("DAP", 4), ("DDP", 2)],
            "FOB",
        ),
        Mode::SeaLcl => {
            dice.weighted(&[("FOB", 55), ("CIF", 20), ("CFR", 10), ("EXW", 7), ("DDP", 5), ("DAP", 3)], "FOB")
        }
        Mode::SeaBulk => dice.weighted(&[("FAS", 35), ("FOB", 40), ("CFR", 25)], "FOB"),
        Mode::Air => dice.weighted(&[("FCA", 40), ("CPT", 30), ("CIP", 30)], "FCA"),
        Mode::Rail => dice.weighted(&[("FCA", 40), ("CPT", 25), ("DAP", 35)], "FCA"),
        Mode::Road => dice.weighted(&[("FCA", 35), ("DAP", 40), ("DPU", 25)], "DAP"),
        Mode::Courier => dice.weighted(&[("DAP", 70), ("DDP", 30)], "DAP"),
        Mode::Multimodal => dice.weighted(&[("CPT", 40), ("CIP", 40), ("FCA", 20)], "CPT"),
    }
}

fn method(dice: &mut Dice, customer: &Customer, mode: Mode, rule: &str) -> (Method, i64) {
    if mode == Mode::Courier {
        return (Method::BeforeProduction, 0);
    }
    let liner = matches!(mode, Mode::SeaFcl | Mode::SeaLcl) && matches!(rule, "FOB" | "CFR" | "CIF");
    let lc = if liner { 18 } else { 0 };
    let collection = if liner { 8 } else { 0 };
    let credit = if customer.credit { 30 } else { 0 };
    let copy = if mode.has_bl() { 38 } else { 0 };
    let cod = if matches!(mode, Mode::Road) && rule == "DAP" { 30 } else { 0 };
    let method = dice.weighted(
        &[
            (Method::CopyBl, copy),
            (Method::BeforeShipment, 18),
            (Method::LcSight, lc * 2 / 3),
            (Method::LcUsance, lc / 3),
            (Method::Dp, collection * 2 / 3),
            (Method::Da, collection / 3),
            (Method::Oa, credit),
            (Method::Tt, 3),
            (Method::Cod, cod),
        ],
        Method::BeforeShipment,
    );
    let deposit = match method {
        Method::CopyBl | Method::BeforeShipment => {
            dice.weighted(&[(30, 75), (20, 10), (40, 10), (50, 5)], 30)
        }
        Method::Tt => 30,
        Method::Dp if dice.chance(40) => 20,
        _ => 0,
    };
    (method, deposit)
}
