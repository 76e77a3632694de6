//! What the readers of text are asked, and what they answer: the one door to all of them. A task carries its own
//! bytes and everything that is needed for times, so that whoever reads may be elsewhere and take its time.

use super::super::contract::Datum;
use super::super::time::MediaTime;
use super::{
    Captions608, Channel, Cue, Pictures, TextCodec, TextError, WebVtt, emsg, id3, pictures, read_text_init,
    read_ttml_fragment, read_wvtt_fragment,
};
use std::sync::Arc;

/// More cues of one segment are not shown: a film has some two thousand.
const MAX_CUES: usize = 20_000;

/// Something to read. `offset` is the discontinuity's timestamp offset, programme minus media time.
#[derive(Clone, Debug)]
pub enum Task {
    /// A segment of a subtitle rendition.
    Subtitles {
        /// All of it, in the clear.
        bytes: Vec<u8>,
        /// The initialization section, where it has one.
        init: Option<Arc<[u8]>>,
        /// Where in the programme the playlist puts it.
        at: MediaTime,
        /// See above.
        offset: MediaTime,
    },
    /// Captions that ride on the pictures of a segment.
    Captions {
        /// When each is shown, in media time and in that order, and its `cc_data` triplets.
        pictures: Vec<(MediaTime, Vec<u8>)>,
        /// What was on the screen before is not any more: a seek, a discontinuity.
        anew: bool,
        /// Where the segment ends, in media time.
        end: MediaTime,
        /// See above.
        offset: MediaTime,
    },
    /// The same, where they are still in the pictures: a segment of fragmented MP4.
    Pictures {
        /// All of it.
        bytes: Vec<u8>,
        /// What to look for.
        of: Pictures,
        /// As above.
        anew: bool,
        /// As above.
        end: MediaTime,
        /// See above.
        offset: MediaTime,
    },
    /// ID3 tags of a segment.
    Tags {
        /// When each begins to hold, in media time, and its bytes.
        tags: Vec<(MediaTime, Vec<u8>)>,
        /// Where the segment ends, in media time.
        end: MediaTime,
        /// See above.
        offset: MediaTime,
    },
    /// Event messages at the beginning of a segment of fragmented MP4.
    Events {
        /// Its first bytes.
        head: Vec<u8>,
        /// Where in the programme it starts.
        at: MediaTime,
        /// See above.
        offset: MediaTime,
    },
}

/// What was read, in programme time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// By subtitles.
    Cues(Vec<Cue>),
    /// By captions, each in its channel.
    Captions(Vec<(Channel, Cue)>),
    /// By metadata.
    Metadata(Vec<Datum>),
}

/// Reads what one player has to read, in order: captions go on from segment to segment.
#[derive(Clone, Debug, Default)]
pub struct Reader {
    captions: Captions608,
}

impl Reader {
    /// Reads one task.
    ///
    /// # Errors
    /// [`TextError`], of subtitles only: what else is damaged says nothing.
    pub fn read(&mut self, task: Task) -> Result<Said, TextError> {
        match task {
            Task::Subtitles { bytes, init, at, offset } => {
                subtitles(&bytes, init.as_deref(), at, offset).map(Said::Cues)
            }
            Task::Pictures { bytes, of, anew, end, offset } => {
                let pictures = pictures::read(&bytes, &of);
                self.read(Task::Captions { pictures, anew, end, offset })
            }
            Task::Captions { pictures, anew, end, offset } => {
                if anew {
                    self.captions = Captions608::default();
                }
                let mut said = Vec::new();
                for (time, triplets) in &pictures {
                    self.captions.push(*time, triplets, &mut said);
                }
                self.captions.flush(end, &mut said);
                Ok(Said::Captions(said.into_iter().map(|(c, cue)| (c, cue.moved(offset))).collect()))
            }
            Task::Tags { tags, end, offset } => {
                let mut data = Vec::new();
                for (i, (time, tag)) in tags.iter().enumerate() {
                    // A tag holds until the next one, as far as that can be known here.
                    let until = tags.get(i + 1).map_or(end, |next| next.0).max(*time);
                    id3::read(tag, *time + offset, Some(until + offset), &mut data);
                }
                Ok(Said::Metadata(data))
            }
            Task::Events { head, at, offset } => Ok(Said::Metadata(emsg::read(&head, at, offset))),
        }
    }
}

fn subtitles(
    bytes: &[u8],
    init: Option<&[u8]>,
    at: MediaTime,
    offset: MediaTime,
) -> Result<Vec<Cue>, TextError> {
    if let Some(init) = init {
        let init = read_text_init(init)?;
        let cues = match init.codec {
            TextCodec::WebVtt => read_wvtt_fragment(bytes, &init),
            TextCodec::Ttml => read_ttml_fragment(bytes, &init),
        };
        return Ok(cues?.into_iter().take(MAX_CUES).map(|cue| cue.moved(offset)).collect());
    }
    let mut segment = WebVtt::open(bytes)?;
    let mut cues = Vec::new();
    while let Some(cue) = segment.next().filter(|_| cues.len() < MAX_CUES) {
        // No map means that zero is zero (RFC 8216 §3.5).
        let map = segment.timestamp_map().unwrap_or_default();
        let by = map.distance(cue.start, at, offset);
        cues.push(cue.moved(by));
    }
    Ok(cues)
}
