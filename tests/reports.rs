//! Reports for pipelines: each format against its schema, the same findings in all of them, and nothing from the
//! data that a forge, a runner or a browser would obey.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use quick_xml::events::Event;
use serde_json::Value;

const FORMATS: [&str; 9] =
    ["human", "short", "json", "sarif", "github", "gitlab", "junit", "checkstyle", "markdown"];

const ORDER: &str = r#"customer = "hanse-licht"
po       = "4500091877"
currency = "USD"
signed   = 2026-11-20
ship_by  = 2027-01-15

[[items]]
name  = "LED Bulb 12W E27 3000K"
qty   = 12000
price = 2.35
"#;

/// Two errors, the first after characters of several bytes, and a warning that is waived.
const WRONG: &str = r#"note = "x"
charges = [{ kind = "courier", amount = 64.00, }]
"#;
const MORE: &str = r#"colour = "red"

[[waivers]]
rule = "toml-version"
why = "ERP 导出"
by = "zhou.min"
until = "archived"
"#;

/// What a hostile colleague writes into an order.
const HOSTILE: [&str; 20] = [
    "::set-output name=x::y",
    "\\n::error file=x::pwned",
    "##[command]whoami",
    "##vso[task.setvariable]x",
    "%0A::stop-commands::x",
    "\\u001b[31mred\\u001b]8;;http://e.example\\u0007",
    "\\u202Eevil\\u2066\\u200b",
    "<script>alert(1)</script><img src=x onerror=y>",
    "<!-- gendan:pr --> -->",
    "]]> <![CDATA[ &amp; &#0; <?xml ?>",
    "[click](javascript:alert(1)) ![i](http://e.example/p.png)",
    "{0} [a](1)",
    "@everyone #1 !2 GH-3 o/r#4",
    "https://e.example www.e.example a@e.example",
    "`code` ``` ~~~ | a | b |",
    "\\n\\n# heading\\n- item\\n> quote\\n[r]: http://e.example\\n",
    "a,b:c;d=e",
    "\\\\ \\\" ' $x$ $$y$$ :tada:",
    "\\u0000\\u0008\\u000b\\ufffe\\uffff",
    "<details><summary>x</summary>",
];

struct Root(tempfile::TempDir);

impl Root {
    /// The base of the rule fixtures below `data/`, with one order.
    fn new(order: &str) -> Self {
        let root = Self(tempfile::tempdir().unwrap());
        let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules/_base");
        for entry in walkdir::WalkDir::new(&base) {
            let entry = entry.unwrap();
            if entry.file_type().is_file() {
                let below = entry.path().strip_prefix(&base).unwrap().to_str().unwrap().to_owned();
                let text = fs::read_to_string(entry.path()).unwrap();
                // Defaults would add a note to every order that does not write them.
                root.write(&below, text.split("[defaults]").next().unwrap());
            }
        }
        root.write("orders/2026/GD26-0001/order.toml", order);
        root
    }

    fn wrong() -> Self {
        let root = Self::new(&format!("{WRONG}{ORDER}{MORE}"));
        root.write("orders/2026/GD26-0002/order.toml", ORDER);
        root
    }

    /// Hostile text as keys, values, names and names of files.
    fn hostile() -> Self {
        let keys: String = HOSTILE.iter().map(|text| format!("\"{text}\" = \"{text}\"\n")).collect();
        let items: String = HOSTILE
            .iter()
            .map(|text| format!("\n[[items]]\nname = \"{text}\"\nqty = 2\nprice = 1.10\namount = 9.99\n"))
            .collect();
        let root = Self::new(&format!("{keys}customer = \"evil\"\ncurrency = \"USD\"\n{items}"));
        let waiver = format!("{WRONG}{ORDER}{MORE}").replace("ERP 导出", &HOSTILE.concat());
        root.write("orders/2026/GD26-0002/order.toml", &waiver);
        root.write(
            "customers/evil.toml",
            &format!("name = \"{}\"\nshort = \"{}\"\n", HOSTILE[10], HOSTILE[12]),
        );
        for (n, text) in HOSTILE.iter().enumerate() {
            let order = ORDER.replace("hanse-licht", text).replace("USD", text);
            root.write(&format!("orders/2026/GD26-1{n:03}/order.toml"), &order);
        }
        root.write("customers/[x](y) @team,::error::%0A##[c]<b>`a` |.toml", "nmae = 1\n");
        root.write("orders/2026/##[command] <b> @x/order.toml", "customer = [");
        root
    }

