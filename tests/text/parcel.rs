//! What crosses to the benches comes out as it went in, and what is cut short or odd comes out as nothing.

use super::secs;
use sprat::engine::contract::{Cue, Data, Datum};
use sprat::engine::text::{
    Channel, Pictures, Said, Task, TextError, pack, pack_answer, pack_riding, unpack, unpack_answer,
    unpack_riding,
};
use sprat::engine::transmux::{self, CueKind};

fn tasks() -> [Task; 6] {
    let of = Pictures { track: 3, timescale: 12_800, hevc: true, length: secs(4.0) };
    let list = vec![(secs(1.0), vec![1, 2]), (secs(2.0), Vec::new())];
    let (at, end, offset) = (secs(10.0), secs(14.0), secs(-3.5));
    [
        Task::Subtitles { bytes: b"WEBVTT".to_vec(), init: None, at, offset },
        Task::Subtitles { bytes: Vec::new(), init: Some((&b"moov"[..]).into()), at, offset },
        Task::Captions { pictures: list.clone(), anew: true, end, offset },
        Task::Pictures { bytes: b"mdat".to_vec(), of, anew: false, end, offset },
        Task::Tags { tags: list, end, offset },
        Task::Events { head: b"emsg".to_vec(), at, offset },
    ]
}

fn answers() -> [Result<Said, TextError>; 4] {
    let cue = |text: &str| Cue {
        id: "1".into(),
        start: secs(1.0),
        end: secs(2.0),
        settings: "line:0".into(),
        text: text.into(),
    };
    let datum = |end, data| Datum {
        scheme: "org.id3".into(),
        id: String::new(),
        start: secs(-1.0),
        end,
        key: "PRIV".into(),
        info: "owner".into(),
        data,
    };
    [
        Ok(Said::Cues(vec![cue("a"), cue("ü\nb")])),
        Ok(Said::Captions(vec![(Channel::Cc4, cue("c")), (Channel::Cc1, cue(""))])),
        Ok(Said::Metadata(vec![
            datum(None, Data::Text("t".into())),
            datum(Some(secs(9.0)), Data::Bytes(vec![0, 255])),
        ])),
        Err(TextError::NotWebVtt),
    ]
}

#[test]
fn a_task_comes_out_as_it_went_in() {
    for task in tasks() {
        let (ask, content) = pack(task.clone());
        assert_eq!(format!("{:?}", unpack(&ask, content)), format!("{:?}", Some(task)));
    }
}

#[test]
fn an_answer_comes_out_as_it_went_in_and_an_error_as_its_words() {
    for answer in answers() {
        let words = answer.clone().map_err(|e| e.to_string());
        assert_eq!(unpack_answer(&pack_answer(&answer)), Some(words));
    }
}

#[test]
fn what_rides_on_a_segment_comes_out_as_it_went_in() {
    let riding = [(CueKind::Id3, vec![1]), (CueKind::Captions, Vec::new())]
        .map(|(kind, bytes)| transmux::Cue { kind, time: secs(3.0), bytes });
    assert_eq!(unpack_riding(&pack_riding(&riding)), riding);
}

#[test]
fn what_is_cut_short_is_nothing_or_less() {
    for task in tasks() {
        let (ask, content) = pack(task);
        for length in 0..ask.len() {
            assert!(unpack(&ask[..length], content.clone()).is_none(), "{length}");
        }
    }
    for answer in answers() {
        let packed = pack_answer(&answer);
        for length in 0..packed.len() {
            let _ = unpack_answer(&packed[..length]);
        }
    }
    assert_eq!(unpack_answer(&[9; 8]), None);
    assert_eq!(unpack_riding(&[1; 30]), []);
}
