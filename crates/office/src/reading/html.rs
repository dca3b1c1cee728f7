//! Saved web pages. The page is cut into tags as browsers cut it, and read from tag to tag: no
//! tree is built, so nothing that is nested or left open costs more than its length.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::tree::{Builder, Draft, Span};
use super::{Place, ReadError};

pub(super) fn read(text: &str) -> Result<Draft, ReadError> {
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(text));
    // No script is ever run, so the tokenizer never pauses.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let page = tokenizer.sink.page.into_inner();
    match page.failed {
        Some(error) => Err(error),
        None => page.builder.finish(),
    }
}

#[derive(Default)]
struct Sink {
    page: RefCell<Page>,
}

#[derive(Default)]
struct Page {
    builder: Builder,
    failed: Option<ReadError>,
    /// Inside `<head>`, `<style>`, `<script>`: nothing is said.
    silent: Option<&'static str>,
}

/// What these hold is no text of the document.
const SILENT: [&str; 6] = ["head", "style", "script", "noscript", "template", "svg"];
/// These begin and end a paragraph.
const BLOCKS: [&str; 22] = [
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "section",
    "article",
    "header",
    "footer",
    "blockquote",
    "pre",
    "center",
    "caption",
];

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let mut page = self.page.borrow_mut();
        if page.failed.is_some() {
            return TokenSinkResult::Continue;
        }
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        match token {
            Token::CharacterTokens(text) if page.silent.is_none() => {
                // In a page a line break is a space.
                let text = text.replace(['\n', '\r', '\t'], " ");
                page.builder.text(&text, || Place::Line(line));
            }
            Token::TagToken(tag) => {
                if let Err(error) = page.tag(&tag, line) {
                    page.failed = Some(error);
                }
                let raw = tag.kind == TagKind::StartTag && !tag.self_closing;
                match &*tag.name {
                    "script" if raw => return TokenSinkResult::RawData(RawKind::ScriptData),
                    "style" | "noscript" if raw => {
                        return TokenSinkResult::RawData(RawKind::Rawtext);
                    }
                    "title" | "textarea" if raw => {
                        return TokenSinkResult::RawData(RawKind::Rcdata);
                    }
                    _ => {}
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Page {
    fn tag(&mut self, tag: &Tag, line: u32) -> Result<(), ReadError> {
        let name = &*tag.name;
        let opens = tag.kind == TagKind::StartTag;
        if let Some(silent) = self.silent {
            // A body ends a head that nobody closed.
            if (!opens && name == silent) || (silent == "head" && name == "body") {
                self.silent = None;
            }
            return Ok(());
        }
        if opens
            && !tag.self_closing
            && let Some(silent) = SILENT.iter().find(|silent| **silent == name)
        {
            self.silent = Some(silent);
            return Ok(());
        }
        match name {
            "br" => self.builder.line_break(),
            "table" if opens => self.builder.open_table()?,
            "table" => self.builder.close_table(),
            "tr" if opens => self.builder.open_row(line)?,
            "td" | "th" if opens => {
                let span = Span {
                    columns: number(tag, "colspan"),
                    rows: number(tag, "rowspan"),
                    continues: false,
                };
                self.builder.open_cell(span, line)?;
            }
            "td" | "th" => self.builder.close_cell(),
            block if BLOCKS.contains(&block) => {
                self.builder.end_paragraph(!opens && block == "p");
            }
            _ => {}
        }
        Ok(())
    }
}

fn number(tag: &Tag, name: &str) -> usize {
    let attribute = tag.attrs.iter().find(|attr| &*attr.name.local == name);
    attribute
        .and_then(|attr| attr.value.trim().parse().ok())
        .unwrap_or(1)
}
