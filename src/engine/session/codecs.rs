//! Which codecs a SourceBuffer holds. One that the browser refuses is left out, with the variants that have it; the
//! last track of its kind is named, and the others play. Where the codecs change in the middle of a stream, the
//! SourceBuffer is told (`changeType`); where it cannot be, or a track comes or goes, a new media source takes over
//! once what came before has been played, for SourceBuffers keep the tracks they began with (MSE, initialization
//! segment received).

use super::{Desk, Session};
use crate::engine::contract::{Event, Output};
use crate::engine::error::{Culprit, Fault, MediaErrorCode};
use crate::engine::id::Track;
use crate::engine::payload::Payload;
use crate::engine::time::MediaTime;
use crate::engine::transfer::InitId;

/// With less than this left to play, a new media source takes over: what is lost is not missed, and what the
/// takeover costs is shorter than a stall for want of it.
const BORDER: MediaTime = MediaTime::from_ticks(MediaTime::RATE / 5);

impl Session {
    /// Whether a track's SourceBuffer takes this initialisation section, for what plays from `from` on. Orders what
    /// makes it so.
    pub(super) fn takes<P: Payload>(
        &mut self,
        i: usize,
        init: InitId,
        from: MediaTime,
        desk: &mut Desk<'_, P>,
    ) -> bool {
        let lane = &self.lanes[i];
        let info = desk.inits.get(init).and_then(|ready| ready.info.as_ref());
        let (Some(now), Some(info)) =
            (lane.mime.as_deref().filter(|_| lane.buffer.init() != Some(init)), info)
        else {
            return true;
        };
        let next = info.mime();
        let (has, gets) = (formats(now), formats(&next));
        if has == gets {
            return true;
        }
        let same_tracks = has.len() == gets.len() && now.starts_with('v') == next.starts_with('v');
        if same_tracks && desk.config.changes_type {
            let (player, lane) = (self.player, &mut self.lanes[i]);
            desk.orders.push_back(Output::ChangeType { player, track: lane.track, mime: next.clone() });
            lane.mime = Some(next);
            return true;
        }
        let at = self.position(desk.now);
        let left = lane.buffer.filled_to(at) - at;
        if left <= BORDER || from <= at {
            self.refill(at.max(from), desk);
        }
        false
    }

    /// The browser refused a track, or to change its type.
    pub(crate) fn track_refused<P: Payload>(&mut self, track: Track, desk: &mut Desk<'_, P>) {
        let Some(i) = self.lanes.iter().position(|l| l.track == track) else {
            return;
        };
        if self.mending.renewing {
            return;
        }
        self.codec_refused(i, false, desk);
    }

    /// The codecs of a lane are of no use. `spent`: the media source is not, either.
    pub(super) fn codec_refused<P: Payload>(&mut self, i: usize, spent: bool, desk: &mut Desk<'_, P>) {
        let (track, mime) = (self.lanes[i].track, self.lanes[i].mime.clone().unwrap_or_default());
        let codecs = codecs(&mime);
        let undecodable: Vec<&str> = codecs.iter().copied().filter(|c| !(desk.config.supports)(c)).collect();
        // It says that it decodes every single one: then it is all of them together.
        let (refused, all) = if undecodable.is_empty() { (codecs, true) } else { (undecodable, false) };
        let group = |v: usize| self.variants.get(v).and_then(|v| v.audio_group.as_ref());
        let has_it = |v: &usize| {
            let its = self.variants.get(*v).map_or("", |v| v.codecs.as_str());
            let has = |codec: &&&str| its.split(',').any(|c| c.trim() == **codec);
            let common = refused.iter().filter(has).count();
            *v == self.variant
                || common > 0 && (!all || common == refused.len())
                // Sound from the same renditions.
                || track == Track::Audio && group(*v) == group(self.variant)
        };
        let out: Vec<usize> = (0..self.variants.len()).filter(has_it).collect();
        let other = (0..self.variants.len()).find(|v| !out.contains(v) && !self.dead.contains(v));
        let mut fault = Fault {
            culprit: Culprit::Browser,
            code: MediaErrorCode::SourceNotSupported,
            name: "codec-not-supported",
            message: ["This browser does not play ", &refused.join(", "), "."].concat(),
            tried: "No other variant can take its place.".into(),
        };
        let at = self.position(desk.now);
        if other.is_some() {
            self.dead.extend(out);
            self.manual = false;
            self.mending.leaving = true;
            let best = self.first_choice(desk);
            self.go_to_variant(best, desk);
            fault.tried = "Variants with other codecs are played.".into();
            return self.renew(at, fault, desk);
        }
        if self.lanes.len() < 2 {
            return self.fail(desk, fault);
        }
        self.lanes.remove(i);
        fault.name = "track-unplayable";
        fault.tried = "The other tracks play.".into();
        if spent {
            self.renew(at, fault, desk);
        } else {
            self.notify(desk.orders, Event::Warned(fault));
        }
    }

    /// Whether tracks have to wait until another variant has taken over.
    pub(super) fn is_leaving(&mut self) -> bool {
        self.mending.leaving &= self.lanes.iter().any(|l| l.next.is_some());
        self.mending.leaving
    }
}

/// The codecs in a MIME type.
fn codecs(mime: &str) -> Vec<&str> {
    let inside = mime.split('"').nth(1).unwrap_or_default();
    inside.split(',').map(str::trim).filter(|c| !c.is_empty()).collect()
}

/// What has to be the same for a SourceBuffer to go on: the codecs without their profiles (MSE byte stream formats
/// leave those to the initialization section), in one order.
fn formats(mime: &str) -> Vec<&str> {
    let format = |codec| match codec {
        "avc3" => "avc1",
        "hev1" => "hvc1",
        _ => codec,
    };
    let mut formats: Vec<&str> = Vec::new();
    for codec in codecs(mime) {
        // MPEG-4 audio is many things: its object type tells which (RFC 6381 §3.3).
        let dots = if codec.starts_with("mp4a") { 2 } else { 1 };
        let end = codec.match_indices('.').nth(dots - 1).map_or(codec.len(), |(at, _)| at);
        let found = format(codec.get(..end).unwrap_or(codec));
        let at = formats.iter().position(|f| *f > found).unwrap_or(formats.len());
        formats.insert(at, found);
    }
    formats
}
