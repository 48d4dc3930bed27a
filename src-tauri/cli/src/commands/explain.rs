//! `incorta-mail explain`: the failure catalogue in the terminal.

use mail_setup_core::diagnosis::{FailurePage, catalogue, explain as find};
use mail_setup_core::words;

use crate::Failure;
use crate::terminal::{self, COMMAND, STRONG, rows, styled, wrapped};

/// Prints the page of a code, or every code with its title.
pub fn explain(code: Option<&str>) -> Result<u8, Failure> {
    let Some(code) = code else {
        terminal::out(&rows(catalogue().into_iter().map(|page| [page.code, page.title])));
        return Ok(0);
    };
    let page = find(code)
        .ok_or_else(|| Failure::usage(format!("there is no finding {code}: 'incorta-mail explain' lists them all")))?;
    terminal::out(&shown(&page));
    Ok(0)
}

fn shown(page: &FailurePage) -> String {
    let owner = page.owner.name();
    let part = if page.part == 0 { owner } else { format!("Part {}, {owner}", page.part) };
    let labelled = |id: &str, text: &str| wrapped(&format!("{}: {text}", words::text(id, &[])), "", "  ");
    let mut text = format!("{}\n{part}\n\n", styled(STRONG, &page.title));
    text.push_str(&labelled("failures-seen", &page.seen));
    text.push_str(&labelled("failures-why", &page.explanation));
    text.push('\n');
    for fix in &page.fixes {
        text.push_str(&wrapped(&fix.text, "> ", "  "));
        for line in fix.command.iter().chain(&fix.url) {
            text.push_str(&format!("    {}\n", styled(COMMAND, line)));
        }
    }
    text
}
