//! Named places in a text, written `@NAME@`.

/// Puts the values in. A value that ends in a line break takes the one after its place along, so that a block can
/// be empty without leaving a blank line.
pub(super) fn fill(text: &str, values: &[(&str, String)]) -> String {
    let mut out = text.to_owned();
    for (name, value) in values {
        let place = format!("@{name}@");
        if value.is_empty() || value.ends_with('\n') {
            out = out.replace(&format!("{place}\n"), value);
        }
        out = out.replace(&place, value);
    }
    out
}
