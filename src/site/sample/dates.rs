//! The calendar and the pages of people, filled with the example company.

use super::super::view::*;
use super::{T, forge, md};
use crate::text::Lang;

fn weekday(t: T, day: &str, zh: &str, en: &str) -> Day {
    Day::new(format!("2026-{day}"), t.t(&format!("{day} {zh}"), en))
}

fn entry(t: T, id: &str, order: &str, customer: (&str, &str), what: (&str, &str)) -> DateEntry {
    DateEntry {
        id: id.into(),
        order: Link::new(order, format!("o/{order}.html")),
        customer: t.t(customer.0, customer.1),
        what: Link::new(t.t(what.0, what.1), forge("blob/orders/2026/GD26-0124/docs.toml#L12")),
        owner: Link::new(t.t("林岩", "Lin Yan"), "today/lin.yan.html"),
        ..DateEntry::default()
    }
}

/// A cut-off: immovable, at a moment.
fn cutoff(t: T, id: &str) -> DateEntry {
    DateEntry {
        family: "shipping".into(),
        day: weekday(t, "11-25", "周三", "Wed 25 Nov"),
        time: "12:00".into(),
        hard: true,
        left: t.t("剩 2 天", "2 days left"),
        ..entry(t, id, "GD26-0124", ("海湾之星贸易", "Gulf Star Trading LLC"), ("截单 SI", "SI cut-off"))
    }
}

fn arrival(t: T) -> DateEntry {
    DateEntry {
        family: "shipping".into(),
        day: weekday(t, "12-12", "周六", "Sat 12 Dec"),
        estimated: true,
        clash: t.t("周末", "weekend"),
        left: t.t("剩 19 天", "19 days left"),
        ..entry(
            t,
            "GD26-0117-arrival-1",
            "GD26-0117",
            ("汉萨照明", "Hanse Licht GmbH"),
            ("到港 Hamburg", "arrival Hamburg"),
        )
    }
}

fn balance(t: T, id: &str) -> DateEntry {
    DateEntry {
        family: "money".into(),
        day: weekday(t, "11-20", "周五", "Fri 20 Nov"),
        overdue: true,
        left: t.t("过了 3 天", "3 days past"),
        ..entry(
            t,
            id,
            "GD26-0117",
            ("汉萨照明", "Hanse Licht GmbH"),
            ("应收 USD 30,828.00（见提单副本付款）", "USD 30,828.00 due (against copy of B/L)"),
        )
    }
}

fn provisional(t: T) -> DateEntry {
    DateEntry {
        family: "credit".into(),
        day: Day::new("2027-01-12", t.t("2027-01-12 周二", "Tue 12 Jan 2027")),
        hard: true,
        estimated: true,
        provisional: t
            .t("暂定：缺 calendar/cn-bank-2027.toml", "provisional: calendar/cn-bank-2027.toml is missing"),
        left: t.t("剩 50 天", "50 days left"),
        ..entry(
            t,
            "GD26-0124-presentation",
            "GD26-0124",
            ("海湾之星贸易", "Gulf Star Trading LLC"),
            ("最后交单", "last day of presentation"),
        )
    }
}

fn done(t: T) -> DateEntry {
    DateEntry {
        family: "shipping".into(),
        day: weekday(t, "11-19", "周四", "Thu 19 Nov"),
        done: true,
        done_note: t.t("11-18 办完", "done 18 Nov"),
        ..entry(
            t,
            "GD26-0124-cutoff-vgm-1",
            "GD26-0124",
            ("海湾之星贸易", "Gulf Star Trading LLC"),
            ("截 VGM", "VGM cut-off"),
        )
    }
}

fn holiday(t: T) -> DateEntry {
    DateEntry {
        family: "holiday".into(),
        day: Day::new("2027-02-06", t.t("2027-02-06 周六", "Sat 6 Feb 2027")),
        what: Link::text(t.t("银行放假，2027-02-06 至 2027-02-12", "bank closed, 6 Feb 2027 to 12 Feb 2027")),
        id: "calendar-bank-holiday-2027-02-06".into(),
        ..DateEntry::default()
    }
}