    fn write(&self, name: &str, text: &str) {
        let to = self.0.path().join("data").join(name);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, text).unwrap();
    }

    fn git(&self, args: &[&str]) {
        let done = Command::new("git")
            .current_dir(self.0.path())
            .args(["-c", "user.name=Lin", "-c", "user.email=lin@example.com"])
            .args(args)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .output()
            .unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }

    fn committed(self) -> Self {
        self.git(&["init", "-q"]);
        self.git(&["add", "-A"]);
        self.git(&["commit", "-qm", "one"]);
        self
    }

    fn check(&self, args: &[&str]) -> Run {
        run(self.0.path(), args, &[])
    }

    fn report(&self, format: &str) -> String {
        self.check(&["--format", format]).out
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.report("json")).unwrap()
    }
}

struct Run {
    code: i32,
    out: String,
    err: String,
}

fn run(here: &Path, args: &[&str], env: &[(&str, &str)]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_gendan"))
        .current_dir(here)
        .args(["check", "--as-of", "2026-11-20"])
        .args(args)
        .env_remove("GENDAN_ROOT")
        .env_remove("CLICOLOR_FORCE")
        .env_remove("GITHUB_ACTIONS")
        .env_remove("GITEA_ACTIONS")
        .envs(env.iter().copied())
        .output()
        .unwrap();
    Run {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn schema(name: &str) -> jsonschema::Validator {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reports").join(name);
    jsonschema::validator_for(&serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()).unwrap()
}

fn valid(schema: &jsonschema::Validator, value: &Value) {
    let problems: Vec<String> =
        schema.iter_errors(value).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(problems.is_empty(), "{problems:#?}");
}

/// SARIF as its schema and code scanning want it.
fn sarif(text: &str) -> Value {
    let log: Value = serde_json::from_str(text).unwrap();
    valid(&schema("sarif-schema-2.1.0.json"), &log);
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for rule in rules {
        assert!(rule["fullDescription"]["text"].as_str().unwrap().chars().count() <= 1024);
        assert!(rule["properties"]["tags"].as_array().unwrap().len() <= 20);
    }
    for result in run["results"].as_array().unwrap() {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert_eq!(result["locations"].as_array().unwrap().len(), 1);
        let uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap();
        assert!(uri.bytes().all(|b| b.is_ascii_alphanumeric() || b"/-._~%".contains(&b)), "{uri}");
    }
    log
}

fn gitlab(text: &str) -> Vec<Value> {
    let issues: Vec<Value> = serde_json::from_str(text).unwrap();
    let schema = schema("codeclimate.json");
    let mut prints = BTreeSet::new();
    for issue in &issues {
        valid(&schema, issue);
        assert!(issue["location"]["lines"]["begin"].as_u64().unwrap() >= 1);
        let path = issue["location"]["path"].as_str().unwrap();
        assert!(path.starts_with("data/") || !path.starts_with(['/', '.']), "{path}");
        assert!(prints.insert(issue["fingerprint"].as_str().unwrap()), "fingerprints are unique");
    }
    issues
}

/// Elements of an XML document: name, attributes, the text directly inside.
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
}

fn xml(source: &str) -> Vec<Element> {
    let mut reader = quick_xml::Reader::from_str(source);
    let mut elements: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let text = |open: &[usize], elements: &mut Vec<Element>, more: &str| {
        if let Some(&at) = open.last() {
            elements[at].text.push_str(more);
        }
    };
    loop {
        let event = reader.read_event().unwrap();
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                let attributes = tag
                    .attributes()
                    .map(|a| {
                        let a = a.unwrap();
                        let key: String = a.key.as_ref().to_owned();
                        let value = a.normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap();
                        (key, value.into_owned())
                    })
                    .collect();
                let name = tag.name().as_ref().to_owned();
                elements.push(Element { name, attributes, text: String::new() });
                if matches!(event, Event::Start(_)) {
                    open.push(elements.len() - 1);
                }
            }
            Event::End(_) => {
                open.pop();
            }
            Event::Text(more) => text(&open, &mut elements, &more.xml10_content()),
            Event::GeneralRef(name) => {
                let resolved = name.resolve_char_ref().unwrap().map(String::from).unwrap_or_else(|| {
                    let name = name.xml10_content();
                    quick_xml::escape::resolve_predefined_entity(&name).unwrap().to_owned()
                });
                text(&open, &mut elements, &resolved);
            }
            Event::Decl(_) => {}
            Event::Eof => break,
            other => panic!("{other:?}"),
        }
    }
    assert!(open.is_empty());
    for c in source.chars() {
        assert!(matches!(c, '\n' | ' '..='\u{7e}' | '\u{a0}'..='\u{fffd}' | '\u{10000}'..), "{c:?}");
    }
    elements
}

