//! Text as the format takes it.

/// Appends text to a part: markup escaped, and without the characters that XML 1.0 has no way
/// to write (control characters, surrogates' leftovers), which would make the whole file
/// unreadable.
pub(super) fn escape(out: &mut String, text: &str) {
    for ch in text.chars() {
        match ch {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            ch if writable(ch) => out.push(ch),
            _ => {}
        }
    }
}

/// XML 1.0 §2.2, production 2.
const fn writable(ch: char) -> bool {
    matches!(ch, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// Appends the runs of a paragraph's text: tabs and line breaks have elements of their own.
pub(super) fn runs(out: &mut String, properties: &str, text: &str) {
    let mut first = true;
    for line in text.split('\n') {
        if !first {
            run(out, properties, |out| out.push_str("<w:br/>"));
        }
        first = false;
        for (at, piece) in line.split('\t').enumerate() {
            if at > 0 {
                run(out, properties, |out| out.push_str("<w:tab/>"));
            }
            if !piece.is_empty() {
                run(out, properties, |out| {
                    out.push_str("<w:t xml:space=\"preserve\">");
                    escape(out, piece);
                    out.push_str("</w:t>");
                });
            }
        }
    }
}

fn run(out: &mut String, properties: &str, content: impl FnOnce(&mut String)) {
    out.push_str("<w:r>");
    if !properties.is_empty() {
        out.push_str("<w:rPr>");
        out.push_str(properties);
        out.push_str("</w:rPr>");
    }
    content(out);
    out.push_str("</w:r>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_part_may_hold_is_left_out_and_markup_is_escaped() {
        let mut out = String::new();
        escape(&mut out, "a<b>&\"c\"\u{0}\u{b}\u{1f}\u{fffe}\u{ffff}đ😀");
        assert_eq!(out, "a&lt;b&gt;&amp;&quot;c&quot;đ😀");
    }

    #[test]
    fn lines_and_tabs_become_elements() {
        let mut out = String::new();
        runs(&mut out, "", "a\tb\n");
        assert_eq!(
            out,
            "<w:r><w:t xml:space=\"preserve\">a</w:t></w:r><w:r><w:tab/></w:r>\
             <w:r><w:t xml:space=\"preserve\">b</w:t></w:r><w:r><w:br/></w:r>"
        );
    }
}
