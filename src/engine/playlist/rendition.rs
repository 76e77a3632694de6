//! `EXT-X-MEDIA` (RFC 8216bis §4.4.6.1): one rendition of a group. Of all types it is the same description; what is
//! done with it is the player's business.

use super::PlaylistError;
use super::address::Addresses;
use super::define::Variables;
use super::multivariant::{link, string, texts};
use super::scan::yes;

/// One rendition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendition {
    /// `GROUP-ID`.
    pub group: String,
    /// `NAME`, possibly empty.
    pub name: String,
    /// `LANGUAGE` (BCP 47), possibly empty.
    pub language: String,
    /// `ASSOC-LANGUAGE`, possibly empty.
    pub associated_language: String,
    /// `CHANNELS` as written, possibly empty.
    pub channels: String,
    /// `CHARACTERISTICS` as written (UTIs, separated by commas), possibly empty.
    pub characteristics: String,
    /// `INSTREAM-ID` of closed captions: `CC1` to `CC4`, `SERVICE1` to `SERVICE63`; else empty.
    pub instream_id: String,
    /// `STABLE-RENDITION-ID`, possibly empty.
    pub stable_id: String,
    /// `DEFAULT=YES`.
    pub default: bool,
    /// `AUTOSELECT=YES`.
    pub autoselect: bool,
    /// `FORCED=YES`: subtitles without which the programme is not understood.
    pub forced: bool,
    /// Absolute URL of its media playlist. None: it is in the variants' own segments.
    pub url: Option<String>,
}

impl Rendition {
    /// None: it has no group, or is said to be elsewhere, but nowhere; it cannot be played.
    pub(super) fn read(
        list: &str,
        variables: &mut Variables,
        addresses: &mut Addresses,
    ) -> Result<Option<Self>, PlaylistError> {
        let Some(group) = string(list, "GROUP-ID", variables) else {
            return Ok(None);
        };
        let url = link(list, "URI", variables, addresses)?;
        if url.is_none() && string(list, "URI", variables).is_some() {
            return Ok(None);
        }
        let names = [
            "NAME",
            "LANGUAGE",
            "ASSOC-LANGUAGE",
            "CHANNELS",
            "CHARACTERISTICS",
            "INSTREAM-ID",
            "STABLE-RENDITION-ID",
        ];
        let [name, language, associated_language, channels, characteristics, instream_id, stable_id] =
            texts(list, names, variables);
        Ok(Some(Self {
            group,
            name: name.trim().to_owned(),
            language,
            associated_language,
            channels,
            characteristics,
            instream_id,
            stable_id,
            default: yes(list, "DEFAULT"),
            autoselect: yes(list, "AUTOSELECT"),
            forced: yes(list, "FORCED"),
            url,
        }))
    }
}
