use proptest::prelude::*;

use super::*;
use crate::Lang;
use crate::decimal::tests::decimals;

fn read(text: &str, evidence: &Evidence) -> (String, Why) {
    let parsed = parse_number(text, evidence).unwrap();
    (parsed.value.to_string(), parsed.why)
}

#[test]
fn some_texts_need_no_evidence() {
    let none = Evidence::default();
    let vietnamese = Why::OneReading(Form::Vietnamese);
    let english = Why::OneReading(Form::English);
    for (text, value, why) in [
        ("750", "750", Why::SameEitherWay),
        (" 05 ", "5", Why::SameEitherWay),
        ("1 337 124", "1337124", Why::SameEitherWay),
        ("−7", "-7", Why::SameEitherWay),
        ("-0,0", "0.0", vietnamese.clone()),
        ("1.234,5", "1234.5", vietnamese.clone()),
        ("48.855.719.072", "48855719072", vietnamese.clone()),
        ("0,912", "0.912", vietnamese.clone()),
        ("17,45", "17.45", vietnamese.clone()),
        ("1234,567", "1234.567", vietnamese),
        ("1,234.5", "1234.5", english.clone()),
        ("28.8", "28.8", english.clone()),
        ("0.500", "0.500", english.clone()),
        ("3,000,000", "3000000", english.clone()),
        ("1.2345", "1.2345", english),
        ("0,000", "0.000", Why::OneReading(Form::Vietnamese)),
    ] {
        assert_eq!(read(text, &none), (value.to_owned(), why), "{text}");
    }
}

#[test]
fn what_is_no_number_is_refused() {
    for text in [
        "",
        "-",
        "abc",
        "1.2.3",
        "1,23,456",
        "1.234,567.8",
        ".5",
        "5,",
        "1..2",
        "1 23",
        "12%",
        "1.234.56",
        "--1",
        "٣",
    ] {
        let error = parse_number(text, &Evidence::default()).unwrap_err();
        assert_eq!(error, NumberError::Malformed(text.to_owned()));
    }
    let huge = "99.999.999.999.999.999.999";
    let error = parse_number(huge, &Evidence::default()).unwrap_err();
    assert_eq!(error.code(), "number-too-large");
}

#[test]
fn without_evidence_there_is_no_answer() {
    for (text, vietnamese, english) in [
        ("3,000", "3.000", "3000"),
        ("912.912", "912912", "912.912"),
        ("8.624", "8624", "8.624"),
    ] {
        let expected = NumberError::Ambiguous {
            text: text.to_owned(),
            vietnamese: vietnamese.parse().unwrap(),
            english: english.parse().unwrap(),
            doubt: Doubt::NoEvidence,
        };
        assert_eq!(parse_number(text, &Evidence::default()), Err(expected));
    }
}

#[test]
fn the_annex_is_english_and_its_notes_are_vietnamese() {
    let column = Evidence::from_texts(["3,000", "750", "465.5", "28.8", "912.912", ""]);
    let why = Why::Witnessed {
        form: Form::English,
        witness: "465.5".to_owned(),
        count: 2,
    };
    assert_eq!(read("3,000", &column), ("3000".to_owned(), why.clone()));
    assert_eq!(read("912.912", &column), ("912.912".to_owned(), why));

    let mut body = Evidence::default();
    body.see_amounts(
        "Kiến trúc 2.0, ngày 14.4.2023, tăng 17,45% so với năm 2021; tổng kinh phí: \
         48.855.719.072 đồng, riêng 8.624 triệu đồng",
    );
    let (value, why) = read("8.624", &body);
    assert_eq!(value, "8624");
    let Why::Witnessed { witness, count, .. } = why else {
        panic!("{why:?}");
    };
    assert_eq!((witness.as_str(), count), ("17,45", 2));
}

#[test]
fn a_sum_that_adds_up_one_way_is_evidence() {
    let mut evidence = Evidence::default();
    evidence.see_sum("3,000", &["1,000", "2,000"]);
    assert_eq!(evidence.verdict(), Verdict::Silent);
    evidence.see_sum("3,640", &["1,312", "1,828", "500"]);
    let (value, why) = read("4,980", &evidence);
    assert_eq!(value, "4980");
    assert_eq!(why.form(), Some(Form::English));
}

#[test]
fn one_voice_against_many_is_a_contradiction() {
    let mut evidence = Evidence::from_texts(["1,5", "2,5", "3,5", "1.5"]);
    let error = parse_number("3,000", &evidence).unwrap_err();
    assert!(matches!(
        error,
        NumberError::Ambiguous {
            doubt: Doubt::Contradictory { .. },
            ..
        }
    ));
    evidence = Evidence::stated(Form::Vietnamese);
    assert_eq!(read("3,000", &evidence).1, Why::Stated(Form::Vietnamese));
    assert_eq!(read("28.8", &evidence).1, Why::OneReading(Form::English));
}

#[test]
fn a_silent_column_asks_the_document() {
    let [column, document] = [vec!["3,000"], vec!["28.8"]].map(Evidence::from_texts);
    assert_eq!(column.or_wider(&document), &document);
    assert_eq!(document.or_wider(&column), &document);
}

proptest! {
    #[test]
    fn a_formatted_number_is_never_misread(value in decimals(), lang in prop::sample::select(Lang::ALL.to_vec())) {
        let text = value.format(lang);
        match parse_number(&text, &Evidence::default()) {
            Ok(parsed) => prop_assert_eq!(parsed.value, value),
            Err(NumberError::Ambiguous { vietnamese, english, .. }) => {
                prop_assert!(vietnamese == value || english == value);
            }
            Err(other) => prop_assert!(false, "{text}: {other}"),
        }
        let stated = Evidence::stated(Form::of(lang));
        prop_assert_eq!(parse_number(&text, &stated).unwrap().value, value);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[-+0-9., \u{a0}]{0,16}") {
        let mut evidence = Evidence::default();
        evidence.see_amounts(&format!("{text}%"));
        if let Ok(parsed) = parse_number(&text, &evidence) {
            let digits = |text: &str| {
                let digits: String = text.chars().filter(char::is_ascii_digit).collect();
                digits.trim_start_matches('0').to_owned()
            };
            prop_assert_eq!(digits(&parsed.value.to_string()), digits(&text));
        }
    }
}
