//! From playlists to lanes: reads the source, picks variants and audio, follows live playlists.

use super::inband::services;
use super::lane::Lane;
use super::promise::playable;
use super::redundant::Redundant;
use super::{Desk, Session};
use crate::engine::catalogue::{Name, path};
use crate::engine::config::Naming;
use crate::engine::contract::{AudioInfo, Event, Loaded, Output, VariantInfo};
use crate::engine::error::{Culprit, Fault, MediaErrorCode, redacted};
use crate::engine::id::{RenditionId, Track};
use crate::engine::keyring::usable;
use crate::engine::payload::Payload;
use crate::engine::playlist::{
    Key, Media, Method, Multivariant, Playlist, PlaylistError, Rendition, Variant,
};
use crate::engine::swarm::naming::{AudioAttributes, Identity, StreamKind, VariantAttributes};
use crate::engine::time::MediaTime;
use crate::engine::transfer::Place;

impl Session {
    /// The source arrived: one of the two kinds of playlist, or something else.
    pub(crate) fn source_arrived<P: Payload>(
        &mut self,
        url: &str,
        found: Result<Playlist, PlaylistError>,
        desk: &mut Desk<'_, P>,
    ) {
        // v1 goes by what was asked for, later generations by what answered.
        let naming = self.options.naming;
        let named = if naming == Naming::V1 { &self.options.source } else { url };
        let given = self.options.swarm.clone().filter(|_| naming != Naming::Published);
        self.swarm = given.unwrap_or_else(|| path(named).to_owned());
        match found {
            Ok(Playlist::Multivariant(m)) => self.read_multivariant(m, desk),
            Ok(Playlist::Media(media)) => {
                self.variants = vec![alone(url)];
                let identity = Identity::default();
                let name = Name { kind: StreamKind::Alone, position: 0, identity };
                let rendition = desk.catalogue.intern(url, &self.options, &self.swarm, name);
                self.lanes = vec![Lane::new(self.player, Track::Video, rendition, url.to_owned())];
                self.media_read(Track::Video, rendition, media, desk);
            }
            Err(e) => self.fail(desk, not_a_playlist(url, e)),
        }
    }

    fn read_multivariant<P: Payload>(&mut self, m: Multivariant, desk: &mut Desk<'_, P>) {
        let variants = playable(m.variants, desk.config.supports);
        let pathway = m.steering.as_ref().map(|s| s.pathway.as_str());
        (self.variants, self.redundant) = Redundant::sort(variants, pathway);
        self.audio = m.audio;
        let (subtitles, captions) = (m.subtitles, m.captions);
        self.variables = m.variables;
        self.session_keys = m.session_keys;
        self.steered_by(m.steering, desk.now);
        self.variant = self.first_choice(desk);
        let group = |of: fn(&Variant) -> &Option<String>| {
            self.variants.get(self.variant).and_then(|v| of(v).as_deref())
        };
        self.text = self.subtitles.list(&subtitles, group(|v| &v.subtitle_group));
        self.text.extend(services(&captions, group(|v| &v.caption_group)));
        let (rendition, url) = self.variant_rendition(self.variant, desk);
        let mut lanes = vec![Lane::new(self.player, Track::Video, rendition, url)];
        let default = self.audio_choices().position(|a| a.default);
        self.audio_index = default.unwrap_or(0);
        if let Some((rendition, url)) = self.audio_rendition(self.audio_index, desk) {
            lanes.push(Lane::new(self.player, Track::Audio, rendition, url));
        }
        self.lanes = lanes;
        let player = self.player;
        for lane in &mut self.lanes {
            lane.fetch(player, desk);
        }
    }

    /// A media playlist arrived.
    pub(crate) fn media_arrived<P: Payload>(
        &mut self,
        track: Track,
        rendition: RenditionId,
        url: &str,
        found: Result<Playlist, PlaylistError>,
        desk: &mut Desk<'_, P>,
    ) {
        match found {
            Ok(Playlist::Media(media)) => self.media_read(track, rendition, media, desk),
            Ok(Playlist::Multivariant(_)) => self.media_lost(
                track,
                rendition,
                Fault {
                    culprit: Culprit::Media,
                    code: MediaErrorCode::SourceNotSupported,
                    name: "nested-playlist",
                    message: format!("{} lists variants where segments belong.", redacted(url)),
                    tried: "No other variant could be read in its place.".into(),
                },
                desk,
            ),
            Err(e) => self.media_lost(track, rendition, not_a_playlist(url, e), desk),
        }
    }

