//! The means of transport and route of a certificate of origin, in one sentence: `FROM NINGBO, CHINA TO HAMBURG BY SEA`.

use crate::model::value::fold::fold;
use crate::model::value::place;

/// Both ends of a route, where the sentence names places that are known; words about something else are none.
#[must_use]
pub fn ends(text: &str) -> Option<(String, String)> {
    let folded = fold(text);
    let (_, rest) = folded.split_once("FROM ")?;
    let (from, rest) = rest.split_once(" TO ")?;
    let stop = [" BY ", " VIA ", " ON ", " PER ", " WITH ", ". ", ";"];
    let end = stop.iter().filter_map(|word| rest.find(word)).min().unwrap_or(rest.len());
    let to = rest.get(..end)?;
    let known = |name: &str| {
        let name = name.trim().trim_end_matches(['.', ',']).to_owned();
        place::resolve(&name).is_some().then_some(name)
    };
    Some((known(from)?, known(to)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences() {
        let both = |text: &str| ends(text).map(|(from, to)| format!("{from} > {to}"));
        for text in [
            "FROM NINGBO TO HAMBURG BY SEA",
            "Shipped from Ningbo to Hamburg via Singapore by vessel",
            "ON/AFTER 7 NOV 2026 FROM NINGBO TO HAMBURG.",
        ] {
            assert_eq!(both(text).as_deref(), Some("NINGBO > HAMBURG"), "{text}");
        }
        assert_eq!(
            both("FROM NINGBO, CHINA TO HAMBURG, GERMANY BY SEA").as_deref(),
            Some("NINGBO, CHINA > HAMBURG, GERMANY")
        );
        assert_eq!(both("BY SEA"), None);
        assert_eq!(both("FROM THE FACTORY TO THE BUYER"), None);
    }
}
