//! A QR code as one SVG path, so that it prints sharply at any size and needs no picture.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

/// Empty modules around a code, without which readers do not find it (ISO/IEC 18004).
const QUIET: usize = 4;

/// A code: its path, and the modules on each side with the quiet zone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Qr {
    pub(super) path: String,
    pub(super) size: usize,
}

/// The code of a text; nothing for a text that no code can hold. Fifteen percent of it may be dirty.
pub(super) fn of(text: &str) -> Option<Qr> {
    let code = QrCode::with_error_correction_level(text.as_bytes(), EcLevel::M).ok()?;
    let width = code.width();
    let colors = code.to_colors();
    let mut path = String::new();
    for (y, row) in colors.chunks(width).enumerate() {
        let mut x = 0;
        // Neighbours in a row are drawn together.
        for run in row.chunk_by(|a, b| a == b) {
            if run.first() == Some(&Color::Dark) {
                let _ = write!(path, "M{},{}h{n}v1h-{n}z", x + QUIET, y + QUIET, n = run.len());
            }
            x += run.len();
        }
    }
    Some(Qr { path, size: width + 2 * QUIET })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The modules of a path, read back.
    fn dark(qr: &Qr) -> Vec<(usize, usize)> {
        let mut all = Vec::new();
        for run in qr.path.split('M').skip(1) {
            let (at, rest) = run.split_once('h').unwrap();
            let (x, y) = at.split_once(',').unwrap();
            let n: usize = rest.split('v').next().unwrap().parse().unwrap();
            let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
            all.extend((x..x + n).map(|x| (x, y)));
        }
        all
    }

    #[test]
    fn the_path_is_the_code() {
        let text = "GD26-0117";
        let qr = of(text).unwrap();
        assert_eq!(qr.size, 21 + 8, "the number fits the smallest code");
        let code = QrCode::with_error_correction_level(text, EcLevel::M).unwrap();
        let modules = code.to_colors();
        let wanted: Vec<(usize, usize)> = (0..21 * 21)
            .filter(|at| modules[*at] == Color::Dark)
            .map(|at| (at % 21 + QUIET, at / 21 + QUIET))
            .collect();
        let mut found = dark(&qr);
        found.sort_by_key(|(x, y)| (*y, *x));
        assert_eq!(found, wanted);
        // The three finders.
        for corner in [(4, 4), (24, 4), (4, 24)] {
            assert!(found.contains(&corner));
        }
    }

    #[test]
    fn what_no_code_can_hold_has_none() {
        assert!(of(&"x".repeat(300)).is_some());
        assert_eq!(of(&"x".repeat(5_000)), None);
    }
}