fn day(shown: &DateEntry, left: &str, closed: Vec<String>) -> CalendarDay {
    CalendarDay {
        day: shown.day.clone(),
        left: left.into(),
        today: false,
        closed,
        families: shown.family.clone(),
        entries: vec![shown.clone()],
    }
}

pub(super) fn calendar(t: T) -> CalendarPage {
    let cell = |n: u32, items: Vec<GridItem>| GridDay {
        day: Day::new(format!("2026-11-{n}"), n.to_string()),
        today: n == 23,
        closed: n > 27,
        items,
        ..GridDay::default()
    };
    let item = GridItem {
        family: "shipping".into(),
        hard: true,
        estimated: false,
        done: false,
        order: Link::new("GD26-0124", "#GD26-0124-cutoff-si-1"),
        text: t.t("截单 SI 12:00", "SI cut-off 12:00"),
    };
    let (si, arrival) = (cutoff(t, "GD26-0124-cutoff-si-1"), arrival(t));
    let week = |id: &str, zh: &str, en: &str, range: &str, days: Vec<CalendarDay>, notes: Vec<String>| {
        CalendarWeek {
            id: id.into(),
            label: t.t(zh, en),
            range: range.into(),
            families: days.iter().map(|d| d.families.as_str()).collect::<Vec<_>>().join(" "),
            notes,
            days,
        }
    };
    CalendarPage {
        title: t.t("截止日", "Deadlines"),
        as_of: Day::new("2026-11-23", t.t("2026-11-23 周一", "Mon 23 Nov 2026")),
        range: t.t("2026 年第 48 周到 2027 年第 7 周", "week 48 of 2026 to week 7 of 2027"),
        figures: vec![
            t.fig("11-25 12:00", "下一个硬期限：截单 SI", "next immovable date: SI cut-off", Mark::Todo, "#GD26-0124-cutoff-si-1"),
            t.fig("1", "过期没办", "overdue and open", Mark::Late, "#overdue"),
        ],
        chips: vec![
            Chip { family: "shipping".into(), label: t.t("装运", "Shipping"), count: 2 },
            Chip { family: "credit".into(), label: t.t("信用证", "Credits"), count: 1 },
            Chip { family: "money".into(), label: t.t("收付款", "Money"), count: 1 },
        ],
        downloads: vec![],
        overdue: vec![balance(t, "GD26-0117-due-2")],
        overdue_families: "money".into(),
        overdue_title: t.t("已过期，还没办：1 项", "Overdue and open: 1"),
        weeks: vec![
            week("w2026-48", "第 48 周", "Week 48", "11-23 – 11-29", vec![day(&si, "2", vec![])], vec![]),
            week("w2026-50", "第 50 周", "Week 50", "12-07 – 12-13", vec![day(&arrival, "19", vec![])], vec![]),
            week(
                "w2026-53",
                "第 53 周",
                "Week 53",
                "12-28 – 01-03",
                vec![],
                vec![t.t(
                    "缺 calendar/cn-bank-2027.toml：2027 年的假日还不知道，这一年的日期都是暂定",
                    "calendar/cn-bank-2027.toml is missing: the holidays of 2027 are not known and its dates are provisional",
                )],
            ),
        ],
        later: vec![week(
            "m2027-02",
            "2027 年 2 月",
            "February 2027",
            "",
            vec![day(&provisional(t), "50", vec![]), day(&holiday(t), "75", vec![t.t("银行放假", "bank closed")])],
            vec![],
        )],
        later_title: t.t("12 周以后：2 项", "After 12 weeks: 2"),
        done: vec![done(t)],
        done_title: t.t("最近两周办完：1 项", "Done within two weeks: 1"),
        months: vec![GridMonth {
            label: t.t("2026 年 11 月", "November 2026"),
            weeks: vec![GridWeek {
                number: "48".into(),
                days: (23..30).map(|n| cell(n, if n == 25 { vec![item.clone()] } else { vec![] })).collect(),
            }],
        }],
        weekdays: match t.0 {
            Lang::Zh => ["一", "二", "三", "四", "五", "六", "日"],
            Lang::En => ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        }
        .map(str::to_owned)
        .to_vec(),
    }
}