    fn media_read<P: Payload>(
        &mut self,
        track: Track,
        rendition: RenditionId,
        mut media: Media,
        desk: &mut Desk<'_, P>,
    ) {
        // What leaves out what is known may leave out the map too.
        if let Some(fault) = unplayable(&media).filter(|_| !media.delta && media.skipped == 0) {
            return self.fail(desk, fault);
        }
        let (player, at) = (self.player, self.position(desk.now));
        let (mut these, others): (Vec<_>, Vec<_>) = self.lanes.iter_mut().partition(|l| l.track == track);
        let Some(lane) = these.pop() else { return };
        if lane.rendition != rendition && lane.next.as_ref().is_none_or(|n| n.0 != rendition) {
            return;
        }
        let other = others.first().and_then(|l| l.timeline.as_ref());
        let ranges = std::mem::take(&mut media.date_ranges);
        let refresh = lane.adopt(rendition, media, other);
        if let Some(timeline) = &mut lane.timeline {
            timeline.stand(self.options.stands());
        }
        lane.schedule_reload(!refresh.unchanged, desk.now);
        lane.fall_in(at, desk.config.seed, desk.now);
        if lane.reload_at.is_some() && lane.reloading.stands_still() {
            let event = Event::Warned(stands_still(&lane.url));
            desk.orders.push_back(Output::Notify { player, event });
        }
        if refresh.incomplete && lane.reloading.was_incomplete() {
            lane.reload_at = Some(desk.now);
        }
        if lane.next.is_some() && !lane.is_ready() && lane.reload_at.is_some() {
            lane.fetch(player, desk);
        }
        let grown = lane.reload_at.is_some() && refresh.added > 0;
        let patience = lane.part_patience();
        if let Some(known) = desk.catalogue.get(lane.rendition) {
            let newest = lane.timeline.as_ref().filter(|t| t.is_live()).and_then(|t| t.entries().last());
            let newest = newest.map(|e| &e.segment).filter(|s| !s.gap);
            let newest = newest.map(|s| Place { url: s.url.clone(), range: s.range });
            if !self.loaded || grown {
                desk.ledger.wants(&known.integrity, newest, self.loaded, desk.now + patience);
            }
            self.note_relayed(track, &known.integrity, desk.ledger);
        }
        if refresh.restarted {
            self.restarted(track, desk);
        }
        self.over |= refresh.ended_now;
        if track == Track::Video {
            self.note_ranges(ranges);
        }
        self.follow_first();
        self.now_loaded(desk);
        self.tell_ranges(desk);
        if self.loaded && track == Track::Video {
            self.tell_progress(refresh.ended_now, desk);
        }
    }

    /// A media playlist could not be had: a live one is asked for again, another variant stands in for a first.
    pub(crate) fn media_lost<P: Payload>(
        &mut self,
        track: Track,
        rendition: RenditionId,
        fault: Fault,
        desk: &mut Desk<'_, P>,
    ) {
        let Some(lane) = self.lanes.iter_mut().find(|l| l.track == track) else {
            return;
        };
        if lane.next.as_ref().is_some_and(|n| n.0 == rendition) {
            lane.next = None;
            lane.schedule_reload(true, desk.now);
            self.manual &= self.fail_over(desk);
            return self.notify(desk.orders, Event::Warned(fault));
        }
        if lane.rendition != rendition {
            return;
        }
        if lane.reloading.lost() {
            lane.reload_at = Some(desk.now);
            return;
        }
        lane.failures += 1;
        lane.awaited = false;
        let (failures, known) = (lane.failures, lane.timeline.is_some());
        if self.is_worth_leaving(failures, known) && self.fail_over(desk) {
            return self.notify(desk.orders, Event::Warned(fault));
        }
        if known && self.waits_for(track, &fault, desk) {
            if failures == 1 {
                self.notify(desk.orders, Event::Warned(fault));
            }
            return;
        }
        self.dead.push(self.variant);
        let other = (0..self.variants.len()).find(|i| !self.dead.contains(i));
        if let (Track::Video, false, Some(other)) = (track, self.loaded, other) {
            self.variant = other;
            let to = self.variant_rendition(other, desk);
            let player = self.player;
            if let Some(lane) = self.lanes.first_mut() {
                lane.switch(player, to, desk);
            }
            return self.notify(desk.orders, Event::Warned(fault));
        }
        self.fail(desk, fault);
    }

