//! HTML: one page that stands alone, its annotations as coloured marks. Written only. It holds no script and asks for nothing.

use super::Document;
use super::build::invalid;
use crate::error::Result;
use std::fmt::Write;

/// Colours by category, as on the web page; light and dark.
const STYLE: &str = "\
:root{color-scheme:light dark}body{max-width:60rem;margin:2rem auto;padding:0 1rem;font:1rem/1.6 system-ui,sans-serif}\
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit}mark{color:inherit;border-radius:.2em;padding:0 .15em}\
mark::after{content:attr(data-type);font-size:.65em;margin-inline-start:.35em;vertical-align:.2em}\
.NAME{background:light-dark(#ffd9d4,#6b2a26)}.PROFESSION{background:light-dark(#e9dcf6,#4b3566)}\
.LOCATION{background:light-dark(#d5ebd2,#28502b)}.AGE{background:light-dark(#fde7c2,#614a14)}\
.DATE{background:light-dark(#d3e6f8,#1f4a70)}.CONTACT{background:light-dark(#cdeeed,#1b5453)}\
.ID{background:light-dark(#e3e3e3,#4b4f54)}";

/// The page of a note. Line ends and spaces stay as they are.
///
/// # Errors
/// [`Error::CorpusInvalid`](crate::Error::CorpusInvalid) when an annotation does not fit the text.
pub fn write(document: &Document) -> Result<String> {
    let title = escape(&document.id);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n\
         <body>\n<h1>{title}</h1>\n<pre>\n"
    );
    let mut end = 0;
    for annotation in &document.annotations {
        let (before, covered) = (document.text.get(end..annotation.span.start), annotation.span.slice(&document.text));
        let (Some(before), Some(covered)) = (before, covered) else {
            return Err(invalid(&document.id, format!("byte {}", annotation.span.start), "an annotation does not fit the text"));
        };
        let t = annotation.entity_type;
        let _ = write!(out, "{}<mark class=\"{}\" data-type=\"{t}\">{}</mark>", escape(before), t.category().name(), escape(covered));
        end = annotation.span.end;
    }
    out += &escape(document.text.get(end..).unwrap_or_default());
    out += "</pre>\n</body>\n</html>\n";
    Ok(out)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\r', "&#13;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Annotation;
    use crate::labels::EntityType;
    use crate::text::Span;

    #[test]
    fn nothing_of_the_note_is_markup() {
        let text = "<img src=x onerror=alert(1)> & \"Zoë\"\r\n</pre>";
        let at = text.find("Zoë").unwrap();
        let annotations = vec![Annotation { span: Span::new(at, at + "Zoë".len()), entity_type: EntityType::Patient }];
        let page = write(&Document { id: "</title>".into(), text: text.into(), annotations }).unwrap();
        assert!(page.contains("&lt;img src=x onerror=alert(1)&gt; &amp; &quot;<mark class=\"NAME\" data-type=\"PATIENT\">Zoë</mark>&quot;&#13;\n&lt;/pre&gt;</pre>"));
        assert!(page.contains("<title>&lt;/title&gt;</title>"));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let annotations = vec![Annotation { span: Span::new(1, 9), entity_type: EntityType::Age }];
        assert_eq!(write(&Document { id: "a".into(), text: "é".into(), annotations }).unwrap_err().code(), "CORPUS_INVALID");
    }
}
