//! The first line of a file, by which editors find its schema: `#:schema ../../../.gendan/schema/order.json`.

use std::path::Path;

use super::statement::Statement;

const MARK: &str = "#:schema";

/// The schemas that a data root has.
#[derive(Debug, Clone, Default)]
pub struct Schemas {
    names: Vec<String>,
}

/// What the first line of a file should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The address to write.
    address: String,
    /// Others that do as well: each schema of an order knows every key of an order.
    others: Vec<String>,
}

impl Schemas {
    /// Looks into `.gendan/schema`. A link is not followed.
    #[must_use]
    pub fn of(root: &Path) -> Self {
        let below = |path: &Path| std::fs::symlink_metadata(path).is_ok_and(|meta| meta.is_dir());
        let folder = root.join(".gendan").join("schema");
        if !below(&root.join(".gendan")) || !below(&folder) {
            return Self::default();
        }
        let Ok(entries) = std::fs::read_dir(&folder) else { return Self::default() };
        let mut names: Vec<String> = entries
            .filter_map(Result::ok)
            .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()))
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect();
        names.sort();
        Self { names }
    }

    /// The first line for a file, by its path below the data root.
    #[must_use]
    pub fn wanted(&self, path: &str) -> Option<Wanted> {
        let name = role_schema(path)?;
        let address = |name: &str| {
            let up = "../".repeat(path.matches('/').count());
            format!("{up}.gendan/schema/{name}.json")
        };
        let has = |name: &str| self.names.iter().any(|n| n.strip_suffix(".json") == Some(name));
        let alike: &[&str] = if path.starts_with("orders/") { &["order", "docs", "money"] } else { &[] };
        has(name).then(|| Wanted {
            address: address(name),
            others: alike.iter().filter(|n| has(n)).map(|n| address(n)).collect(),
        })
    }
}

impl Wanted {
    /// The whole line.
    #[must_use]
    pub fn line(&self) -> String {
        format!("{MARK} {}", self.address)
    }
}

/// The name of the schema for a file, by its path below the data root.
#[must_use]
pub fn role_schema(path: &str) -> Option<&'static str> {
    let name = path.rsplit('/').next()?;
    match path.split('/').next()? {
        "gendan.toml" => Some("config"),
        "people.toml" => Some("people"),
        "calendar" => Some("calendar"),
        "customers" => Some("customer"),
        "suppliers" => Some("supplier"),
        "forwarders" => Some("forwarder"),
        "orders" => Some(match name {
            "docs.toml" => "docs",
            "money.toml" => "money",
            _ => "order",
        }),
        _ => None,
    }
}

/// True for a comment that names a schema.
pub(super) fn is_schema(comment: &str) -> bool {
    comment.strip_prefix(MARK).is_some_and(|rest| rest.starts_with([' ', '\t']) || rest.is_empty())
}

/// Puts the line at the top. One that names a schema of the internet, or one that fits as well, stays.
pub(super) fn put(statements: &mut Vec<Statement>, wanted: &Wanted) {
    let head = statements
        .iter()
        .take_while(|s| matches!(s, Statement::Blank | Statement::Comment(_)))
        .position(|s| matches!(s, Statement::Comment(text) if is_schema(text)));
    let line = match head.map(|at| statements.remove(at)) {
        Some(Statement::Comment(text)) if fits(&text, wanted) => text,
        _ => wanted.line(),
    };
    statements.insert(0, Statement::Comment(line));
}

fn fits(line: &str, wanted: &Wanted) -> bool {
    let address = line.strip_prefix(MARK).unwrap_or_default().trim();
    let elsewhere = address.starts_with("https://") || address.starts_with("http://");
    elsewhere || address == wanted.address || wanted.others.iter().any(|other| other == address)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put_on(text: &str, path: &str) -> String {
        let names = ["config.json", "customer.json", "docs.json", "order.json"];
        let schemas = Schemas { names: names.map(str::to_owned).to_vec() };
        super::super::format(text.as_bytes(), schemas.wanted(path).as_ref()).unwrap()
    }

    #[test]
    fn a_missing_or_wrong_line_is_mended() {
        let right = "#:schema ../../../.gendan/schema/order.json\n# a\npo = \"1\"\n";
        for before in [
            "# a\npo = \"1\"\n",
            "#:schema ../.gendan/schema/order.json\n# a\npo = \"1\"\n",
            "# a\n#:schema ../../../.gendan/schema/order.json\npo = \"1\"\n",
            right,
        ] {
            assert_eq!(put_on(before, "orders/2026/A/order.toml"), right);
        }
        assert_eq!(
            put_on("id = \"x\"\n", "gendan.toml"),
            "#:schema .gendan/schema/config.json\nid = \"x\"\n"
        );
    }

    #[test]
    fn what_fits_or_leads_elsewhere_stays() {
        for line in ["#:schema ../../.gendan/schema/order.json", "#:schema https://x.example/a.json"] {
            let text = format!("{line}\n[bl]\nnumber = \"1\"\n");
            assert_eq!(put_on(&text, "orders/A/docs.toml"), text);
        }
        // There is no schema for suppliers here.
        assert_eq!(put_on("name = \"x\"\n", "suppliers/x.toml"), "name = \"x\"\n");
    }

    #[test]
    fn a_line_in_quotes_is_no_schema_line() {
        let text = "note = \"\"\"\n#:schema x\n\"\"\"\n";
        assert_eq!(
            put_on(text, "customers/a.toml"),
            format!("#:schema ../.gendan/schema/customer.json\n{text}")
        );
    }
}