fn of<'e>(elements: &'e [Element], name: &str) -> Vec<&'e Element> {
    elements.iter().filter(|e| e.name == name).collect()
}

/// Workflow commands as GitHub's runner reads them: the command, its properties, the text.
fn commands(out: &str) -> Vec<(String, BTreeMap<String, String>, String)> {
    let unescape = |text: &str, property: bool| {
        let mut text = text.replace("%0D", "\r").replace("%0A", "\n");
        if property {
            text = text.replace("%3A", ":").replace("%2C", ",");
        }
        text.replace("%25", "%")
    };
    assert!(!out.contains("##["), "the older form stands anywhere in a line: {out}");
    out.lines()
        .map(|line| {
            let rest = line.trim_start().strip_prefix("::").unwrap_or_else(|| panic!("no command: {line}"));
            let (head, text) = rest.split_once("::").unwrap();
            let (command, properties) = head.split_once(' ').unwrap();
            let properties = properties
                .split(',')
                .map(|p| p.split_once('=').unwrap())
                .map(|(key, value)| (key.to_owned(), unescape(value, true)))
                .collect();
            (command.to_owned(), properties, unescape(text, false))
        })
        .collect()
}

#[test]
fn every_format_has_the_three_exit_codes_and_exit_zero() {
    let (clean, wrong, broken) = (Root::new(ORDER), Root::wrong(), Root::new(ORDER));
    broken.write("gendan.toml", "foo = 1\n");
    for format in FORMATS.iter().chain(&["auto"]) {
        let codes = |more: &[&str]| {
            [&clean, &wrong, &broken].map(|root| root.check(&[&["--format", format], more].concat()).code)
        };
        assert_eq!(codes(&[]), [0, 1, 2], "{format}");
        assert_eq!(codes(&["--exit-zero"]), [0, 0, 2], "{format}");
        if *format != "auto" {
            assert_eq!(codes(&["--output", &format!("{format}=report")]), [0, 1, 2], "{format}");
        }
    }
}

#[test]
fn auto_is_github_only_under_github_actions() {
    let root = Root::wrong();
    let first = |env: &[(&str, &str)]| run(root.0.path(), &["--format", "auto"], env).out;
    let plain = first(&[]);
    assert!(plain.contains("错误[toml-unknown-key]"), "{plain}");
    let github = first(&[("GITHUB_ACTIONS", "true")]);
    assert!(github.starts_with("::error file="), "{github}");
    assert_eq!(first(&[("GITHUB_ACTIONS", "1")]), plain);
    assert_eq!(first(&[("GITLAB_CI", "true")]), plain, "nothing else is guessed");
    assert_eq!(first(&[("GITHUB_ACTIONS", "true"), ("GITEA_ACTIONS", "true")]), plain);
}

#[test]
fn one_run_writes_several_files_beside_what_it_prints() {
    let root = Root::wrong();
    let here = root.0.path().join("from here");
    fs::create_dir(&here).unwrap();
    let typed: Vec<String> =
        FORMATS.iter().flat_map(|f| ["--output".to_owned(), format!("{f}=out.{f}")]).collect();
    let typed: Vec<&str> = typed.iter().map(String::as_str).collect();
    let done = run(&here, &[&["../data", "--format", "short"], &typed[..]].concat(), &[]);
    assert_eq!(done.code, 1, "{}", done.err);
    assert_eq!(done.out, root.report("short"));
    for format in FORMATS {
        assert_eq!(
            fs::read_to_string(here.join(format!("out.{format}"))).unwrap(),
            root.report(format),
            "{format}"
        );
    }
    assert_eq!(fs::read_dir(&here).unwrap().count(), FORMATS.len(), "nothing else is left there");
}

