//! What a file is, read from its content: its name and the browser's word are not evidence.

/// The kinds of file that officials send as evidence, and everything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaType {
    /// PDF (ISO 32000).
    Pdf,
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// WebP.
    Webp,
    /// A ZIP container: DOCX, XLSX and ODF are such.
    Zip,
    /// The older Word, Excel and `PowerPoint` container.
    OleDocument,
    /// UTF-8 text without control characters.
    Text,
    /// XML, SVG and HTML: text that a browser would run.
    Markup,
    /// Programs.
    Executable,
    /// Anything else.
    Other,
}

impl MediaType {
    /// What the content is served as. Markup and unknown content go out as bytes to save,
    /// never to show.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
            Self::Zip => "application/zip",
            Self::OleDocument => "application/x-ole-storage",
            Self::Text => "text/plain",
            Self::Markup => "application/xml",
            Self::Executable => "application/x-executable",
            Self::Other => "application/octet-stream",
        }
    }

    /// The kind with this name.
    pub fn lookup(name: &str) -> Self {
        const ALL: [MediaType; 9] = [
            MediaType::Pdf,
            MediaType::Png,
            MediaType::Jpeg,
            MediaType::Webp,
            MediaType::Zip,
            MediaType::OleDocument,
            MediaType::Text,
            MediaType::Markup,
            MediaType::Executable,
        ];
        ALL.into_iter()
            .find(|kind| kind.as_str() == name)
            .unwrap_or(Self::Other)
    }

    /// Whether it may be attached as evidence.
    pub const fn is_evidence(self) -> bool {
        matches!(
            self,
            Self::Pdf
                | Self::Png
                | Self::Jpeg
                | Self::Webp
                | Self::Zip
                | Self::OleDocument
                | Self::Text
        )
    }

    /// Whether a browser may show it instead of saving it.
    pub const fn is_shown(self) -> bool {
        matches!(self, Self::Pdf | Self::Png | Self::Jpeg | Self::Webp)
    }
}

/// Reads the kind from a file's first bytes (4 KiB are enough).
pub fn sniff(start: &[u8]) -> MediaType {
    let is = |magic: &[u8]| start.starts_with(magic);
    if is(b"%PDF-") {
        MediaType::Pdf
    } else if is(b"\x89PNG\r\n\x1a\n") {
        MediaType::Png
    } else if is(b"\xff\xd8\xff") {
        MediaType::Jpeg
    } else if is(b"RIFF") && start.get(8..12) == Some(b"WEBP") {
        MediaType::Webp
    } else if is(b"PK\x03\x04") || is(b"PK\x05\x06") {
        MediaType::Zip
    } else if is(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        MediaType::OleDocument
    } else if is(b"MZ")
        || is(b"\x7fELF")
        || is(b"#!")
        || is(b"\xca\xfe\xba\xbe")
        || is(b"\xcf\xfa\xed\xfe")
    {
        MediaType::Executable
    } else {
        text_kind(start)
    }
}

fn text_kind(start: &[u8]) -> MediaType {
    let text = match std::str::from_utf8(start) {
        Ok(text) => text,
        // The last character may be cut by the end of the sample.
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&start[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return MediaType::Other,
    };
    let control = |ch: char| ch.is_control() && !matches!(ch, '\n' | '\r' | '\t' | '\u{c}');
    if text.is_empty() || text.contains(control) {
        return MediaType::Other;
    }
    let trimmed = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    if trimmed.starts_with('<') {
        MediaType::Markup
    } else {
        MediaType::Text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides() {
        for (start, kind) in [
            (&b"%PDF-1.7\n"[..], MediaType::Pdf),
            (b"MZ\x90\0", MediaType::Executable),
            (b"\xef\xbb\xbf  <svg onload=alert(1)>", MediaType::Markup),
            (b"<!DOCTYPE html>", MediaType::Markup),
            (b"so lieu\n1;2\n", MediaType::Text),
            (b"\0\0\0", MediaType::Other),
            (b"", MediaType::Other),
            (b"PK\x03\x04", MediaType::Zip),
        ] {
            assert_eq!(sniff(start), kind, "{start:?}");
            assert_eq!(MediaType::lookup(kind.as_str()), kind);
        }
    }
}
