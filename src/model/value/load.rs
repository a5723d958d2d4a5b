//! Weights, volumes and what fits into a container; the insured amount. Everything is exact until it is printed.

use rust_decimal::Decimal;

use super::money::round;
use super::percent::Percent;

/// The types of containers with their usual limits; a company's own figures come from its configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContainerSize {
    /// The type as written on documents.
    pub code: &'static str,
    /// Volume inside, in litres: beyond it the figures are wrong.
    volume_l: i64,
    /// Volume that cartons really fill, in litres.
    practical_l: i64,
    /// Most cargo, in kilograms, where the plate is not known.
    payload_kg: i64,
    /// Usual weight of the empty container, in kilograms.
    tare_kg: i64,
}

const SIZES: [ContainerSize; 3] = [
    ContainerSize { code: "20GP", volume_l: 33_200, practical_l: 28_000, payload_kg: 28_000, tare_kg: 2_230 },
    ContainerSize { code: "40GP", volume_l: 67_700, practical_l: 58_000, payload_kg: 26_500, tare_kg: 3_750 },
    ContainerSize { code: "40HQ", volume_l: 76_300, practical_l: 68_000, payload_kg: 26_300, tare_kg: 3_900 },
];

impl ContainerSize {
    /// Reads a type: `20GP`, `40HQ`, and the other names of the same (`20DC`, `40HC`, `40'HQ`, `45G1`).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let word: String = super::fold::fold(text).chars().filter(char::is_ascii_alphanumeric).collect();
        let code = match word.as_str() {
            "20GP" | "20DC" | "20DV" | "20FT" | "20ST" | "20" | "22G1" | "22G0" | "1X20GP" => "20GP",
            "40GP" | "40DC" | "40DV" | "40FT" | "40ST" | "40" | "42G1" | "42G0" | "1X40GP" => "40GP",
            "40HQ" | "40HC" | "40HCDC" | "45G1" | "45G0" | "1X40HQ" => "40HQ",
            _ => return None,
        };
        Self::all().into_iter().find(|size| size.code == code)
    }

    /// All types.
    #[must_use]
    pub fn all() -> [Self; 3] {
        SIZES
    }

    /// Cubic metres inside.
    #[must_use]
    pub fn volume(&self) -> Decimal {
        Decimal::new(self.volume_l, 3)
    }

    /// Cubic metres that cartons really fill.
    #[must_use]
    pub fn practical_volume(&self) -> Decimal {
        Decimal::new(self.practical_l, 3)
    }

    /// Most cargo in kilograms, where the container's plate is not known.
    #[must_use]
    pub fn payload_kg(&self) -> Decimal {
        Decimal::new(self.payload_kg, 0)
    }

    /// Usual tare in kilograms, where the container's own is not known.
    #[must_use]
    pub fn tare_kg(&self) -> Decimal {
        Decimal::new(self.tare_kg, 0)
    }
}

/// Cubic metres of `count` packages of so many centimetres. Multiplied before anything is rounded: rounding one
/// carton first loses litres.
#[must_use]
pub fn volume_m3(
    length_cm: Decimal,
    width_cm: Decimal,
    height_cm: Decimal,
    count: Decimal,
) -> Option<Decimal> {
    let cubic = length_cm.checked_mul(width_cm)?.checked_mul(height_cm)?.checked_mul(count)?;
    cubic.checked_div(Decimal::from(1_000_000))
}

/// Cubic centimetres that weigh one kilogram for air freight.
pub const AIR_DIVISOR: u32 = 6000;
/// Cubic centimetres that weigh one kilogram for couriers.
pub const COURIER_DIVISOR: u32 = 5000;

/// Volumetric weight in kilograms: cubic metres by the divisor of the trade.
#[must_use]
pub fn volumetric_kg(volume_m3: Decimal, divisor: u32) -> Option<Decimal> {
    volume_m3.checked_mul(Decimal::from(1_000_000))?.checked_div(Decimal::from(divisor))
}

/// Chargeable weight: the greater of actual and volumetric kilograms, rounded up to the half.
#[must_use]
pub fn chargeable_kg(actual_kg: Decimal, volume_m3: Decimal, divisor: u32) -> Option<Decimal> {
    let heavier = actual_kg.max(volumetric_kg(volume_m3, divisor)?);
    Some(heavier.checked_mul(Decimal::TWO)?.ceil() / Decimal::TWO)
}

/// Verified gross mass by method 2 of SOLAS VI/2: cargo with its packing, dunnage and pallets, and the container.
#[must_use]
pub fn vgm_kg(gross_kg: Decimal, dunnage_kg: Decimal, tare_kg: Decimal) -> Option<Decimal> {
    gross_kg.checked_add(dunnage_kg)?.checked_add(tare_kg)
}