#[test]
fn what_cannot_be_written_is_said_before_anything_is() {
    let root = Root::wrong();
    for (args, said) in [
        (&["--output", "sraif=x"][..], "sarif"),
        (&["--output", "json=x", "--output", "junit=./x"], "twice"),
        (&["--output", "json"], "FORMAT=FILE"),
        (&["--output", "json=no/such/folder/x"], "no/such/folder"),
    ] {
        let done = root.check(&[args, &["--lang", "en"]].concat());
        assert_eq!((done.code, done.out.as_str()), (2, ""), "{args:?}");
        assert!(done.err.contains(said), "{}", done.err);
        assert!(!root.0.path().join("x").exists());
    }
    let format = root.check(&["--format", "sraif"]);
    assert!(format.code == 2 && format.err.contains("sarif"), "{}", format.err);
}

#[test]
fn sarif_is_valid_and_points_at_the_same_places_as_json() {
    let root = Root::wrong().committed();
    let (log, json) = (sarif(&root.report("sarif")), root.json());
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert_eq!(run["tool"]["driver"]["version"], env!("CARGO_PKG_VERSION"));
    let results = run["results"].as_array().unwrap();
    let findings = json["findings"].as_array().unwrap();
    assert!(findings.len() >= 3 && results.len() == findings.len());
    for finding in findings {
        let print = &finding["fingerprint"];
        let result =
            results.iter().find(|r| r["partialFingerprints"]["primaryLocationLineHash"] == *print).unwrap();
        let (place, at) = (&finding["places"][0], &result["locations"][0]["physicalLocation"]);
        assert_eq!(at["artifactLocation"]["uri"], format!("data/{}", place["file"].as_str().unwrap()));
        for (ours, theirs) in [
            ("line", "startLine"),
            ("column", "startColumn"),
            ("end_line", "endLine"),
            ("end_column", "endColumn"),
        ] {
            assert_eq!(place[ours], at["region"][theirs], "{finding}");
        }
        let text = result["message"]["text"].as_str().unwrap();
        assert!(
            text.starts_with(&format!("GD26-0001: {}", finding["title"]["zh"].as_str().unwrap())),
            "{text}"
        );
    }
    let levels: Vec<&str> = results.iter().map(|r| r["level"].as_str().unwrap()).collect();
    assert!(levels[0] == "error" && levels.last() == Some(&"warning"), "{levels:?}");
    let waived = results.last().unwrap();
    assert_eq!(waived["suppressions"][0]["justification"], "ERP 导出（zhou.min）");
    assert!(results[0].get("suppressions").is_none());
    let help = &run["tool"]["driver"]["rules"][0]["help"];
    assert!(help["markdown"].as_str().unwrap().starts_with("### "), "{help}");
    let clean = sarif(&Root::new(ORDER).report("sarif"));
    assert_eq!(clean["runs"][0]["results"], Value::Array(Vec::new()), "no findings is a list of none");
}

#[test]
fn too_many_results_are_cut_by_severity_and_said() {
    let root = Root::new(ORDER);
    for n in 0..60 {
        let keys: String = (0..100).map(|k| format!("zzz{k} = 1\n")).collect();
        root.write(&format!("orders/2026/GD26-1{n:03}/order.toml"), &format!("{keys}{ORDER}"));
    }
    root.write("orders/2026/GD26-9999/order.toml", &format!("{ORDER}colour = 1\n"));
    let total = root.json()["findings"].as_array().unwrap().len();
    let log = sarif(&root.report("sarif"));
    let run = &log["runs"][0];
    assert_eq!(run["results"].as_array().unwrap().len(), 5000);
    let note = run["invocations"][0]["toolExecutionNotifications"].as_array().unwrap();
    let left = note.iter().find(|n| n["descriptor"]["id"] == "left-out").unwrap();
    assert!(left["message"]["text"].as_str().unwrap().contains(&(total - 5000).to_string()), "{left}");
}

