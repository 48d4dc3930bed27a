//! Columns that line up, with no lines between them.

use comfy_table::{ContentArrangement, Table, presets};

use super::width;

/// Rows that are as long as they are, so that a value can be copied in one piece.
pub fn rows<const COLUMNS: usize>(rows: impl IntoIterator<Item = [String; COLUMNS]>) -> String {
    text(Table::new().add_rows(rows))
}

/// Rows below a head.
pub fn table<const COLUMNS: usize>(head: [&str; COLUMNS], rows: impl IntoIterator<Item = [String; COLUMNS]>) -> String {
    text(Table::new().set_header(head).add_rows(rows))
}

/// Rows below a head whose long cells are wrapped, so that all fit the width.
pub fn wrapped_table<const COLUMNS: usize>(
    head: [&str; COLUMNS],
    rows: impl IntoIterator<Item = [String; COLUMNS]>,
) -> String {
    let mut table = Table::new();
    table.set_content_arrangement(ContentArrangement::Dynamic).set_width(u16::try_from(width()).unwrap_or(u16::MAX));
    text(table.set_header(head).add_rows(rows))
}

fn text(table: &mut Table) -> String {
    table.load_style(presets::NOTHING);
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}
