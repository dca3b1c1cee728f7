//! Numbers as people type them into a form.

pub(super) use registry::numbers::{decimal, whole};
use vocab::{Decimal, Lang};

/// A decimal as a form holds it: one that would be asked about when it comes back gets one
/// more place.
pub(super) fn typed(value: Decimal, lang: Lang) -> String {
    match value.scale() {
        3 => value.rescale(4).unwrap_or(value).format(lang),
        _ => value.format(lang),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_could_be_two_numbers_is_asked_about() {
        for (text, lang, read) in [
            ("1.655", Lang::Vi, Ok(1655)),
            ("1,655", Lang::En, Ok(1655)),
            ("1655", Lang::Vi, Ok(1655)),
            ("1.655.000", Lang::En, Ok(1_655_000)),
            ("1,655", Lang::Vi, Err("number-ambiguous")),
            ("1.655", Lang::En, Err("number-ambiguous")),
            ("1.000,5.2", Lang::Vi, Err("number-malformed")),
            ("12a", Lang::Vi, Err("number-malformed")),
            ("", Lang::Vi, Err("number-malformed")),
            ("12,5", Lang::Vi, Err("not-whole")),
            ("9999999999999999999999", Lang::Vi, Err("number-too-large")),
        ] {
            let found = whole("tu-so", text, lang).map_err(|problem| problem.code);
            assert_eq!(found, read.map_err(str::to_owned), "{text}");
        }
        let asked = whole("tu-so", "1,655", Lang::Vi).unwrap_err();
        assert_eq!(asked.args["whole"], "1655");
        assert_eq!(asked.args["fraction"], "1,6550");
    }

    proptest! {
        /// Whatever a form is filled with comes back as the same number.
        #[test]
        fn what_was_saved_can_be_saved_again(mantissa in 0_i64..1_000_000_000_000, scale in 0_u8..=4) {
            let value = Decimal::new(mantissa, scale).unwrap();
            for lang in Lang::ALL {
                let read = decimal("so-luong", &typed(value, lang), lang);
                prop_assert_eq!(read.unwrap().normalized(), value.normalized());
            }
        }
    }
}
