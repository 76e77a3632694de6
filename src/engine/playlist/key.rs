//! `EXT-X-KEY` (RFC 8216bis §4.4.4.4): the keys in force. A key holds until the next one of its KEYFORMAT, so that
//! several hold at once (one for each DRM); `METHOD=NONE` ends them all. Segments and maps share one sealed set,
//! which is made only where one of them needs it.

use super::PlaylistError;
use super::address::Addresses;
use super::define::Variables;
use super::scan::attribute;
use std::sync::Arc;

/// Key formats at once; three are common.
const MAX_FORMATS: usize = 16;

/// The keys of a segment or map: any of them opens it. None: it is clear.
pub type Keys = Option<Arc<[Key]>>;

/// One key (RFC 8216bis §4.4.4.4, §4.4.6.5).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// `METHOD`.
    pub method: Method,
    /// `URI`, absolute; empty where there is none.
    pub url: Arc<str>,
    /// `IV`, big-endian. None: made from the media sequence number.
    pub iv: Option<[u8; 16]>,
    /// `KEYFORMAT`; "identity" where it is missing.
    pub format: Arc<str>,
    /// `KEYFORMATVERSIONS`; "1" where it is missing.
    pub versions: Arc<str>,
}

/// How something is encrypted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// `AES-128`: whole segments, CBC with PKCS#7 padding.
    Aes128,
    /// `SAMPLE-AES`.
    SampleAes,
    /// `SAMPLE-AES-CTR`: `cenc` of ISO/IEC 23001-7.
    SampleAesCtr,
    /// A method of a later day.
    Other(Arc<str>),
}

/// The keys that the lines so far have put in force.
#[derive(Clone, Default)]
pub(super) struct Ring {
    keys: Vec<Key>,
    sealed: Option<Keys>,
}

impl Ring {
    /// Takes the attribute list of an `EXT-X-KEY`.
    pub(super) fn take(
        &mut self,
        list: &str,
        variables: &mut Variables,
        addresses: &mut Addresses,
    ) -> Result<(), PlaylistError> {
        match read(list, variables, addresses)? {
            None => self.keys.clear(),
            Some(key) => match self.keys.iter().position(|k| k.format == key.format) {
                Some(old) if self.keys[old] == key => return Ok(()),
                Some(old) => self.keys[old] = key,
                None if self.keys.len() < MAX_FORMATS => self.keys.push(key),
                None => return Ok(()),
            },
        }
        self.sealed = None;
        Ok(())
    }

    /// The set in force here.
    pub(super) fn seal(&mut self) -> Keys {
        let keys = &self.keys;
        self.sealed.get_or_insert_with(|| (!keys.is_empty()).then(|| keys.as_slice().into())).clone()
    }
}

/// The key of an attribute list; none for `METHOD=NONE`.
pub(super) fn read(
    list: &str,
    variables: &mut Variables,
    addresses: &mut Addresses,
) -> Result<Option<Key>, PlaylistError> {
    let method = match attribute(list, "METHOD") {
        Some("NONE") => return Ok(None),
        Some("AES-128") => Method::Aes128,
        Some("SAMPLE-AES") => Method::SampleAes,
        Some("SAMPLE-AES-CTR") => Method::SampleAesCtr,
        other => Method::Other(other.unwrap_or_default().into()),
    };
    let reference = variables.apply(attribute(list, "URI").unwrap_or_default());
    Ok(Some(Key {
        method,
        url: addresses.url(&reference)?.unwrap_or_else(|| "".into()),
        iv: attribute(list, "IV").and_then(hexadecimal),
        format: attribute(list, "KEYFORMAT").unwrap_or("identity").into(),
        versions: attribute(list, "KEYFORMATVERSIONS").unwrap_or("1").into(),
    }))
}

/// `0x` and up to 32 digits (RFC 8216bis §4.2); leading zeros may be left out.
fn hexadecimal(text: &str) -> Option<[u8; 16]> {
    let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"))?;
    if digits.is_empty() || digits.len() > 32 {
        return None;
    }
    let mut value = 0_u128;
    for digit in digits.chars() {
        value = value << 4 | u128::from(digit.to_digit(16)?);
    }
    Some(value.to_be_bytes())
}
