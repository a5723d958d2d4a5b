//! Columns: the signs of a block, and the comments behind its lines.

use super::statement::{Statement, width};

/// Least number of blanks before a comment behind something.
const GAP: usize = 2;

/// Sets the signs of each block into one column. A block ends at a blank line, a table, or a list over several lines
/// that stands for itself; a comment between its lines does not end it.
pub(super) fn keys(statements: &mut [Statement]) {
    let mut start = 0;
    for at in 0..=statements.len() {
        let ends = match statements.get(at) {
            Some(Statement::Pair { space, value, .. }) => stands_alone(*space, value) && value.contains('\n'),
            Some(Statement::Comment(_)) => false,
            _ => true,
        };
        if ends {
            if let Some(block) = statements.get_mut(start..at) {
                align(block);
            }
            start = at + 1;
        }
    }
}

fn align(block: &mut [Statement]) {
    let columns: Vec<(usize, usize)> = block
        .iter()
        .filter_map(|s| match s {
            Statement::Pair { key, space, value, .. } if !stands_alone(*space, value) => {
                Some((width(key), *space))
            }
            _ => None,
        })
        .collect();
    let Some(widest) = columns.iter().map(|(key, _)| *key).max() else { return };
    let column = columns.first().map_or(0, |(key, space)| key + space);
    let settled = column > widest && columns.iter().all(|(key, space)| key + space == column);
    let column = if settled { column } else { widest + 1 };
    for statement in block {
        if let Statement::Pair { key, space, value, .. } = statement {
            *space = if stands_alone(*space, value) { 1 } else { column.saturating_sub(width(key)).max(1) };
        }
    }
}

/// A list over several lines or of tables may be written without regard to the lines above it: its sign stands one
/// blank behind the key.
fn stands_alone(space: usize, value: &str) -> bool {
    space == 1 && (value.contains('\n') || value.starts_with("[{") || value.starts_with("[ {"))
}

/// The number of blanks before each statement's comment. A comment keeps its column; a run of comments in one column
/// moves together when there is no room.
pub(super) fn comments(statements: &[Statement]) -> Vec<usize> {
    let mut gaps = vec![GAP; statements.len()];
    let mut start = 0;
    while start < statements.len() {
        let column = |at: usize| statements.get(at).and_then(Statement::comment).map(|c| c.column);
        let mut end = start + 1;
        if column(start).is_some() {
            while column(end) == column(start) {
                end += 1;
            }
        }
        let run = statements.get(start..end).unwrap_or_default();
        let room = run.iter().map(|s| s.width() + GAP).max().unwrap_or(GAP);
        let column = column(start).unwrap_or(0).max(room);
        for (gap, statement) in gaps.iter_mut().skip(start).zip(run) {
            *gap = column.saturating_sub(statement.width()).max(GAP);
        }
        start = end;
    }
    gaps
}