pub(super) fn today_index(t: T) -> TodayIndexPage {
    TodayIndexPage {
        title: t.t("今天", "Today"),
        as_of: Day::new("2026-11-23", t.t("2026-11-23 周一", "Mon 23 Nov 2026")),
        note: t.t("接下来 5 个工作日到 11-30 周一", "the next 5 working days end Mon 30 Nov"),
        rows: vec![
            PersonRow {
                person: Link::new(t.t("林岩", "Lin Yan"), "today/lin.yan.html"),
                role: t.t("跟单", "merchandiser"),
                warn: false,
                overdue: 1,
                today: 0,
                soon: 1,
                next: Some(balance(t, "")),
            },
            PersonRow {
                person: Link::new(t.t("没人负责", "Unassigned"), "today/unassigned.html"),
                role: t.t("订单没写 merchandiser", "orders without a merchandiser"),
                warn: true,
                soon: 1,
                next: Some(cutoff(t, "")),
                ..PersonRow::default()
            },
        ],
    }
}

pub(super) fn today(t: T, nobody: bool) -> TodayPage {
    let group = |id: &str, zh: &str, en: &str, items: Vec<Task>| TodayGroup {
        id: id.into(),
        title: t.t(zh, en),
        note: t.t("1 项", "1 task"),
        items,
    };
    let path = if nobody { "today/unassigned.html" } else { "today/lin.yan.html" };
    let tab = |zh: &str, en: &str, href: &str| OrdersVariant {
        text: t.t(zh, en),
        href: href.into(),
        current: href == path,
    };
    let remind = Task {
        date: balance(t, "GD26-0117-due-2"),
        consequence: t.t(
            "没到账正本不能放，货到港要付滞箱费",
            "not in, the originals stay here and the goods run up demurrage",
        ),
        record: Some(TaskRecord {
            hint: t.t("办完加到 money.toml 末尾", "when done, add to the end of money.toml"),
            text: "[[received]]\ndate = 2026-11-23\namount = 0.00\nref = \"\"".into(),
            edit_href: forge("edit/orders/2026/GD26-0117/money.toml"),
        }),
        chase: vec![CopyText {
            label: t.t("催款邮件", "Reminder by mail"),
            text: "Dear Sirs, the balance of USD 30,828.00 …".into(),
        }],
    };
    let cut = Task {
        date: cutoff(t, "GD26-0124-cutoff-si-1"),
        consequence: t.t("补料晚了要付改单费", "late instructions cost a fee"),
        ..Task::default()
    };
    TodayPage {
        path: path.into(),
        title: if nobody {
            t.t("今天：没人负责", "Today: Unassigned")
        } else {
            t.t("今天：林岩", "Today: Lin Yan")
        },
        as_of: Day::new("2026-11-23", t.t("2026-11-23 周一", "Mon 23 Nov 2026")),
        verdict: t.t(
            "过期 1 项，今天 0 项，接下来到 11-30 周一还有 1 项",
            "1 overdue, 0 today, 1 more until Mon 30 Nov",
        ),
        verdict_mark: Mark::Late,
        remark: if nobody {
            t.t("订单没写 merchandiser", "orders without a merchandiser")
        } else {
            String::new()
        },
        people: vec![
            tab("林岩", "Lin Yan", "today/lin.yan.html"),
            tab("没人负责", "Unassigned", "today/unassigned.html"),
        ],
        groups: vec![
            group("overdue", "已过期", "Overdue", vec![remind]),
            group("soon", "未来 5 个工作日", "The next 5 working days", vec![cut]),
        ],
        waiting: vec![DateEntry { id: String::new(), ..arrival(t) }],
        changes: change_entries(t),
        downloads: vec![],
        handover: Link::new(t.t("交接页", "Hand-over page"), "people/lin.yan.html"),
    }
}

