//! What people type into fields and searches: numbers, money, periods, codes, words to look for.

use vocab::fold::{fold, name_key, tokens};
use vocab::{
    AreaCode, CitizenId, Decimal, DocumentSymbol, Evidence, Id, Lang, LegacyUnitCode,
    LegalReference, Period, Phone, TaxCode, UnitCode, Vnd, canonical, collate, hex, parse_number,
    sentence_case,
};

use crate::Target;

/// One field.
pub(crate) const WORDS: Target = Target {
    name: "words",
    body: words,
    seeds: || {
        [
            "Sở Thông tin và Truyền thông",
            "Hoà Ninh, hòa ninh",
            "1.234,56",
            "1,234.56",
            "-0,000000001",
            "9223372036854775807",
            "12.500.000 đồng",
            "12,5 tỷ",
            "2023Q1",
            "2023H1",
            "2023",
            "2023-05",
            "2023N9",
            "833/QĐ-UBND",
            "Quyết định số 749/QĐ-TTg ngày 03/6/2020",
            "079123456789",
            "1500123456-001",
            "+84 270 3823 456",
            "0912 345 678",
            "000.00.15.H61",
            "H61.15",
            "29551",
            "01877d99-250c-7ccb-a5e4-c2f4fd213d8a",
            "{\"a\":[1.50,\"x\"],\"b\":null}",
        ]
        .map(|text| text.as_bytes().to_vec())
        .into()
    },
    words: &[
        "\u{302}",
        "\u{323}",
        "đ",
        "Ð",
        "ư",
        "qu",
        "oa\u{301}",
        "\u{fdfa}",
        "İ",
        "ﬁ",
        "１２３",
        "E+308",
        "Q4",
        "H2",
        "N6",
        "/QĐ-",
        "+84",
        "%",
        "triệu",
        "nghìn",
        "số",
        "ngày",
    ],
    longest: 600,
    runs: 15_000,
};

fn words(bytes: &[u8]) {
    let text = &*String::from_utf8_lossy(bytes);
    let folded = fold(text);
    assert_eq!(fold(&folded), folded);
    for token in tokens(text) {
        assert!(!token.is_empty() && token.chars().count() <= 40, "{token}");
    }
    // What is found by a spelling is found by any other that means the same.
    assert_eq!(name_key(&name_key(text)), name_key(text));
    assert!(collate::sort_key_cut(text, 24).len() <= 24);
    assert!(collate::sort_key(text).starts_with(&collate::sort_key_cut(text, 24)));
    let _ = sentence_case(text);
    let _ = LegalReference::find_all(text);
    let _ = hex::decode(text);
    if let Ok(value) = serde_json::from_str(text) {
        let _ = canonical::to_text(&value);
    }
    let _ = parse_number(text, &Evidence::from_texts([text]));
    if let Ok(number) = text.parse::<Decimal>() {
        assert_eq!(number.to_string().parse(), Ok(number));
        assert!(
            Lang::ALL
                .iter()
                .all(|lang| !number.format(*lang).is_empty())
        );
    }
    if let Ok(amount) = text.parse::<Vnd>() {
        assert!(Lang::ALL.iter().all(|lang| !amount.words(*lang).is_empty()));
    }
    if let Ok(period) = text.parse::<Period>() {
        assert_eq!(period.code().parse(), Ok(period));
        assert!(Lang::ALL.iter().all(|lang| !period.label(*lang).is_empty()));
    }
    if let Ok(phone) = text.parse::<Phone>() {
        assert!(!phone.national().is_empty() && !phone.masked().is_empty());
    }
    if let Ok(id) = text.parse::<Id>() {
        assert_eq!(id.to_string().parse(), Ok(id));
    }
    let _ = text.parse::<DocumentSymbol>();
    let _ = text.parse::<CitizenId>();
    let _ = text.parse::<TaxCode>();
    let _ = text.parse::<AreaCode>();
    let _ = text.parse::<UnitCode>();
    let _ = text.parse::<LegacyUnitCode>();
}