    /// Once every lane has its first playlist: tells the page, and finds the start.
    fn now_loaded<P: Payload>(&mut self, desk: &mut Desk<'_, P>) {
        if self.loaded || self.lanes.iter().any(|l| l.timeline.is_none()) {
            return;
        }
        let Some(timeline) = self.timeline() else { return };
        let duration = (!timeline.is_live()).then(|| timeline.window().end);
        let window = timeline.window();
        let start = match self.options.start {
            Some(at) if window.contains(at) => at,
            _ => timeline.start_position(),
        };
        self.begins_afresh(desk);
        self.loaded = true;
        self.start = (start > MediaTime::ZERO).then_some(start);
        self.playhead.0 = start;
        let variants = self.variants.iter().map(|v| VariantInfo {
            bitrate: v.bitrate,
            width: v.resolution.map_or(0, |r| r.0),
            height: v.resolution.map_or(0, |r| r.1),
            codecs: v.codecs.clone(),
            frame_rate: v.frame_rate,
        });
        let audio = self.audio_choices().map(|a| AudioInfo {
            name: a.name.clone(),
            language: a.language.clone(),
            default: a.default,
            characteristics: a.characteristics.clone(),
        });
        let loaded = Loaded {
            duration,
            variants: variants.collect(),
            audio: audio.collect(),
            text: self.text.clone(),
        };
        self.notify(desk.orders, Event::Loaded(loaded));
        self.tell_choices(desk);
    }

    fn tell_progress<P: Payload>(&mut self, ended_now: bool, desk: &mut Desk<'_, P>) {
        let Some(timeline) = self.timeline() else { return };
        let (window, target) = (timeline.window(), timeline.live_position());
        if timeline.is_live() {
            if self.source_open {
                desk.orders.push_back(Output::SetSeekable { player: self.player, span: window });
            }
            self.notify(desk.orders, Event::LiveMoved { window, target });
        } else if ended_now {
            desk.orders.push_back(Output::SetDuration { player: self.player, duration: Some(window.end) });
            self.notify(desk.orders, Event::LiveEnded);
        }
    }

    /// The page learns which variant and audio are fetched, when that changes.
    pub(super) fn tell_choices<P: Payload>(&mut self, desk: &mut Desk<'_, P>) {
        let now = self.lanes.first().filter(|l| l.next.is_none()).map(|_| self.variant);
        if now.is_some() && now != self.announced_variant {
            self.announced_variant = now;
            self.notify(desk.orders, Event::VariantChanged { index: self.variant, auto: !self.manual });
        }
        let audio = self.lanes.get(1).filter(|l| l.next.is_none()).map(|_| self.audio_index);
        if let Some(index) = audio
            && audio != self.announced_audio
        {
            self.announced_audio = audio;
            self.notify(desk.orders, Event::AudioChanged { index });
        }
    }

    /// The viewer chose a variant, or automatic choice.
    pub(crate) fn choose_quality<P: Payload>(&mut self, choice: Option<usize>, desk: &mut Desk<'_, P>) {
        self.manual = choice.is_some();
        self.choice.due = true;
        self.announced_variant = None;
        if let Some(index) = choice.filter(|&i| i < self.variants.len()) {
            self.go_to_variant(index, desk);
            if let Some(lane) = self.lanes.first_mut() {
                lane.impatient = lane.next.is_some();
            }
        }
    }

    /// The viewer chose an audio rendition.
    pub(crate) fn choose_audio<P: Payload>(&mut self, index: usize, desk: &mut Desk<'_, P>) {
        if let Some(to) = self.audio_rendition(index, desk) {
            self.audio_index = index;
            let player = self.player;
            if let Some(lane) = self.lanes.get_mut(1) {
                lane.switch(player, to, desk);
                lane.impatient = lane.next.is_some();
            }
        }
    }

