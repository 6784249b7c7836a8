//! Single values inside records: text forms that read back exactly.

use std::{fmt, marker::PhantomData, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A value written as the text that it displays as, such as a timestamp, a day or an address.
#[derive(Clone, Copy, Debug)]
pub(super) struct Text<T>(pub(super) T);

impl<T: fmt::Display> Serialize for Text<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de, T> Deserialize<'de> for Text<T>
where
    T: FromStr<Err: fmt::Display>,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader<T>(PhantomData<T>);

        impl<T: FromStr<Err: fmt::Display>> de::Visitor<'_> for Reader<T> {
            type Value = T;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("text")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
                text.parse().map_err(|error| E::custom(format_args!("`{text}`: {error}")))
            }
        }

        deserializer.deserialize_str(Reader(PhantomData)).map(Self)
    }
}

/// A hash in hexadecimal.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hex<const N: usize>(pub(super) [u8; N]);

impl<const N: usize> fmt::Display for Hex<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        for byte in self.0 {
            let digits = [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]];
            f.write_str(str::from_utf8(&digits).expect("hexadecimal digits are ASCII"))?;
        }
        Ok(())
    }
}

impl<const N: usize> FromStr for Hex<N> {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("not {N} bytes in hexadecimal");
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|d| u8::try_from(d).ok());
        let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return Err(wrong()) };
        let bytes: Option<Vec<u8>> =
            pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect();
        bytes.and_then(|bytes| bytes.try_into().ok()).map(Self).ok_or_else(wrong)
    }
}

impl<const N: usize> Serialize for Hex<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Text(self).serialize(serializer)
    }
}

impl<'de, const N: usize> Deserialize<'de> for Hex<N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Text::deserialize(deserializer).map(|Text(hex)| hex)
    }
}

/// Bytes of a header, of which nearly all are ASCII: each byte is the character of its number, so
/// that they can be read by eye and come back as they were.
#[derive(Clone, Debug)]
pub(super) struct Latin1(pub(super) Vec<u8>);

impl Serialize for Latin1 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.iter().copied().map(char::from).collect::<String>().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Latin1 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let bytes: Result<Vec<u8>, _> = text.chars().map(u8::try_from).collect();
        bytes.map(Self).map_err(|wide| de::Error::custom(format_args!("in a header: {wide}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_read_back() {
        let text = Hex([0x00, 0x9f, 0xff]).to_string();
        assert_eq!(text, "009fff");
        assert_eq!(text.parse::<Hex<3>>().unwrap().0, [0x00, 0x9f, 0xff]);
    }

    #[test]
    fn a_hash_of_another_length_or_alphabet_is_refused() {
        for text in ["", "00", "009ff", "009fff00", "009fzz", "0é9ff"] {
            assert!(text.parse::<Hex<3>>().is_err(), "{text}");
        }
    }

    #[test]
    fn header_bytes_read_back_whatever_they_are() {
        let bytes: Vec<u8> = (0..=255).collect();
        let text = serde_json::to_string(&Latin1(bytes.clone())).unwrap();
        assert_eq!(serde_json::from_str::<Latin1>(&text).unwrap().0, bytes);
        assert!(serde_json::from_str::<Latin1>("\"\u{100}\"").is_err());
    }
}
