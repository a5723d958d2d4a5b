//! What lies beside the pages: style, script, icon, robots.txt, and the facts of the build.

use super::{search::script_json, view::BuildFacts};

/// The files that are the same in every build, by path below the output folder.
pub const FILES: [(&str, &[u8]); 4] = [
    ("style.css", include_bytes!("../../site/style.css")),
    ("app.js", include_bytes!("../../site/app.js")),
    ("icon.svg", include_bytes!("../../site/icon.svg")),
    ("robots.txt", include_bytes!("../../site/robots.txt")),
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
    use super::*;

    #[test]
    fn nothing_comes_from_elsewhere() {
        for (name, bytes) in FILES {
            let text = std::str::from_utf8(bytes).unwrap();
            for bad in ["http://", "https://", "@import", "url(", "fetch(", "innerHTML", "eval("] {
                let harmless = name == "icon.svg" && text.contains("http://www.w3.org/2000/svg") && bad == "http://";
                assert!(harmless || !text.contains(bad), "{name} holds {bad}");
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
