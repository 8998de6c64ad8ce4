//! Tables out, for spreadsheets.

/// What a spreadsheet takes for the beginning of a formula.
const FORMULA: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\n'];

/// Writes one row (RFC 4180, CRLF). A cell that a spreadsheet would take for a formula gets a `'` before it: names and
/// e-mail addresses come from outside, and a formula can fetch and send.
///
/// ```
/// let mut table = String::new();
/// seatkeeper::csv::write_row(&mut table, &["a", "b, c", "=1+1"]);
/// assert_eq!(table, "a,\"b, c\",'=1+1\r\n");
/// ```
pub fn write_row(out: &mut String, cells: &[&str]) {
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        write_cell(out, cell);
    }
    out.push_str("\r\n");
}

fn write_cell(out: &mut String, cell: &str) {
    let guard = if cell.starts_with(FORMULA) { "'" } else { "" };
    if !cell.contains([',', ';', '"', '\r', '\n', '\t']) {
        out.push_str(guard);
        out.push_str(cell);
        return;
    }
    out.push('"');
    out.push_str(guard);
    out.push_str(&cell.replace('"', "\"\""));
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_begins_a_formula() {
        for (cell, expected) in [
            ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "\"'\t=1\""),
            ("\r=1", "\"'\r=1\""),
            ("\n=1", "\"'\n=1\""),
            ("=\"x\",1", "\"'=\"\"x\"\",1\""),
            ("a=1", "a=1"),
            ("a;b", "\"a;b\""),
            ("", ""),
            ("712020:1-2", "712020:1-2"),
        ] {
            let mut out = String::new();
            write_row(&mut out, &[cell]);
            assert_eq!(out, format!("{expected}\r\n"), "{cell:?}");
        }
    }
}