#[test]
fn gitlab_reads_code_quality() {
    let issues = gitlab(&Root::wrong().committed().report("gitlab"));
    let of = |rule: &str| issues.iter().find(|i| i["check_name"] == rule).unwrap();
    let unknown = of("toml-unknown-key");
    assert_eq!(unknown["severity"], "blocker");
    assert_eq!(unknown["location"]["path"], "data/orders/2026/GD26-0001/order.toml");
    assert!(unknown["description"].as_str().unwrap().starts_with("GD26-0001: "));
    let waived = of("toml-version");
    assert_eq!(waived["severity"], "info");
    assert!(waived["description"].as_str().unwrap().contains("已豁免：ERP 导出"), "{waived}");
    let root = Root::new(&ORDER.replace("hanse-licht", "nobody"));
    assert_eq!(gitlab(&root.report("gitlab"))[0]["severity"], "critical");
}

#[test]
fn junit_is_a_list_of_orders_with_ticks() {
    let root = Root::wrong();
    let report = root.report("junit");
    let elements = xml(&report);
    let names: Vec<&str> = of(&elements, "testsuite").iter().map(|s| s.attributes["name"].as_str()).collect();
    assert_eq!(names, ["数据目录", "GD26-0001 汉萨照明", "GD26-0002 汉萨照明"]);
    let failures: Vec<&str> =
        of(&elements, "testsuite").iter().map(|s| s.attributes["failures"].as_str()).collect();
    assert_eq!(failures, ["0", "1", "0"]);
    let cases = of(&elements, "testcase");
    let good: Vec<&&Element> = cases.iter().filter(|c| c.attributes["classname"] == "GD26-0002").collect();
    assert!(good.len() >= 10, "an order without findings has its cases");
    let failure = of(&elements, "failure");
    assert_eq!(failure.len(), 1);
    assert!(
        failure[0].text.contains("错误[toml-unknown-key]") && failure[0].text.contains("order.toml:"),
        "{}",
        failure[0].text
    );
    assert!(
        of(&elements, "system-out").iter().any(|o| o.text.contains("已豁免")),
        "waived is told, not failing"
    );
    assert!(!report.contains("time"), "no times");
    let warned = root.check(&["--format", "junit", "--lang", "en", "--fail-on", "info"]).out;
    assert!(xml(&warned).iter().any(|e| e.name == "failure"), "{warned}");
    against_xsd("junit-10.xsd", &report);
    against_xsd("junit-10.xsd", &Root::hostile().report("junit"));
}

/// Validates with `xmllint` where it is installed.
fn against_xsd(schema: &str, document: &str) {
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reports").join(schema);
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("report.xml");
    fs::write(&file, document).unwrap();
    let run = Command::new("xmllint")
        .args(["--noout", "--schema"])
        .arg(schema)
        .arg(&file)
        .stdin(Stdio::null())
        .output();
    match run {
        Err(_) => println!("SKIPPED xmllint is not installed: no validation against {}", file.display()),
        Ok(run) => assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr)),
    }
}

#[test]
fn checkstyle_lists_findings_by_file() {
    let root = Root::wrong().committed();
    let elements = xml(&root.report("checkstyle"));
    assert_eq!(elements[0].name, "checkstyle");
    let files = of(&elements, "file");
    assert_eq!(files.len(), 1);
    assert_eq!(files[0].attributes["name"], "data/orders/2026/GD26-0001/order.toml");
    let errors = of(&elements, "error");
    assert_eq!(errors.len(), root.json()["findings"].as_array().unwrap().len());
    for error in errors {
        for key in ["line", "column"] {
            assert!(error.attributes[key].parse::<usize>().unwrap() >= 1);
        }
        assert!(["error", "warning", "info"].contains(&error.attributes["severity"].as_str()));
        assert!(error.attributes["source"].starts_with("gendan."));
        assert!(error.attributes["message"].starts_with("GD26-0001: "));
    }
}

