use super::{Char, replace};
use crate::random::Rand;

fn plain(chars: &mut Vec<Char>, text: &str) {
    chars.extend(text.chars().map(|c| (c, None)));
}

/// Bold labels or entities, headings with `#`, two spaces at line ends.
pub(super) fn markdown(chars: &mut Vec<Char>, rand: &mut Rand) {
    let (bold_labels, bold_entities, hard_ends) = (rand.chance(0.7), rand.chance(0.3), rand.chance(0.3));
    let sign = rand.of(["**", "**", "__", "*", "`"]);
    let all = std::mem::take(chars);
    let mut at_start = true;
    for (at, &(c, entity)) in all.iter().enumerate() {
        if at_start && entity.is_none() && c.is_alphabetic() {
            let end = at + all[at..].iter().take_while(|(c, _)| *c != '\n').count();
            let label = all[at..end].iter().take(32).position(|(c, e)| *c == ':' || e.is_some());
            let has_label = label.is_some_and(|l| all[at + l].1.is_none());
            let is_heading = label.is_none() && end - at < 40 && all[at..end].iter().all(|(c, e)| e.is_none() && !c.is_ascii_digit());
            if is_heading && all[at..end].last().is_some_and(|(c, _)| c.is_alphabetic()) {
                plain(chars, rand.of(["# ", "## ", "### "]));
            } else if has_label && bold_labels {
                plain(chars, "**");
            }
        }
        let begins = entity.is_some() && at.checked_sub(1).and_then(|i| all.get(i)).is_none_or(|(_, e)| *e != entity);
        if begins && bold_entities {
            plain(chars, sign);
        }
        let label_start = all[..at].iter().rev().take_while(|(c, _)| *c != '\n').count();
        chars.push((c, entity));
        if bold_labels && c == ':' && entity.is_none() && label_start < 32 && opens_bold(chars) {
            plain(chars, "**");
        }
        let ends = entity.is_some() && all.get(at + 1).is_none_or(|(_, e)| *e != entity);
        if ends && bold_entities {
            plain(chars, sign);
        }
        if hard_ends && all.get(at + 1).is_some_and(|(n, e)| *n == '\n' && e.is_none()) && !c.is_whitespace() {
            plain(chars, "  ");
        }
        at_start = c == '\n';
    }
}

/// Whether the line begins with a bold sign that nothing has closed.
fn opens_bold(chars: &[Char]) -> bool {
    let start = chars.len() - chars.iter().rev().take_while(|(c, _)| *c != '\n').count();
    let line: String = chars[start..].iter().map(|(c, _)| *c).collect();
    line.starts_with("**") && line.matches("**").count() == 1
}

/// Tags at line ends, and the signs that HTML spells out.
pub(super) fn html(chars: &mut Vec<Char>, rand: &mut Rand) {
    let (spaces, quotes) = (rand.chance(0.3), rand.chance(0.6));
    let line = rand.of(["<br>", "<br/>\n", "<br />\n", "</p>\n<p>", "</div><div>", "</td></tr>\n<tr><td>"]);
    let all = std::mem::take(chars);
    if line.contains("<p>") {
        plain(chars, "<p>");
    }
    for &(c, entity) in &all {
        let spelled: &str = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' if quotes => "&quot;",
            '\'' if quotes => "&#39;",
            '\u{a0}' => "&nbsp;",
            ' ' if spaces && entity.is_none() && rand.chance(0.1) => "&nbsp;",
            '\n' => line,
            _ => "",
        };
        if spelled.is_empty() {
            chars.push((c, entity));
        } else {
            chars.extend(spelled.chars().map(|c| (c, entity)));
        }
    }
    if line.contains("<p>") {
        plain(chars, "</p>");
    }
}

/// The text as a JSON string, alone or in an object.
pub(super) fn json(chars: &mut Vec<Char>, rand: &mut Rand) {
    let (before, after) = rand.of([
        ("{\"text\": \"", "\"}"),
        ("\"", "\""),
        ("{\"note\":\"", "\",\"status\":\"final\"}"),
        ("", ""),
        ("[{\"body\": \"", "\"}]"),
    ]);
    let end = rand.of(["\\n", "\\n", "\\r\\n"]);
    replace(chars, |c, out| match c {
        '\n' => out.extend(end.chars()),
        '\r' => {}
        '\t' => out.extend(['\\', 't']),
        '\u{c}' => out.extend(['\\', 'f']),
        '"' => out.extend(['\\', '"']),
        '\\' => out.extend(['\\', '\\']),
        c => out.push(c),
    });
    let all = std::mem::take(chars);
    plain(chars, before);
    chars.extend(all);
    plain(chars, after);
}
