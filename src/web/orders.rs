//! Each order of the engine, and the door of the browser it goes through.

use super::driver::Driver;
use super::payload::JsBytes;
use super::source::Source;
use super::{http, peers, tracker, workshop};
use crate::engine::contract::{Input, Output};
use crate::engine::id::{ConnectionId, PlayerId, RequestId, TrackerId};

/// Carries out one order. What it names may be gone already; then there is nothing to do.
pub(super) fn carry_out(page: &'static Driver, order: Output<JsBytes>) {
    match order {
        Output::FetchDocument { request, url, limit } => http::document(page, request, &url, limit),
        Output::FetchStream { request, url, range } => http::stream(page, request, &url, range),
        Output::FetchHead { request, url } => http::head(page, request, &url),
        Output::Abort { request } => {
            page.http.abort(request);
            page.hush(Subject::Request(request));
        }
        Output::Shelve { blob, parts } => page.shelf.put(blob, &parts),
        Output::Unshelve { blob } => page.shelf.remove(blob),
        Output::FetchBench => page.host.fetch_bench(),
        Output::FetchSwarm => page.host.fetch_swarm(),
        Output::Make(task) => workshop::make(page, &task),
        Output::ClearBenches { player } => page.host.clear_benches(player.0),
        Output::OpenTracker { tracker, url } => tracker::open(page, tracker, &url),
        Output::TellTracker { tracker, text } => page.trackers.send(tracker, &text),
        Output::CloseTracker { tracker } => {
            page.trackers.close(tracker);
            page.hush(Subject::Tracker(tracker));
        }
        Output::CreateOffer { connection, ice } => peers::connect(page, connection, &ice, None),
        Output::CreateAnswer { connection, ice, offer } => {
            peers::connect(page, connection, &ice, Some(offer));
        }
        Output::AcceptAnswer { connection, sdp } => peers::accept(page, connection, &sdp),
        Output::CloseConnection { connection } => {
            page.peers.close(connection);
            page.hush(Subject::Connection(connection));
        }
        Output::Send { connection, message } => peers::send(page, connection, &message),
        Output::SendBlob { connection, blob, range } => {
            peers::send_blob(page, connection, page.shelf.part(blob, range));
        }
        Output::AddTrack { player, track, mime } => {
            source(page, player, |s| s.add(page, player, track, &mime))
        }
        Output::ChangeType { player, track, mime } => {
            source(page, player, |s| s.change_type(page, player, track, &mime));
        }
        Output::Renew { player } => page.renew(player),
        Output::Append { player, track, blob, timestamp_offset } => {
            let bytes = page.shelf.whole(blob);
            source(page, player, |s| s.append(page, player, track, bytes.as_ref(), timestamp_offset));
        }
        Output::Remove { player, track, span } => {
            source(page, player, |s| s.remove(page, player, track, span))
        }
        Output::SetDuration { player, duration } => source(page, player, |s| s.set_duration(duration)),
        Output::SetSeekable { player, span } => source(page, player, |s| s.set_seekable(span)),
        Output::EndStream { player } => source(page, player, Source::end),
        Output::Seek { player, to } => {
            if let Some(player) = page.players.get(player) {
                player.media.seek(to);
            }
        }
        Output::SetRate { player, rate } => {
            if let Some(player) = page.players.get(player) {
                player.media.set_rate(rate);
            }
        }
        Output::Notify { player, event } => page.notify(player, event),
    }
}

/// Orders for a player that is gone are dropped.
fn source(page: &Driver, player: PlayerId, order: impl FnOnce(&Source)) {
    if let Some(source) = page.source(player) {
        order(&source);
    }
}

/// Whom an order silences.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    Request(RequestId),
    Tracker(TrackerId),
    Connection(ConnectionId),
}

impl Subject {
    /// Whom an input is about, if an order can silence it.
    pub(super) const fn of(input: &Input<JsBytes>) -> Option<Self> {
        match input {
            Input::DocumentArrived { request, .. }
            | Input::ResponseStarted { request, .. }
            | Input::DigestTold { request, .. }
            | Input::ChunkArrived { request, .. }
            | Input::ResponseEnded { request }
            | Input::RequestFailed { request, .. } => Some(Self::Request(*request)),
            Input::TrackerOpened { tracker }
            | Input::TrackerSaid { tracker, .. }
            | Input::TrackerClosed { tracker } => Some(Self::Tracker(*tracker)),
            Input::OfferReady { connection, .. }
            | Input::AnswerReady { connection, .. }
            | Input::ChannelOpened { connection }
            | Input::PeerSaid { connection, .. }
            | Input::ChannelDrained { connection }
            | Input::ConnectionClosed { connection } => Some(Self::Connection(*connection)),
            Input::Woke
            | Input::PlayerOpened { .. }
            | Input::PlayerClosed { .. }
            | Input::SourceOpened { .. }
            | Input::PlayheadMoved { .. }
            | Input::FirstFrameShown { .. }
            | Input::BufferChanged { .. }
            | Input::BufferEvicted { .. }
            | Input::TrackRefused { .. }
            | Input::Made { .. }
            | Input::StreamingWanted { .. }
            | Input::DecodeFailed { .. }
            | Input::QualityChosen { .. }
            | Input::ViewportChanged { .. }
            | Input::AudioChosen { .. }
            | Input::TextChosen { .. }
            | Input::ConsentChanged { .. }
            | Input::SwarmsPublished { .. }
            | Input::UploadCapped { .. }
            | Input::MeteredChanged { .. }
            | Input::SavingChanged { .. }
            | Input::ConnectivityChanged { .. }
            | Input::VisibilityChanged { .. }
            | Input::PageLeft
            | Input::PageReturned
            | Input::SwarmReady => None,
        }
    }
}
