//! Kinds of documents and their abbreviations.

use crate::{Bilingual, Lang};

/// A kind of document that has a name of its own (NĐ 30/2020/NĐ-CP Điều 7 và Phụ lục III;
/// Luật Ban hành văn bản quy phạm pháp luật).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentKind(usize);

/// Abbreviation, Vietnamese name, English name.
const KINDS: [(&str, &str, &str); 34] = [
    ("NQ", "Nghị quyết", "Resolution"),
    ("QĐ", "Quyết định", "Decision"),
    ("CT", "Chỉ thị", "Directive"),
    ("QC", "Quy chế", "Statute"),
    ("QyĐ", "Quy định", "Regulation"),
    ("TC", "Thông cáo", "Communiqué"),
    ("TB", "Thông báo", "Notice"),
    ("HD", "Hướng dẫn", "Guidance"),
    ("CTr", "Chương trình", "Programme"),
    ("KH", "Kế hoạch", "Plan"),
    ("PA", "Phương án", "Scheme"),
    ("ĐA", "Đề án", "Project proposal"),
    ("DA", "Dự án", "Project"),
    ("BC", "Báo cáo", "Report"),
    ("BB", "Biên bản", "Minutes"),
    ("TTr", "Tờ trình", "Submission"),
    ("HĐ", "Hợp đồng", "Contract"),
    ("CĐ", "Công điện", "Dispatch"),
    ("BGN", "Bản ghi nhớ", "Memorandum"),
    ("BTT", "Bản thỏa thuận", "Agreement"),
    ("GUQ", "Giấy ủy quyền", "Letter of authority"),
    ("GM", "Giấy mời", "Invitation"),
    ("GGT", "Giấy giới thiệu", "Letter of introduction"),
    ("GNP", "Giấy nghỉ phép", "Leave form"),
    ("PG", "Phiếu gửi", "Sending slip"),
    ("PC", "Phiếu chuyển", "Transfer slip"),
    ("PB", "Phiếu báo", "Notice slip"),
    ("NĐ", "Nghị định", "Decree"),
    ("TT", "Thông tư", "Circular"),
    ("TTLT", "Thông tư liên tịch", "Joint circular"),
    ("NQLT", "Nghị quyết liên tịch", "Joint resolution"),
    ("PL", "Pháp lệnh", "Ordinance"),
    ("KL", "Kết luận", "Conclusion"),
    ("L", "Luật", "Law"),
];

impl DocumentKind {
    /// The kind with this abbreviation, in either case.
    pub fn lookup(abbreviation: &str) -> Option<Self> {
        let wanted = abbreviation.to_lowercase();
        let at = KINDS
            .iter()
            .position(|(short, ..)| short.to_lowercase() == wanted)?;
        Some(Self(at))
    }

    /// The abbreviation in a symbol: `QĐ`.
    pub fn abbreviation(self) -> &'static str {
        KINDS[self.0].0
    }

    /// The name: `Quyết định`, `Decision`.
    pub fn name(self) -> Bilingual {
        let (_, vi, en) = KINDS[self.0];
        Bilingual::new(vi, en)
    }

    pub(super) fn name_in(self, lang: Lang) -> &'static str {
        let (_, vi, en) = KINDS[self.0];
        match lang {
            Lang::Vi => vi,
            Lang::En => en,
        }
    }
}

impl std::fmt::Debug for DocumentKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.abbreviation())
    }
}
