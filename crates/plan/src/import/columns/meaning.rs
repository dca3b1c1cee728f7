//! What the titles of columns mean.

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Meaning {
    Number,
    Name,
    Goal,
    Lead,
    Partner,
    LegalBasis,
    Total,
    Recurrent,
    Capital,
    Note,
    Due,
}

impl Meaning {
    /// What its title would hold, for messages.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Number => "TT",
            Self::Name => "Nhiệm vụ",
            Self::Goal => "Mục tiêu",
            Self::Lead => "Chủ trì",
            Self::Partner => "Phối hợp",
            Self::LegalBasis => "Căn cứ",
            Self::Total => "Tổng cộng",
            Self::Recurrent => "Nguồn sự nghiệp",
            Self::Capital => "Nguồn đầu tư",
            Self::Note => "Ghi chú",
            Self::Due => "Thời gian",
        }
    }
}

/// Folded words of titles. Meanings stand in the order in which they are tried, words with the
/// surest first: of two columns with one meaning the surer one has it.
const TITLES: [(Meaning, &[&str]); 10] = [
    (Meaning::Note, &["ghi chu"]),
    (Meaning::Partner, &["phoi hop"]),
    (
        Meaning::Lead,
        &[
            "chu tri",
            "chu dau tu",
            "dau moi",
            "don vi thuc hien",
            "co quan thuc hien",
            "chiu trach nhiem",
            "don vi de xuat",
        ],
    ),
    (
        Meaning::LegalBasis,
        &[
            "can cu",
            "co so phap ly",
            "van ban phap ly",
            "van ban chi dao",
        ],
    ),
    (
        Meaning::Due,
        &["thoi gian", "thoi han", "tien do", "han hoan thanh"],
    ),
    (
        Meaning::Recurrent,
        &[
            "su nghiep",
            "chi thuong xuyen",
            "von thuong xuyen",
            "nguon thuong xuyen",
            "thuong xuyen",
        ],
    ),
    (
        Meaning::Capital,
        &[
            "nguon dau tu",
            "von dau tu",
            "chi dau tu",
            "dau tu cong",
            "dau tu phat trien",
            "xdcb",
            "xay dung co ban",
        ],
    ),
    (
        Meaning::Total,
        &[
            "tong cong",
            "tong so",
            "tong kinh phi",
            "tong muc",
            "tong du toan",
            "kinh phi",
            "du toan",
            "thanh tien",
            "so tien",
        ],
    ),
    (
        Meaning::Goal,
        &[
            "muc tieu",
            "chi tieu",
            "ket qua",
            "san pham",
            "yeu cau can dat",
        ],
    ),
    (
        Meaning::Name,
        &[
            "nhiem vu",
            "noi dung",
            "ten ",
            "hang muc",
            "du an",
            "hoat dong",
            "cong viec",
            "giai phap",
        ],
    ),
];
const NUMBERS: [&str; 6] = ["tt", "stt", "so tt", "so thu tu", "thu tu", "so"];
/// Where money comes from, in words: no amounts stand in such a column.
const NO_MEANING: [&str; 3] = ["nguon kinh phi", "nguon von", "don vi tinh"];

/// A title is no longer, in characters.
pub(crate) const LONGEST_TITLE: usize = 160;
/// Further down the list than any word: a meaning that only the title above gives.
const FROM_ABOVE: usize = 100;

/// What a column means by its own title, or else by all titles above it, folded; and how sure that
/// is, the surest first.
pub(crate) fn meaning(leaf: &str, path: &str) -> Option<(Meaning, usize)> {
    if path.len() > 2 * LONGEST_TITLE {
        return None;
    }
    if NUMBERS.contains(&leaf) || NUMBERS.contains(&path) {
        return Some((Meaning::Number, 0));
    }
    if NO_MEANING.iter().any(|words| leaf.starts_with(words)) {
        return None;
    }
    let by = |title: &str| {
        TITLES.iter().find_map(|(meaning, words)| {
            let at = words.iter().position(|word| {
                if word.ends_with(' ') {
                    title.starts_with(word)
                } else {
                    title.contains(word)
                }
            })?;
            Some((*meaning, at))
        })
    };
    by(leaf).or_else(|| by(path).map(|(meaning, at)| (meaning, at + FROM_ABOVE)))
}
