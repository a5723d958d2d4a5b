//! What lies beside the pages: style, script, icon, robots.txt, and the facts of the build.

use super::{search::script_json, view::BuildFacts};

/// The files that are the same in every build, by path below the output folder.
pub const FILES: [(&str, &[u8]); 5] = [
    ("style.css", include_bytes!("../../site/style.css")),
    ("app.js", include_bytes!("../../site/app.js")),
    ("icon.svg", include_bytes!("../../site/icon.svg")),
    ("robots.txt", include_bytes!("../../site/robots.txt")),
    ("print.css", include_bytes!("../../site/print.css")),
];

/// `build.json` for machines and `build-data.js` for the footers: the only files, besides the dashboard and
/// the like, that change with every commit.
#[must_use]
pub fn build_files(facts: &BuildFacts) -> [(&'static str, Vec<u8>); 2] {
    let mut json = serde_json::to_vec_pretty(facts).unwrap_or_default();
    json.push(b'\n');
    [("build.json", json), ("build-data.js", format!("gendan.build({});\n", script_json(facts)).into_bytes())]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn nothing_comes_from_elsewhere() {
        for (name, bytes) in FILES {
            let text = std::str::from_utf8(bytes).unwrap();
            for bad in ["http://", "https://", "@import", "url(", "fetch(", "innerHTML", "eval("] {
                let harmless =
                    name == "icon.svg" && text.contains("http://www.w3.org/2000/svg") && bad == "http://";
                assert!(harmless || !text.contains(bad), "{name} holds {bad}");
            }
        }
    }

    /// Relative luminance after WCAG 2.2 of `#rrggbb` or `#rgb`.
    fn luminance(colour: &str) -> f64 {
        let hex = colour.trim_start_matches('#');
        let wide: String =
            if hex.len() == 3 { hex.chars().flat_map(|c| [c, c]).collect() } else { hex.to_owned() };
        let channel = |at: usize| {
            let v = f64::from(u8::from_str_radix(&wide[at..at + 2], 16).unwrap()) / 255.0;
            if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
    }

    #[test]
    fn every_colour_of_text_stands_out_in_light_dark_and_print() {
        let css = std::str::from_utf8(FILES[0].1).unwrap();
        let palettes: Vec<BTreeMap<&str, &str>> = css
            .split("--bg:")
            .skip(1)
            .map(|rest| {
                let block = rest.split('}').next().unwrap();
                let values = block.split(';').filter_map(|d| d.trim().strip_prefix("--")?.split_once(':'));
                values
                    .chain([("bg", block.split(';').next().unwrap())])
                    .filter(|(_, v)| v.starts_with('#'))
                    .collect()
            })
            .collect();
        assert_eq!(palettes.len(), 4);
        // The system's dark palette and the chosen one are the same.
        assert_eq!(palettes[1], palettes[2]);
        let pairs = [
            ("ink", &["bg", "panel", "accent-bg", "late-bg", "warn-bg"][..]),
            ("soft", &["bg", "panel", "accent-bg", "late-bg", "warn-bg"]),
            ("accent", &["bg", "panel", "accent-bg", "late-bg"]),
            ("done", &["bg", "panel", "late-bg"]),
            ("late", &["bg", "panel", "late-bg"]),
            ("warn", &["bg", "panel", "warn-bg", "late-bg"]),
            ("mark-ink", &["mark"]),
        ];
        for palette in &palettes {
            for (text, grounds) in pairs {
                for ground in grounds {
                    let (a, b) = (luminance(palette[text]), luminance(palette[ground]));
                    let ratio = (a.max(b) + 0.05) / (a.min(b) + 0.05);
                    assert!(ratio >= 4.5, "{text} on {ground}: {ratio:.2} in {palette:?}");
                }
            }
        }
    }

    #[test]
    fn robots_are_turned_away() {
        let (_, robots) = FILES[3];
        assert_eq!(robots, b"User-agent: *\nDisallow: /\n");
    }

    #[test]
    fn build_facts_are_json() {
        let facts = BuildFacts { commit: "3f9c2ab".into(), orders_read: 38, ..BuildFacts::default() };
        let [(_, json), (_, script)] = build_files(&facts);
        let value: serde_json::Value = serde_json::from_slice(&json).unwrap();
        assert_eq!(value["orders_read"], 38);
        assert!(String::from_utf8(script).unwrap().starts_with("gendan.build({\"commit\":\"3f9c2ab\""));
    }
}
