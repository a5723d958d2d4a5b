//! Properties of the way from bytes to file texts.

use proptest::prelude::*;

use super::*;

const MAP: &str = r#"
register-map = 1
dates = ["%Y-%m-%d"]
[order]
number = "N"
year = "D"
[item]
name = "T"
qty = "Q"
price = "P"
[shipment]
id = "S"
delivered = "D"
[customer]
name = "C"
"#;

fn header_and(bytes: &[u8]) -> Vec<u8> {
    [b"N,D,T,Q,P,S,C\n".as_slice(), bytes].concat()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let rules = map::parse(MAP).unwrap();
        let _ = convert(&bytes, &rules);
        let _ = map::parse(&String::from_utf8_lossy(&bytes));
        if let Ok((files, outcome)) = convert(&header_and(&bytes), &rules) {
            prop_assert_eq!(files.orders.len(), outcome.orders);
            for text in files.orders.iter().flat_map(|o| &o.files).filter(|(n, _)| *n == "order.toml") {
                prop_assert!(toml::from_str::<toml::Table>(&text.1).is_ok(), "{}", text.1);
            }
        }
    }

    #[test]
    fn cells_that_look_like_a_register_make_no_panic(
        cells in proptest::collection::vec("[A-Za-z0-9\"=,;\t\r\n./ é\u{0}\u{202e}中-]{0,12}", 0..40),
    ) {
        let rules = map::parse(MAP).unwrap();
        let text = cells.join(",");
        if let Ok((files, _)) = convert(&header_and(text.as_bytes()), &rules) {
            for order in &files.orders {
                let parts: Vec<&str> = order.folder.split('/').collect();
                prop_assert!(parts.len() == 3 && !parts.iter().any(|p| p.starts_with('.')), "{}", order.folder);
                prop_assert!(order.id.is_ascii() && !order.id.contains(['/', '\\']), "{}", order.id);
            }
        }
    }
}
