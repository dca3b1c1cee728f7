use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::Lang;

fn symbol(text: &str) -> DocumentSymbol {
    text.parse().unwrap()
}

#[test]
fn forms_of_symbols() {
    for (text, proper) in [
        ("833/QĐ-UBND", "833/QĐ-UBND"),
        ("833/QÐ-UBND", "833/QĐ-UBND"),
        ("394/QĐ- UBND", "394/QĐ-UBND"),
        ("394/QĐ UBND", "394/QĐ-UBND"),
        ("9 / KH – UBND", "09/KH-UBND"),
        ("07-NQ/TU", "07-NQ/TU"),
        ("07- NQ/TU", "07-NQ/TU"),
        ("12/2022/TT-BTTTT", "12/2022/TT-BTTTT"),
        ("47/2020/NĐ- CP", "47/2020/NĐ-CP"),
        ("749/qđ-TTg", "749/QĐ-TTg"),
        ("67/2006/QH11", "67/2006/QH11"),
        ("6621/UBND-PVHCC", "6621/UBND-PVHCC"),
        ("1675/SNN&PTNT-VP", "1675/SNN&PTNT-VP"),
        ("15/2021/TTLT-BTTTT-BNV", "15/2021/TTLT-BTTTT-BNV"),
        ("05/QĐ-BCĐ", "05/QĐ-BCĐ"),
        ("12a/QĐ-UBND", "12a/QĐ-UBND"),
        ("12A/QĐ-UBND", "12a/QĐ-UBND"),
        ("7đ-NQ/TU", "07đ-NQ/TU"),
        ("12b / 2022/TT-BTTTT", "12b/2022/TT-BTTTT"),
        ("6621a/UBND-PVHCC", "6621a/UBND-PVHCC"),
    ] {
        assert_eq!(symbol(text).to_string(), proper, "{text}");
    }
    let letter = symbol("6621/UBND-PVHCC");
    assert_eq!(
        (letter.kind, letter.drafter.as_deref()),
        (None, Some("PVHCC"))
    );
    let circular = symbol("12/2022/TT-BTTTT");
    assert_eq!(
        (circular.year, circular.issuer.as_str()),
        (Some(2022), "BTTTT")
    );
    assert_eq!(circular.kind.unwrap().name().get(Lang::Vi), "Thông tư");
}

#[test]
fn other_texts_are_refused() {
    for text in [
        "",
        "833",
        "833/",
        "QĐ-UBND",
        "14/4/2023",
        "24/7",
        "833/QĐ-",
        "833/QĐ-tỉnh",
        "5/km",
        "1234567/QĐ-UBND",
        "07-NQ",
        "833/QĐ-UBND tỉnh",
        "07-XX/TU",
        "12/2022/",
        "12ab/QĐ-UBND",
        "12 a/QĐ-UBND",
        "a/QĐ-UBND",
        "12a",
    ] {
        assert!(text.parse::<DocumentSymbol>().is_err(), "{text}");
    }
}

#[test]
fn references_are_found_in_running_text() {
    let text = "Thực hiện Nghị quyết số 07-NQ/TU ngày 16/11/2022 của Tỉnh ủy; QĐ số 662/QĐ UBND, \
                ngày 28/3/2019 của UBND tỉnh; Quyết định 131a/QĐ-TTg, trực 24/7; Luật 67/2006/QH11; \
                Công văn số 134/THH-THHT ngày 31/02/2022; Kế hoạch 2021-2025/KH.";
    let found = LegalReference::find_all(text);
    let dated: Vec<_> = found
        .iter()
        .map(|found| (found.symbol.to_string(), found.date))
        .collect();
    let expected = [
        ("07-NQ/TU", Some(date(2022, 11, 16))),
        ("662/QĐ-UBND", Some(date(2019, 3, 28))),
        ("131a/QĐ-TTg", None),
        ("67/2006/QH11", None),
        ("134/THH-THHT", None),
    ];
    assert_eq!(
        dated,
        expected.map(|(symbol, date)| (symbol.to_owned(), date))
    );
    assert_eq!(
        found[0].label(Lang::Vi),
        "Nghị quyết số 07-NQ/TU ngày 16/11/2022"
    );
    assert_eq!(
        found[1].label(Lang::Vi),
        "Quyết định số 662/QĐ-UBND ngày 28/3/2019"
    );
    assert_eq!(
        found[1].label(Lang::En),
        "Decision 662/QĐ-UBND of 28 March 2019"
    );
    assert_eq!(found[4].label(Lang::Vi), "Công văn số 134/THH-THHT");
}

proptest! {
    #[test]
    fn a_proper_symbol_reads_back(
        number in 1_u32..1_000_000,
        letter in prop::option::of(prop::sample::select(vec!['a', 'b', 'đ'])),
        kind in prop::sample::select(vec!["QĐ", "NQ", "CTr", "TT"]),
        year in prop::option::of(1990_u16..2100),
        issuer in "[A-ZĐ]{2,6}(-[A-ZĐ]{2,6})?",
        form in 0..3,
    ) {
        let kind = DocumentKind::lookup(kind);
        // An issuer that is itself an abbreviation of a kind would be read as one.
        let first = issuer.split('-').next().unwrap();
        prop_assume!(DocumentKind::lookup(first).is_none());
        let symbol = match form {
            0 => DocumentSymbol { number, letter, year, kind, issuer, drafter: None, party_form: false },
            1 => DocumentSymbol { number, letter, year: None, kind, issuer, drafter: None, party_form: true },
            _ => DocumentSymbol {
                number,
                letter,
                year,
                kind: None,
                issuer: first.to_owned(),
                drafter: issuer.split_once('-').map(|(_, drafter)| drafter.to_owned()),
                party_form: false,
            },
        };
        let text = symbol.to_string();
        prop_assert_eq!(text.parse(), Ok(symbol.clone()));
        let cited = LegalReference::find_all(&format!("theo {text}, ngày 14/4/2023."));
        prop_assert_eq!(cited, [LegalReference { symbol, date: Some(date(2023, 4, 14)) }]);
    }

    #[test]
    fn any_text_can_be_searched(text in "[0-9QĐUBND/ ,.&\u{110}ngày-]{0,40}") {
        for found in LegalReference::find_all(&text) {
            prop_assert_eq!(found.symbol.to_string().parse(), Ok(found.symbol));
        }
    }
}
