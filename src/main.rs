//! gendan, the command line.

fn main() {}