#[test]
fn annotations_keep_to_what_a_step_shows() {
    let keys = |n: usize| (0..n).map(|k| format!("zzz{k} = 1\n")).collect::<String>();
    for (errors, lines) in [(1, 1), (10, 10), (11, 10), (25, 10)] {
        let root = Root::new(&format!("{}{ORDER}", keys(errors))).committed();
        let told = commands(&root.report("github"));
        assert_eq!(told.len(), lines, "{errors}");
        assert!(told.iter().all(|(command, ..)| command == "error"));
        let (_, first, text) = &told[0];
        assert_eq!(first["file"], "data/orders/2026/GD26-0001/order.toml");
        assert_eq!(
            (first["line"].as_str(), first["endLine"].as_str(), first["col"].as_str()),
            ("1", "1", "1")
        );
        assert_eq!(first["title"], "toml-unknown-key GD26-0001");
        assert!(text.contains("zzz0"), "{text}");
        let rest = told.last().unwrap();
        if errors > 10 {
            assert!(rest.2.contains(&format!("另有 {} 条", errors - 9)), "{}", rest.2);
        } else {
            assert!(rest.1.contains_key("file"));
        }
    }
}

#[test]
fn waived_findings_are_told_in_annotations_as_a_number() {
    let told = commands(&Root::wrong().report("github"));
    let note = told.last().unwrap();
    assert!(note.0 == "notice" && note.2.contains("已豁免 1"), "{note:?}");
    assert!(!told.iter().any(|t| t.1["title"].contains("toml-version")));
}

/// Events of Markdown that only our own writing may make.
fn structure(source: &str) -> BTreeMap<String, usize> {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for event in Parser::new_ext(source, Options::all()) {
        let name = match event {
            Event::Start(Tag::Heading { level, .. }) => format!("{level}"),
            Event::Start(Tag::Item) => "item".to_owned(),
            Event::Start(Tag::List(None)) => "list".to_owned(),
            Event::Start(Tag::Paragraph) => "paragraph".to_owned(),
            Event::Start(Tag::Strong) => "strong".to_owned(),
            Event::Start(other) => panic!("not ours: {other:?}"),
            Event::Text(text) => {
                let lower = text.to_lowercase();
                for bad in
                    ["@everyone", "@x", "@team", "@e.example", "#1", "!2", "gh-3", "://", "www.", ":tada"]
                {
                    assert!(!lower.contains(bad), "{bad} in {text}");
                }
                continue;
            }
            Event::Code(_) | Event::End(_) | Event::SoftBreak => continue,
            other => panic!("not ours: {other:?}"),
        };
        *seen.entry(name).or_default() += 1;
    }
    seen
}

