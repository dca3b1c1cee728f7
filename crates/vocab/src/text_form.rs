//! What the types that are written as text share.

/// Serialises a type as its text and reads it back through `FromStr`. Messages of the
/// type's error must not repeat personal data.
macro_rules! serde_as_text {
    ($type:ty, $text:expr) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let text = $text;
                serializer.collect_str(&text(self))
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                // The format's own message would repeat the value.
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)
                    .map_err(|_| serde::de::Error::custom("expected a text in quotes"))?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

pub(crate) use serde_as_text;
