//! One text in every way of writing letters.

use office::{Encoding, reading};

const TEXT: &str = "Quyết định về kế hoạch của tỉnh và các sở; CỘNG HÒA, được thực hiện đến xã";
const TCVN3: &[u8] = b"Quy\xd5t \xae\xdenh v\xd2 k\xd5 ho\xb9ch c\xf1a t\xd8nh v\xb5 c\xb8c s\xeb; C\xe9NG H\xdfA, \xae\xad\xeec th\xf9c hi\xd6n \xae\xd5n x\xb7";

fn read(bytes: &[u8]) -> (String, Encoding) {
    let read = reading::read(bytes).unwrap();
    (read.text, read.encoding.unwrap())
}

#[test]
fn unicode_in_its_forms() {
    let bom = [b"\xef\xbb\xbf", TEXT.as_bytes()].concat();
    assert_eq!(read(TEXT.as_bytes()), (TEXT.to_owned(), Encoding::Utf8));
    assert_eq!(read(&bom), (TEXT.to_owned(), Encoding::Utf8));
    let units = || TEXT.encode_utf16();
    let little: Vec<u8> = units().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = units().flat_map(u16::to_be_bytes).collect();
    for bytes in [
        [&b"\xff\xfe"[..], &little].concat(),
        [&b"\xfe\xff"[..], &big].concat(),
        little,
        big,
    ] {
        assert_eq!(read(&bytes), (TEXT.to_owned(), Encoding::Utf16));
    }
}

#[test]
fn letters_of_before_unicode() {
    assert_eq!(read(TCVN3), (TEXT.to_owned(), Encoding::Tcvn3));
    let vni =
        "Quyeát ñònh veà keá hoaïch cuûa tænh vaø caùc sôû; COÄNG HOØA, ñöôïc thöïc hieän ñeán xaõ";
    let (bytes, ..) = encoding_rs::WINDOWS_1252.encode(vni);
    assert_eq!(read(&bytes), (TEXT.to_owned(), Encoding::Vni));
    // The same letters in a Unicode file, where somebody only changed the font.
    assert_eq!(read(vni.as_bytes()), (TEXT.to_owned(), Encoding::Vni));
}

#[test]
fn letters_in_no_known_way_are_not_guessed() {
    let bytes = [0xd0, 0xff, 0xfe, 0x41, 0xe9];
    assert_eq!(reading::read(&bytes), Err(office::ReadError::Encoding));
}

#[test]
fn french_and_german_stay_what_they_are() {
    for text in ["à côté, déjà, où, naïve, Öl, größer", "§ 5: ½ µm ® ©"] {
        assert_eq!(read(text.as_bytes()), (text.to_owned(), Encoding::Utf8));
    }
}
