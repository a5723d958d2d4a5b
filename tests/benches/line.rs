//! Load, check and render, each beside the cost of merely reading the files. `cargo bench`.

use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use gendan::check::check;
use gendan::exchange::demo::{self, DemoOptions};
use gendan::{derive, history, load};

const ORDERS: u32 = 1000;

fn root() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let into = dir.path().join("data");
    demo::write(&into, &DemoOptions { orders: ORDERS, ..DemoOptions::default() }).expect("a demo root");
    dir
}

fn read_all(root: &Path) -> usize {
    walkdir::WalkDir::new(root)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|e| e.file_type().is_file())
        .filter_map(|e| std::fs::read(e.path()).ok())
        .map(|bytes| bytes.len())
        .sum()
}

fn line(c: &mut Criterion) {
    let dir = root();
    let data = dir.path().join("data");
    let as_of = DemoOptions::default().as_of;
    let mut group = c.benchmark_group("1000 orders");
    group
        .sample_size(20)
        .measurement_time(Duration::from_secs(10))
        .throughput(Throughput::Elements(ORDERS.into()));
    group.bench_function("read all files (the floor)", |b| b.iter(|| black_box(read_all(&data))));
    group.bench_function("load", |b| b.iter(|| black_box(load::load(&data).expect("loads"))));
    let loaded = load::load(&data).expect("loads");
    let history = history::read(&data);
    group.bench_function("derive", |b| b.iter(|| black_box(derive::derive(&loaded.book, &history, as_of))));
    let facts = derive::derive(&loaded.book, &history, as_of);
    group.bench_function("check", |b| b.iter(|| black_box(check(&facts, loaded.findings.clone()))));
    let checked = check(&facts, loaded.findings.clone());
    group.bench_function("build: render and write, two languages", |b| {
        b.iter(|| {
            let out = dir.path().join("public");
            black_box(
                gendan::publish::build(
                    &facts,
                    &checked,
                    gendan::publish::audience::Reader::Internal,
                    gendan::publish::Target { out: &out, kept: None },
                )
                .expect("builds"),
            )
        });
    });
    group.finish();
}

criterion_group!(benches, line);
criterion_main!(benches);
