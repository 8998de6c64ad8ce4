//! Text for terminals: nothing from outside steers them, and columns stand below each other.

use std::io::{self, Write};

/// A text as it may be shown: signs that move the cursor, change colours or turn the direction of writing are replaced.
pub fn shown(text: &str) -> String {
    text.chars()
        .map(|sign| match sign {
            '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
                '\u{FFFD}'
            }
            sign if sign.is_control() => '\u{FFFD}',
            sign => sign,
        })
        .collect()
}

/// Writes rows with every column but the last as wide as its widest cell.
pub fn write_columns<const N: usize>(out: &mut dyn Write, rows: &[[String; N]]) -> io::Result<()> {
    let mut widths = [0; N];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    for row in rows {
        let mut line = String::new();
        for (width, cell) in widths.iter().zip(row) {
            let gap = width - cell.chars().count();
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', gap + 2));
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}
