//! Changes outside orders: parties, people, calendars, rates and the configuration.

use crate::bi;
use crate::book::Book;
use crate::model::party::PartyKind;
use crate::report::clean;
use crate::text::Bi;

fn word(before: bool, after: bool) -> Bi {
    match (before, after) {
        (false, _) => bi!("新增", "added"),
        (_, false) => bi!("删去", "removed"),
        _ => bi!("有改动", "changed"),
    }
}

/// One sentence for each thing that changed.
pub(super) fn changes(old: &Book, new: &Book) -> Vec<Bi> {
    let mut said = Vec::new();
    let parties: std::collections::BTreeSet<_> = old.parties.keys().chain(new.parties.keys()).collect();
    for key in parties {
        let (was, is) = (old.parties.get(key), new.parties.get(key));
        if was.map(|p| &p.file) == is.map(|p| &p.file) {
            continue;
        }
        let (kind, id) = (Bi::from(key.0.title()), clean(&key.1));
        let what = word(was.is_some(), is.is_some());
        let mut line = bi!("{kind} {id} {what}", "{kind} {id} {what}"; kind, what);
        let defaults = |party: Option<&crate::model::Party>| party.and_then(|p| p.file.defaults.clone());
        if key.0 == PartyKind::Customer && defaults(was) != defaults(is) {
            let takes: Vec<&str> = new
                .orders
                .iter()
                .filter(|o| o.customer.as_deref() == Some(&*key.1) && !o.filled.is_empty())
                .map(|o| &*o.id)
                .collect();
            let (count, list) =
                (takes.len(), clean(&takes.iter().take(10).copied().collect::<Vec<_>>().join(" ")));
            line.zh.push_str(&format!("，默认条款变了，{count} 单沿用：{list}"));
            line.en.push_str(&format!("; its defaults changed, taken by {count} orders: {list}"));
        }
        said.push(line);
    }
    let people: std::collections::BTreeSet<_> = old.people.keys().chain(new.people.keys()).collect();
    for id in people {
        let (was, is) = (old.people.get(id), new.people.get(id));
        if was != is {
            let (id, what) = (clean(id), word(was.is_some(), is.is_some()));
            said.push(bi!("人员 {id} {what}", "person {id} {what}"; what));
        }
    }
    let calendars: std::collections::BTreeSet<_> = old.calendars.keys().chain(new.calendars.keys()).collect();
    for id in calendars {
        let years = |book: &Book| -> std::collections::BTreeMap<i32, _> {
            book.calendars
                .get(id)
                .into_iter()
                .flatten()
                .map(|(year, (file, _))| (*year, file.clone()))
                .collect()
        };
        let (was, is) = (years(old), years(new));
        let all: std::collections::BTreeSet<_> = was.keys().chain(is.keys()).collect();
        for year in all.into_iter().filter(|year| was.get(*year) != is.get(*year)) {
            let what = word(was.contains_key(year), is.contains_key(year));
            let id = clean(id);
            said.push(bi!("日历 {id} {year} {what}", "calendar {id} {year} {what}"; what));
        }
    }
    if old.rates.len() != new.rates.len() {
        let (was, is) = (old.rates.len(), new.rates.len());
        said.push(bi!("汇率 {was} → {is} 行", "rates: {was} → {is} rows"));
    }
    let (was, is) = (&old.config.file, &new.config.file);
    let rules: std::collections::BTreeSet<_> = was.rules.keys().chain(is.rules.keys()).collect();
    for rule in rules.into_iter().filter(|rule| was.rules.get(*rule) != is.rules.get(*rule)) {
        let what = word(was.rules.contains_key(rule), is.rules.contains_key(rule));
        let rule = clean(rule);
        said.push(bi!("规则 {rule} 的设置{what}", "setting of rule {rule} {what}"; what));
    }
    let bare = |setup: &crate::model::setup::Setup| {
        let mut setup = setup.clone();
        setup.rules.clear();
        setup
    };
    if bare(was) != bare(is) {
        said.push(bi!("gendan.toml 有改动", "gendan.toml changed"));
    }
    said
}
