//! A report as one HTML page that needs nothing else: no script, no picture, no
//! address to load from. It is the Markdown form with a style around it.

use pulldown_cmark::html::push_html;
use pulldown_cmark::{Event, Options, Parser};

use super::markdown;
use crate::check::{Outcome, Report};

const STYLE: &str = include_str!("report.css");

/// The whole page of a report.
pub fn html(report: &Report) -> String {
    let outcome = match report.outcome {
        Outcome::Passed => "passed",
        Outcome::Warned => "warned",
        Outcome::Failed => "failed",
        Outcome::Cancelled => "cancelled",
    };
    page(&markdown(report), outcome)
}

/// A page of Markdown that begins with its title; `tone` is a class of the style.
pub(crate) fn page(text: &str, tone: &str) -> String {
    // Escaping leaves no markup in the text; should any be taken for it, it is shown as text all the same.
    let events = Parser::new_ext(text, Options::ENABLE_TABLES).map(|event| match event {
        Event::Html(raw) | Event::InlineHtml(raw) => Event::Text(raw),
        other => other,
    });
    let mut body = String::new();
    push_html(&mut body, events);
    let mut title = String::new();
    let heading = text.lines().next().unwrap_or_default().trim_start_matches("# ");
    push_html(&mut title, Parser::new(heading).filter(|event| matches!(event, Event::Text(_))));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body class=\"{tone}\">\n<main>\n{body}</main>\n</body>\n</html>\n"
    )
}