#[test]
fn nothing_from_the_data_is_obeyed() {
    let root = Root::hostile().committed();
    let json = root.json();
    let findings = json["findings"].as_array().unwrap();
    let total = findings.len();
    assert!(total >= 60, "{total}");
    let waived = findings.iter().filter(|f| f.get("waived").is_some()).count();
    let rules: BTreeMap<&str, usize> = findings.iter().fold(BTreeMap::new(), |mut all, f| {
        *all.entry(f["rule"].as_str().unwrap()).or_default() += 1;
        all
    });

    let log = sarif(&root.report("sarif"));
    assert_eq!(log["runs"][0]["results"].as_array().unwrap().len(), total);
    let issues = gitlab(&root.report("gitlab"));
    assert_eq!(issues.len(), total);
    let elements = xml(&root.report("checkstyle"));
    assert_eq!(of(&elements, "error").len(), total);
    let elements = xml(&root.report("junit"));
    let text: String = elements.iter().map(|e| e.text.as_str()).collect();
    for (rule, count) in &rules {
        let told = ["错误", "警告", "提示"]
            .iter()
            .map(|w| text.matches(&format!("{w}[{rule}]")).count())
            .sum::<usize>();
        let past = text.matches(&format!("（历史）[{rule}]")).count();
        assert_eq!(told + past, *count, "{rule}");
    }
    assert_eq!(of(&elements, "testsuite").len(), json["orders"].as_u64().unwrap() as usize + 1);

    let told = commands(&root.report("github"));
    let mut counted = waived;
    for (command, properties, text) in &told {
        assert!(["error", "warning", "notice"].contains(&command.as_str()), "{command}");
        assert!(!text.contains('\r') && !text.contains('\u{1b}') && !text.contains('\u{202e}'));
        let keys: Vec<&str> = properties.keys().map(String::as_str).collect();
        match properties.get("file") {
            Some(file) => {
                assert_eq!(keys, ["col", "endLine", "file", "line", "title"]);
                assert!(file.starts_with("data/"), "{file}");
                counted += 1;
            }
            None => {
                assert_eq!(keys, ["title"]);
                let more = text.strip_prefix("另有 ").map(|t| t.split(' ').next().unwrap());
                counted += more.map_or(0, |n| n.parse::<usize>().unwrap());
            }
        }
        for line in text.lines().skip(1) {
            assert!(line.starts_with("怎么改：") || line.starts_with("最晚："), "{line}");
        }
    }
    assert_eq!(counted, total);

    let source = root.report("markdown");
    let seen = structure(&source);
    let places: usize = findings.iter().map(|f| f["places"].as_array().unwrap().len()).sum();
    let helps = findings.iter().filter(|f| !f["help"]["zh"].as_str().unwrap().is_empty()).count();
    let untils = findings.iter().filter(|f| f.get("until").is_some()).count();
    assert_eq!(seen["item"], total + places + helps + untils);
    let subjects: BTreeSet<&str> = findings.iter().map(|f| f["subject"].as_str().unwrap()).collect();
    assert_eq!(seen["h3"], subjects.len());

    for format in FORMATS {
        for (env, name) in [(&[][..], "plain"), (&[("GITHUB_ACTIONS", "true")][..], "github")] {
            let run = run(root.0.path(), &["--format", format, "--lang", "both"], env);
            let out = format!("{}{}", run.out, run.err);
            let bad = out.chars().find(|c| {
                (c.is_control() && *c != '\n')
                    || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}')
            });
            assert_eq!(bad, None, "{format} {name}");
            if name == "github" {
                assert!(!out.contains("##[") && !out.contains("##vso"), "{format}: {out}");
                let ours = format == "github";
                let command = run.out.lines().find(|line| line.trim_start().starts_with("::"));
                assert_eq!(command.is_some(), ours, "{format} {command:?}");
            }
        }
    }
}

#[test]
fn the_same_data_gives_the_same_bytes_and_no_absolute_path() {
    let (one, two) = (Root::hostile().committed(), Root::hostile().committed());
    for format in FORMATS {
        let text = one.report(format);
        assert_eq!(text, two.report(format), "{format}");
        assert!(!text.contains(one.0.path().to_str().unwrap()), "{format}");
    }
}

#[test]
fn a_shallow_clone_says_what_was_not_checked() {
    let root = Root::wrong().committed();
    root.git(&["commit", "-q", "--allow-empty", "-m", "two"]);
    let clone = tempfile::tempdir().unwrap();
    let from = format!("file://{}", root.0.path().display());
    let done = Command::new("git")
        .current_dir(clone.path())
        .args(["clone", "-q", "--depth", "1", &from, "c"])
        .output()
        .unwrap();
    assert!(done.status.success());
    let here = clone.path().join("c");
    let check = |format: &str| run(&here, &["--format", format], &[]);
    for format in ["human", "short"] {
        let said = check(format).err;
        assert_eq!(said.lines().count(), 2, "{said}");
        assert!(said.contains("git fetch --unshallow") && said.contains("stale-order"), "{said}");
    }
    let json: Value = serde_json::from_str(&check("json").out).unwrap();
    let unchecked = json["unchecked"].as_array().unwrap();
    let stale = unchecked.iter().find(|u| u["rule"] == "stale-order").unwrap();
    assert_eq!(stale["cause"], "shallow");
    assert!(stale["reason"]["en"].as_str().unwrap().contains("--unshallow"));
    let log = sarif(&check("sarif").out);
    let note = &log["runs"][0]["invocations"][0]["toolExecutionNotifications"][0];
    assert_eq!(
        (&note["descriptor"]["id"], &note["level"]),
        (&Value::from("not-checked"), &Value::from("warning"))
    );
    let junit = check("junit").out;
    assert!(!of(&xml(&junit), "skipped").is_empty());
    against_xsd("junit-10.xsd", &junit);
    let notices: Vec<_> = commands(&check("github").out)
        .into_iter()
        .filter(|(command, _, text)| command == "notice" && text.contains("unshallow"))
        .collect();
    assert_eq!(notices.len(), 1);
    for format in ["markdown", "gitlab", "checkstyle"] {
        assert!(check(format).out.contains("unshallow"), "{format}");
    }
    gitlab(&check("gitlab").out);
}