/// Kilograms as a Chinese customs declaration writes them: whole, half up, at least 1.
#[must_use]
pub fn customs_kg(kg: Decimal) -> Decimal {
    round(kg, 0).max(Decimal::ONE)
}

/// Packages for a quantity, and how many pieces the last one holds when it is not full. `None` for packages that
/// hold nothing.
#[must_use]
pub fn packages(quantity: Decimal, per_package: Decimal) -> Option<(Decimal, Option<Decimal>)> {
    if per_package <= Decimal::ZERO || quantity < Decimal::ZERO {
        return None;
    }
    let rest = quantity.checked_rem(per_package)?;
    let full = quantity.checked_sub(rest)?.checked_div(per_package)?.round();
    if rest.is_zero() { Some((full, None)) } else { Some((full.checked_add(Decimal::ONE)?, Some(rest))) }
}

/// The least insured amount: a percentage (110 by default) of the gross CIF or CIP value (UCP 600 art. 28(f)).
/// Exact; a policy for less is short, however little.
#[must_use]
pub fn insured_minimum(base: Decimal, percent: Decimal) -> Option<Decimal> {
    Percent(percent).of(base)
}

/// The amount to insure, as policies write it: rounded up to the whole unit.
#[must_use]
pub fn insured_amount(base: Decimal, percent: Decimal) -> Option<Decimal> {
    insured_minimum(base, percent).map(|d| d.ceil())
}