pub(super) fn change_entries(t: T) -> Vec<ChangeEntry> {
    let entry = |time: &str, who: &str, order: &str, family: &str, kind: (&str, &str), text: (&str, &str)| {
        ChangeEntry {
            day: md("11-20"),
            time: time.into(),
            who: who.into(),
            order: Link::new(order, "o/GD26-0124.html"),
            customer: "Gulf Star".into(),
            families: family.into(),
            what: vec![ChangeSaid { kind: t.t(kind.0, kind.1), text: t.t(text.0, text.1) }],
            more: String::new(),
            change: Link::new("#300", forge("pull/300")),
        }
    };
    let money = ("收付", "money");
    vec![
        entry("16:44", "sun.li", "GD26-0103", "money", money, ("收款 9,800.00", "receipt of 9,800.00")),
        entry(
            "09:02",
            "zhou.min",
            "GD26-0124",
            "document",
            ("单据", "papers"),
            ("登记保险单", "insurance policy"),
        ),
    ]
}

pub(super) fn changes(t: T) -> ChangesPage {
    let chip =
        |family: &str, zh: &str, en: &str| Chip { family: family.into(), label: t.t(zh, en), count: 1 };
    ChangesPage {
        path: "changes.html".into(),
        title: t.t("改动", "Changes"),
        as_of: Day::new("2026-11-23", t.t("2026-11-23 周一", "Mon 23 Nov 2026")),
        summary: t.t("近 90 天 2 处，2 人", "2 in 90 days, by 2 people"),
        chips: vec![chip("money", "收付", "money"), chip("document", "单据", "papers")],
        uncommitted: change_entries(t).into_iter().take(1).collect(),
        days: vec![ChangeDay {
            day: weekday(t, "11-20", "周五", "Fri 20 Nov"),
            note: t.t("2 处", "2 changes"),
            families: "document money".into(),
            entries: change_entries(t),
        }],
        ..ChangesPage::default()
    }
}

pub(super) fn handover(t: T) -> HandoverPage {
    HandoverPage {
        path: "people/lin.yan.html".into(),
        title: t.t("交接：林岩", "Hand-over: Lin Yan"),
        as_of: Day::new("2026-11-23", t.t("2026-11-23 周一", "Mon 23 Nov 2026")),
        verdict: t.t("1 单在手，1 单有延误或风险", "1 open order, 1 late or at risk"),
        verdict_mark: Mark::Late,
        today: Link::new(t.t("今天要办的", "Today's tasks"), "today/lin.yan.html"),
        feed: "people/lin.yan.xml".into(),
        rows: vec![HandoverRow {
            order: Link::new("GD26-0124", "o/GD26-0124.html"),
            customer: "Gulf Star".into(),
            role: t.t("跟单", "merchandiser"),
            stage: t.t("8 收款", "8 Payment"),
            mark: Mark::Late,
            next: t.t("等收齐", "waits for payment"),
            day: Some(weekday(t, "11-27", "周五", "Fri 27 Nov")),
            missing: vec![t.t("凭证：到料", "evidence: materials")],
            dates: vec![DateEntry { id: String::new(), ..arrival(t) }],
            contact: Some(md("11-21")),
            contact_how: t.t("邮件 客户", "mail"),
            changed: "11-21 lin.yan".into(),
            change: Link::new("#301", forge("pull/301")),
            ..HandoverRow::default()
        }],
        ..HandoverPage::default()
    }
}