#[test]
fn no_repository_is_told_to_programs_and_nags_nobody() {
    let root = Root::wrong();
    assert_eq!(root.check(&[]).err.lines().count(), 1);
    assert!(!root.report("github").contains("git"));
    assert_eq!(root.json()["unchecked"][0]["cause"], "no-repository");
    let log = sarif(&root.report("sarif"));
    assert_eq!(log["runs"][0]["invocations"][0]["toolExecutionNotifications"][0]["level"], "note");
    assert!(!of(&xml(&root.report("junit")), "skipped").is_empty());
    assert!(root.report("markdown").contains("stale-order"));
    let whole = Root::wrong().committed();
    assert!(whole.json().get("unchecked").is_none(), "a whole history has nothing to add");
    assert!(of(&xml(&whole.report("junit")), "skipped").is_empty());
}

mod known {
    //! What stood there before a change is counted, and fails nowhere.

    use super::*;
    use gendan::check::finding::{Finding, Severity};
    use gendan::report::human::Human;
    use gendan::report::whole::{self, Report};
    use gendan::report::{Langs, checkstyle, github, gitlab, json, junit, markdown, sarif as log};
    use gendan::text::Lang;
    use gendan::{check, derive, history, load};

    /// The two unknown keys, the first of which stood there before.
    fn with(look: impl FnOnce(&Report<'_>, &mut Human<'_>)) {
        let root = Root::new(&format!("zzz1 = 1\nzzz2 = 1\n{ORDER}"));
        let loaded = load::load(&root.0.path().join("data")).unwrap();
        let book = loaded.book;
        let history = history::History::empty(history::State::NoRepository);
        let facts = derive::derive(&book, &history, "2026-11-20".parse().unwrap());
        let checked = check::check(&facts, loaded.findings);
        let mut findings: Vec<Finding> = checked.findings;
        assert_eq!(findings.len(), 2);
        findings[0].known = true;
        let report = Report {
            findings: &findings,
            orders: whole::orders(&book, Lang::En),
            rules: whole::wanted(&book.config),
            ran: checked.rules,
            as_of: facts.as_of,
            prefix: String::new(),
            unchecked: None,
            langs: Langs::One(Lang::En),
            fail_on: Severity::Error,
            fail_on_risk: false,
            broken: false,
        };
        let mut human = Human::new(&book.root, Langs::One(Lang::En), false);
        look(&report, &mut human);
    }

    #[test]
    fn every_format_tells_old_from_new() {
        with(|report, human| {
            let told = commands(&github::commands(report));
            assert_eq!(told.len(), 2);
            assert!(told[0].2.contains("zzz2") && told[1].2.contains("1 there before"), "{told:?}");
            let text = log::document(report).unwrap();
            let states: Vec<Value> = sarif(&text)["runs"][0]["results"]
                .as_array()
                .unwrap()
                .iter()
                .map(|r| r["baselineState"].clone())
                .collect();
            assert_eq!(states, ["new", "unchanged"]);
            assert_eq!(super::gitlab(&gitlab::document(report).unwrap())[0]["severity"], "blocker");
            let text = json::document(report.findings, report.as_of, 1, 1, None).unwrap();
            let json: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(json["findings"][0]["known"], true);
            assert!(json["findings"][1].get("known").is_none());
            let elements = xml(&junit::document(report, human));
            let (failed, other) = (of(&elements, "failure"), of(&elements, "system-out"));
            assert!(
                failed[0].text.contains("zzz2") && !failed[0].text.contains("error: zzz1"),
                "{}",
                failed[0].text
            );
            assert!(other[0].text.contains("(stood there before)"), "{}", other[0].text);
            assert!(checkstyle::document(report).contains("(stood there before)"));
            let text = markdown::document(report);
            let first = text.lines().next().unwrap();
            assert!(
                first.contains("The check fails: 1 finding.") && first.contains("1 stood there before"),
                "{first}"
            );
        });
    }
}