/// The CIF price of a CFR price: insurance costs `rate` percent of the CIF price raised by `markup` percent.
/// Not rounded. `None` when the rate eats the price.
#[must_use]
pub fn cif_from_cfr(cfr: Decimal, rate: Percent, markup: Percent) -> Option<Decimal> {
    let raised = Decimal::ONE.checked_add(markup.0 / Decimal::ONE_HUNDRED)?;
    let rest = Decimal::ONE.checked_sub(raised.checked_mul(rate.0 / Decimal::ONE_HUNDRED)?)?;
    if rest <= Decimal::ZERO { None } else { cfr.checked_div(rest) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn n(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn insured_amounts() {
        for (base, exact, insured) in [
            ("100000.00", "110000.000", "110000"),
            ("86420.50", "95062.550", "95063"),
            ("57318.45", "63050.295", "63051"),
            ("12345.67", "13580.237", "13581"),
            ("10000.00", "11000.00", "11000"),
        ] {
            assert_eq!(insured_minimum(n(base), n("110")), Some(n(exact)), "{base}");
            assert_eq!(insured_amount(n(base), n("110")), Some(n(insured)), "{base}");
        }
        let minimum = insured_minimum(n("57318.45"), n("110")).unwrap();
        assert!(n("63050.29") < minimum && n("63050.30") >= minimum);
        assert_eq!(insured_amount(Decimal::MAX, n("110")), None);
    }

    #[test]
    fn cif_prices() {
        for (cfr, rate, cif, insured, premium) in [
            ("100000.00", "0.3", "100331.09", "110364.20", "331.09"),
            ("25000.00", "0.35", "25096.62", "27606.28", "96.62"),
            ("9800.00", "0.8", "9887.01", "10875.71", "87.01"),
        ] {
            let exact = cif_from_cfr(n(cfr), Percent(n(rate)), Percent(n("10"))).unwrap();
            assert_eq!(round(exact, 2), n(cif), "{cfr}");
            assert_eq!(round(exact * n("1.1"), 2), n(insured), "{cfr}");
            assert_eq!(round(exact - n(cfr), 2), n(premium), "{cfr}");
        }
        let piece = cif_from_cfr(n("18.20") + n("1.15"), Percent(n("0.5")), Percent(n("10"))).unwrap();
        assert_eq!(round(piece, 4), n("19.4570"));
        assert_eq!(cif_from_cfr(n("100"), Percent(n("100")), Percent(n("10"))), None);
    }

    #[test]
    fn rows_of_a_packing_list() {
        let rows = [("400", "10.80", "4320.00"), ("375", "11.20", "4200.00"), ("250", "10.10", "2525.00")];
        let mut total = Decimal::ZERO;
        for (cartons, each, weight) in rows {
            assert_eq!(n(cartons) * n(each), n(weight));
            total += n(weight);
        }
        assert_eq!(total, n("11045.00"));
        let add = |column: [&str; 3]| column.into_iter().map(n).sum::<Decimal>();
        assert_eq!(add(["400", "375", "250"]), n("1025"));
        assert_eq!(add(["3840.00", "3712.50", "2250.00"]), n("9802.50"));
        let cubes = [("46", "46", "38", "400"), ("50", "45", "40", "375"), ("56", "56", "34", "250")];
        let cubes = cubes.map(|(l, w, h, count)| volume_m3(n(l), n(w), n(h), n(count)).unwrap());
        assert_eq!(cubes, [n("32.163200"), n("33.750000"), n("26.656000")]);
        assert_eq!(cubes.iter().sum::<Decimal>(), n("92.569200"));
        assert_eq!(volume_m3(n("52"), n("38"), n("41"), n("1")), Some(n("0.081016")));
        let volume = volume_m3(n("52"), n("38"), n("41"), n("480")).unwrap();
        assert_eq!((volume, round(volume, 3)), (n("38.887680"), n("38.888")));
        assert_eq!(round(n("0.081016"), 3) * n("480"), n("38.880"), "rounding one carton first loses litres");
        assert_eq!(volume_m3(Decimal::MAX, n("2"), n("1"), n("1")), None);
    }

    #[test]
    fn chargeable_weights() {
        let boxes = volume_m3(n("60"), n("40"), n("50"), n("12")).unwrap();
        assert_eq!(volumetric_kg(boxes, AIR_DIVISOR), Some(n("240.0")));
        assert_eq!(volumetric_kg(boxes, COURIER_DIVISOR), Some(n("288.0")));
        assert_eq!(volumetric_kg(n("0.9252"), AIR_DIVISOR), Some(n("154.2")));
        assert_eq!(chargeable_kg(n("186.3"), n("0.9252"), AIR_DIVISOR), Some(n("186.5")));
        assert_eq!(chargeable_kg(n("216.0"), n("0.756"), AIR_DIVISOR), Some(n("216.0")));
        let parcel = volume_m3(n("45"), n("38"), n("28"), n("1")).unwrap();
        assert_eq!(volumetric_kg(parcel, COURIER_DIVISOR), Some(n("9.576")));
        assert_eq!(chargeable_kg(n("7.2"), parcel, COURIER_DIVISOR), Some(n("10.0")));
        assert_eq!(chargeable_kg(n("10"), parcel, 0), None);
    }

    #[test]
    fn containers() {
        let limits = |text: &str| ContainerSize::parse(text).map(|s| (s.volume(), s.practical_volume()));
        assert_eq!(limits("20GP"), Some((n("33.2"), n("28"))));
        assert_eq!(limits("40'GP"), Some((n("67.7"), n("58"))));
        assert_eq!(limits("40HC"), Some((n("76.3"), n("68"))));
        let payloads =
            ["20GP", "40GP", "40hq"].map(|text| ContainerSize::parse(text).map(|s| s.payload_kg()));
        assert_eq!(payloads, [Some(n("28000")), Some(n("26500")), Some(n("26300"))]);
        assert_eq!(ContainerSize::parse("99XX"), None);
        assert_eq!(vgm_kg(n("8520.00"), n("0"), n("3900")), Some(n("12420")));
        assert_eq!(vgm_kg(n("2525.00"), n("0"), n("2230")), Some(n("4755")));
        assert_eq!(
            vgm_kg(n("2525.00"), n("45"), ContainerSize::parse("20GP").unwrap().tare_kg()),
            Some(n("4800"))
        );
    }

    #[test]
    fn customs_integers() {
        assert_eq!(customs_kg(n("9802.5")), n("9803"));
        assert_eq!(customs_kg(n("9802.49")), n("9802"));
        assert_eq!(customs_kg(n("0.4")), n("1"));
        assert_eq!(customs_kg(n("0")), n("1"));
    }

    #[test]
    fn packages_of_a_quantity() {
        assert_eq!(packages(n("4800"), n("12")), Some((n("400"), None)));
        assert_eq!(packages(n("4805"), n("12")), Some((n("401"), Some(n("5")))));
        assert_eq!(packages(n("0"), n("12")), Some((n("0"), None)));
        assert_eq!(packages(n("10"), n("0")), None);
        assert_eq!(packages(n("-1"), n("12")), None);
    }

    proptest! {
        #[test]
        fn chargeable_is_never_less(actual in 0_i64..10_000_000, volume in 0_i64..10_000_000) {
            let (actual, volume) = (Decimal::new(actual, 2), Decimal::new(volume, 6));
            let chargeable = chargeable_kg(actual, volume, AIR_DIVISOR).unwrap();
            let heavier = actual.max(volumetric_kg(volume, AIR_DIVISOR).unwrap());
            prop_assert!(chargeable >= heavier && chargeable - heavier < Decimal::new(5, 1));
            prop_assert!((chargeable * Decimal::TWO).fract().is_zero());
        }
    }
}
