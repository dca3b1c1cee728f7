//! The parts of the package beside the document itself.

use std::fmt::Write;

use vocab::Instant;

use super::setup::{Look, Setup, Style};
use super::text::escape;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
pub(super) const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

/// The list that headings take their numbers from.
const HEADINGS: u8 = 1;

/// What a document says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Properties {
    /// Its title.
    pub title: String,
    /// Who wrote it: the agency.
    pub creator: String,
}

/// Parts with their names, all but the document, in the order of the package.
pub(super) fn around(
    setup: &Setup,
    properties: &Properties,
    made: Instant,
) -> Vec<(&'static str, String)> {
    vec![
        ("[Content_Types].xml", types()),
        ("_rels/.rels", package_links()),
        ("docProps/core.xml", core(properties, made)),
        ("word/_rels/document.xml.rels", document_links()),
        ("word/styles.xml", styles(setup)),
        ("word/numbering.xml", numbering(setup)),
        ("word/settings.xml", settings()),
        ("word/header1.xml", page_number()),
        ("word/header2.xml", no_number()),
    ]
}

fn types() -> String {
    let mut text = format!(
        "{HEAD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>"
    );
    for (part, kind) in [
        ("document", "document.main"),
        ("styles", "styles"),
        ("numbering", "numbering"),
        ("settings", "settings"),
        ("header1", "header"),
        ("header2", "header"),
    ] {
        let _ = write!(
            text,
            "<Override PartName=\"/word/{part}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml\"/>"
        );
    }
    text + "</Types>"
}

fn links<'a>(links: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut text = format!(
        "{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    );
    for (number, (kind, target)) in (1..).zip(links) {
        let _ = write!(
            text,
            "<Relationship Id=\"rId{number}\" Type=\"http://schemas.openxmlformats.org/{kind}\" Target=\"{target}\"/>"
        );
    }
    text + "</Relationships>"
}

fn package_links() -> String {
    links([
        (
            "officeDocument/2006/relationships/officeDocument",
            "word/document.xml",
        ),
        (
            "package/2006/relationships/metadata/core-properties",
            "docProps/core.xml",
        ),
    ])
}

/// The relationship of the header with the page's number.
pub(super) const NUMBERED: &str = "rId4";
/// The relationship of the empty header of the first page.
pub(super) const UNNUMBERED: &str = "rId5";

fn document_links() -> String {
    links([
        ("officeDocument/2006/relationships/styles", "styles.xml"),
        (
            "officeDocument/2006/relationships/numbering",
            "numbering.xml",
        ),
        ("officeDocument/2006/relationships/settings", "settings.xml"),
        ("officeDocument/2006/relationships/header", "header1.xml"),
        ("officeDocument/2006/relationships/header", "header2.xml"),
    ])
}

fn core(properties: &Properties, made: Instant) -> String {
    let mut text = format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>"
    );
    escape(&mut text, &properties.title);
    text.push_str("</dc:title><dc:creator>");
    escape(&mut text, &properties.creator);
    let made = made.in_vietnam().timestamp().strftime("%Y-%m-%dT%H:%M:%SZ");
    let _ = write!(
        text,
        "</dc:creator><dc:language>vi-VN</dc:language>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{made}</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{made}</dcterms:modified></cp:coreProperties>"
    );
    text
}

fn styles(setup: &Setup) -> String {
    let mut font = String::new();
    escape(&mut font, &setup.font);
    let size = setup.look(Style::Body).half_points;
    let mut text = format!(
        "{HEAD}<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr>\
         <w:rFonts w:ascii=\"{font}\" w:hAnsi=\"{font}\" w:eastAsia=\"{font}\" w:cs=\"{font}\"/>\
         <w:color w:val=\"000000\"/><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>\
         <w:lang w:val=\"vi-VN\" w:eastAsia=\"vi-VN\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>\
         <w:pPrDefault/></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>\
         <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/>\
         <w:uiPriority w:val=\"99\"/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar>\
         <w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"85\" w:type=\"dxa\"/>\
         <w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"85\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>"
    );
    for style in Style::ALL {
        write_style(&mut text, *style, &setup.look(*style));
    }
    text + "</w:styles>"
}