    pub(super) fn go_to_variant<P: Payload>(&mut self, index: usize, desk: &mut Desk<'_, P>) {
        self.variant = index;
        let to = self.variant_rendition(index, desk);
        let audio = self.audio_rendition(self.audio_index, desk);
        let player = self.player;
        for lane in &mut self.lanes {
            match lane.track {
                Track::Video => lane.switch(player, to.clone(), desk),
                Track::Audio => {
                    if let Some(to) = audio.clone() {
                        lane.switch(player, to, desk);
                    }
                }
            }
        }
    }

    /// The audio renditions of the present variant's group that have a playlist of their own.
    fn audio_choices(&self) -> impl Iterator<Item = &Rendition> + '_ {
        let group = self.variants.get(self.variant).and_then(|v| v.audio_group.as_deref());
        self.audio.iter().filter(move |a| Some(a.group.as_str()) == group && a.url.is_some())
    }

    fn variant_rendition<P: Payload>(
        &mut self,
        index: usize,
        desk: &mut Desk<'_, P>,
    ) -> (RenditionId, String) {
        let v = &self.variants[index.min(self.variants.len() - 1)];
        let identity = Identity::of_variant(&VariantAttributes {
            bitrate: v.bitrate.0 as u64,
            codecs: &v.codecs,
            resolution: v.resolution,
            frame_rate: &v.frame_rate_text,
            video_range: &v.video_range,
        });
        let name = Name { kind: StreamKind::Main, position: index, identity };
        let url = v.url.clone();
        let rendition = desk.catalogue.intern(&url, &self.options, &self.swarm, name);
        self.variant_of.insert(rendition, index);
        (rendition, url)
    }

    fn audio_rendition<P: Payload>(
        &self,
        index: usize,
        desk: &mut Desk<'_, P>,
    ) -> Option<(RenditionId, String)> {
        let a = self.audio_choices().nth(index)?;
        let url = a.url.clone()?;
        let codecs = self.variants.iter().find(|v| v.audio_group.as_deref() == Some(&a.group));
        let identity = Identity::of_audio(&AudioAttributes {
            codecs: codecs.map_or("", |v| &v.codecs),
            language: &a.language,
            channels: &a.channels,
            name: &a.name,
        });
        let position = self.audio.iter().position(|other| std::ptr::eq(other, a)).unwrap_or(0);
        let name = Name { kind: StreamKind::Secondary, position, identity };
        Some((desk.catalogue.intern(&url, &self.options, &self.swarm, name), url))
    }
}

/// A document that is something else.
fn not_a_playlist(url: &str, why: PlaylistError) -> Fault {
    Fault {
        culprit: Culprit::Origin,
        code: MediaErrorCode::SourceNotSupported,
        name: "not-a-playlist",
        message: format!("{} {why}", redacted(url)),
        tried: "It was read once; asking again would bring the same.".into(),
    }
}

/// A live that does not go on.
fn stands_still(url: &str) -> Fault {
    Fault {
        culprit: Culprit::Origin,
        code: MediaErrorCode::Network,
        name: "live-stands-still",
        message: [redacted(url), " is answered, but brings nothing new."].concat(),
        tried: "It is asked for again, ever more seldom.".into(),
    }
}

/// The one variant of a source that is a media playlist itself.
fn alone(url: &str) -> Variant {
    Variant { url: url.to_owned(), ..Variant::default() }
}

/// Why a playlist cannot be played: its segments are encrypted as a whole in other ways than AES-128, or its samples
/// outside of MP4 with other keys than plain ones. Samples in MP4 are the browser's business.
fn unplayable(media: &Media) -> Option<Fault> {
    let first = media.segments.iter().find(|s| !s.gap)?;
    let vault = |k: &Key| matches!(k.method, Method::SampleAes | Method::SampleAesCtr);
    let for_vault = first.init.is_some() && first.keys.iter().flat_map(|k| k.iter()).all(vault);
    let locked = first.keys.is_some() && usable(&first.keys).is_none() && !for_vault;
    locked.then(|| Fault {
        culprit: Culprit::Player,
        code: MediaErrorCode::SourceNotSupported,
        name: "encrypted",
        message: "The stream is encrypted in a way that neither this player nor a browser handles.".into(),
        tried: "Nothing else could be tried.".into(),
    })
}
