//! The targets, by what they read.

pub(crate) mod decision;
pub(crate) mod expression;
pub(crate) mod files;
pub(crate) mod lists;
pub(crate) mod packs;
pub(crate) mod shapes;
pub(crate) mod words;

/// Words of pages.
const HTML_WORDS: &[&str] = &[
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "</td>",
    "<td colspan=3>",
    "<td rowspan=2>",
    "<th>",
    "<p>",
    "<br>",
    "<script>",
    "</script>",
    "<head>",
    "<!--",
    "-->",
    "&nbsp;",
    "&#0;",
    "&#x110000;",
    "<thead>",
    "<li>",
    "<ol start=9>",
    "rowspan=65534",
];

/// Words of text documents.
const DOCX_WORDS: &[&str] = &[
    "<w:tbl>",
    "</w:tbl>",
    "<w:tr>",
    "</w:tr>",
    "<w:tc>",
    "</w:tc>",
    "<w:p>",
    "</w:p>",
    "<w:p/>",
    "<w:gridSpan w:val=\"9\"/>",
    "<w:vMerge/>",
    "<w:vMerge w:val=\"restart\"/>",
    "<w:t>",
    "</w:t>",
    "<w:del>",
    "</w:del>",
    "<w:gridBefore w:val=\"99999\"/>",
    "<w:numId w:val=\"1\"/>",
    "<w:ilvl w:val=\"8\"/>",
    "<w:pStyle w:val=\"a\"/>",
    "<w:br/>",
    "<w:tab/>",
    "== word/numbering.xml ==\n",
    "== word/styles.xml ==\n",
    "<w:abstractNum w:abstractNumId=\"1\">",
    "<w:lvl w:ilvl=\"0\">",
    "<w:lvlText w:val=\"%1.%2)\"/>",
    "<w:start w:val=\"2147483647\"/>",
];

/// Words of spreadsheets.
const XLSX_WORDS: &[&str] = &[
    "<row r=\"1\">",
    "</row>",
    "<c r=\"A1\">",
    "</c>",
    "<c r=\"XFD1048576\" t=\"s\">",
    "<v>",
    "</v>",
    "t=\"inlineStr\"",
    "<is><t>",
    "</t></is>",
    "<mergeCell ref=\"A1:XFD1048576\"/>",
    "<mergeCells>",
    "<f>",
    "</f>",
    "<f t=\"shared\" ref=\"A1:A9\" si=\"0\">",
    "1e308",
    "-1",
    "4294967295",
    "<sst>",
    "<si>",
    "</si>",
    "<cols>",
    "<dimension ref=\"A1:XFD1048576\"/>",
    "numFmtId=\"14\"",
    "s=\"1\"",
];
