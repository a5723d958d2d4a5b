//! About the site.

use super::*;

pub(super) fn about(t: T) -> AboutPage {
    AboutPage {
        title: t.t("关于", "About"),
        text_html: pages::about_html(t.0),
        build: vec![
            t.f("提交", "Commit", "3f9c2ab (2026-11-23 08:41 +08:00)"),
            t.f("数据日期", "As of", "2026-11-23"),
            t.f("读入", "Orders read", "37/38"),
            t.f("版本", "Version", "0.1.0"),
            t.ff("日历", "Calendars", "cn-bank-2026 有，2027 缺", "cn-bank-2026 present, 2027 missing"),
        ],
    }
}