fn write_style(text: &mut String, style: Style, look: &Look) {
    let _ = write!(
        text,
        "<w:style w:type=\"paragraph\"{} w:styleId=\"{}\"><w:name w:val=\"{}\"/><w:basedOn w:val=\"Normal\"/>",
        // Programs know the others by their names already.
        if matches!(
            style,
            Style::Body
                | Style::Heading1
                | Style::Heading2
                | Style::Heading3
                | Style::Title
                | Style::Subtitle
                | Style::Caption
                | Style::PageNumber
        ) {
            ""
        } else {
            " w:customStyle=\"1\""
        },
        style.id(),
        style.words()
    );
    if style.outline().is_some() {
        let _ = write!(text, "<w:next w:val=\"{}\"/>", Style::Body.id());
    }
    text.push_str("<w:qFormat/><w:pPr>");
    if look.with_next {
        text.push_str("<w:keepNext/><w:keepLines/>");
    }
    let level = match style {
        Style::Heading1 => Some(0),
        Style::Heading2 => Some(1),
        Style::Heading3 => Some(2),
        _ => None,
    };
    if let Some(level) = level {
        let _ = write!(
            text,
            "<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{HEADINGS}\"/></w:numPr>"
        );
    }
    let _ = write!(
        text,
        "<w:spacing w:before=\"{}\" w:after=\"{}\" w:line=\"{}\" w:lineRule=\"auto\"/>\
         <w:ind w:left=\"0\" w:firstLine=\"{}\"/><w:jc w:val=\"{}\"/>",
        look.before.twips(),
        look.after.twips(),
        u32::from(look.line_percent) * 240 / 100,
        look.first_line.twips(),
        look.align.value()
    );
    if let Some(level) = style.outline() {
        let _ = write!(text, "<w:outlineLvl w:val=\"{level}\"/>");
    }
    text.push_str("</w:pPr><w:rPr>");
    if look.bold {
        text.push_str("<w:b/><w:bCs/>");
    }
    if look.italic {
        text.push_str("<w:i/><w:iCs/>");
    }
    let _ = write!(
        text,
        "<w:sz w:val=\"{0}\"/><w:szCs w:val=\"{0}\"/></w:rPr></w:style>",
        look.half_points
    );
}

fn numbering(setup: &Setup) -> String {
    let mut text = format!(
        "{HEAD}<w:numbering {W}><w:abstractNum w:abstractNumId=\"0\"><w:multiLevelType w:val=\"multilevel\"/>"
    );
    let styles = [Style::Heading1, Style::Heading2, Style::Heading3];
    for (level, (numbers, style)) in setup.numbers.iter().zip(styles).enumerate() {
        let _ = write!(
            text,
            "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{}\"/><w:pStyle w:val=\"{}\"/>\
             <w:suff w:val=\"space\"/><w:lvlText w:val=\"%{}",
            numbers.form.value(),
            style.id(),
            level + 1
        );
        escape(&mut text, &numbers.after.to_string());
        let _ = write!(
            text,
            "\"/><w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"0\" w:firstLine=\"{}\"/></w:pPr></w:lvl>",
            setup.look(style).first_line.twips()
        );
    }
    let _ = write!(
        text,
        "</w:abstractNum><w:num w:numId=\"{HEADINGS}\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>"
    );
    text
}

fn settings() -> String {
    format!(
        "{HEAD}<w:settings {W}><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"720\"/>\
         <w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>\
         <w:themeFontLang w:val=\"vi-VN\"/></w:settings>"
    )
}

fn page_number() -> String {
    format!(
        "{HEAD}<w:hdr {W}><w:p><w:pPr><w:pStyle w:val=\"{}\"/></w:pPr>\
         <w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>\
         <w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>\
         <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>2</w:t></w:r>\
         <w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p></w:hdr>",
        Style::PageNumber.id()
    )
}

fn no_number() -> String {
    format!(
        "{HEAD}<w:hdr {W}><w:p><w:pPr><w:pStyle w:val=\"{}\"/></w:pPr></w:p></w:hdr>",
        Style::PageNumber.id()
    )
}
