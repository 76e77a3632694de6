//! Redundancy servers have copies of a publisher's files. The origin or one of them: who is asked for a segment is left to
//! chance, so that the load is spread. They are strangers: only what has a digest is asked of them, and it waits for that
//! whole. One that brings other bytes is asked no more; one that fails, or takes twice the origin's time, rests, ever
//! longer. As long as they are asked, there is time for the origin to bring all of it, and once there is not, it does.
//!
//! All of it is code of the binary that reads digests.

use super::job::{Job, Response, Route, Supplier};
use super::{Asset, Transfer, Want};
use crate::engine::contract::{Copies, Orders, Output};
use crate::engine::error::redacted;
use crate::engine::id::{Counter, PlayerId, SegmentId, ServerId};
use crate::engine::payload::Payload;
use crate::engine::time::{Instant, Millis};
use litemap::LiteMap;

/// Servers that one player may name.
const MOST: usize = 8;
/// First rest after a failure; doubled each time, [`DOUBLINGS`] times at most.
const FIRST_REST: Millis = Millis(10_000);
const DOUBLINGS: u32 = 5;
/// A body without an end is no segment: so many times what one was guessed to be, and what small ones may be beyond.
const LONGER: u64 = 4;
const SMALL: u64 = 1 << 20;

/// One server, as one player named it.
struct Server {
    id: ServerId,
    player: PlayerId,
    came_to: Copies,
    rests_until: Instant,
    failures: u32,
    /// What did not match, until the origin's bytes tell whether that was a lie.
    suspected: Option<SegmentId>,
}

/// All of them.
pub struct Redundancy {
    servers: Vec<Server>,
    ids: Counter,
    chance: u64,
}

impl Redundancy {
    /// Nobody has named any. `seed` is for who is asked.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { servers: Vec::new(), ids: Counter::default(), chance: seed | 1 }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.servers.is_empty()
    }

    /// A player names its own: http and https, and nothing that a file's name cannot follow.
    #[inline(never)]
    pub fn named(&mut self, player: PlayerId, bases: Vec<String>) {
        let web = |b: &String| (b.starts_with("https://") || b.starts_with("http://")) && redacted(b) == b;
        for base in bases.into_iter().filter(web).take(MOST) {
            let (id, base) = (ServerId(self.ids.draw()), base.trim_end_matches('/').to_owned());
            let came_to = Copies { base, ..Copies::default() };
            let (rests_until, failures, suspected) = (Instant::ZERO, 0, None);
            self.servers.push(Server { id, player, came_to, rests_until, failures, suspected });
        }
    }

    /// Forgets those of other players.
    #[inline(never)]
    pub fn retain(&mut self, is_here: impl Fn(PlayerId) -> bool) {
        self.servers.retain(|s| is_here(s.player));
    }

    /// Whether a player has named some.
    #[must_use]
    pub fn serves(&self, player: PlayerId) -> bool {
        self.servers.iter().any(|s| s.player == player)
    }

    /// What those of a player came to.
    #[inline(never)]
    pub fn account(&self, player: PlayerId) -> Vec<Copies> {
        self.servers.iter().filter(|s| s.player == player).map(|s| s.came_to.clone()).collect()
    }

    /// What a server brought does not match: it rests until the origin's bytes are here.
    #[inline(never)]
    pub fn suspect(&mut self, server: ServerId, segment: SegmentId) {
        if let Some(server) = self.servers.iter_mut().find(|s| s.id == server) {
            server.suspected = Some(segment);
            server.rests_until = Instant::from_millis(u64::MAX);
        }
    }

    /// A segment is here, of a server or of the origin, and its bytes are what the publisher lists, or are not. Who lied
    /// about it, and to which player: it is left for good. A list that does not know the origin's bytes accuses nobody.
    #[inline(never)]
    pub fn judge(
        &mut self,
        (by, len): (Option<ServerId>, u64),
        segment: SegmentId,
        listed: bool,
        now: Instant,
    ) -> Option<(PlayerId, &str)> {
        if let Some(server) = self.servers.iter_mut().find(|s| Some(s.id) == by) {
            server.failures = 0;
            server.came_to.bytes += len;
        }
        let suspect = self.servers.iter_mut().find(|s| s.suspected == Some(segment))?;
        suspect.suspected = None;
        if !listed {
            suspect.rest(now);
            return None;
        }
        suspect.came_to.lied = true;
        Some((suspect.player, &suspect.came_to.base))
    }

    /// Whom to ask for a file, and where; none: the origin.
    fn choose(
        &mut self,
        url: &str,
        asks: impl Fn(PlayerId) -> bool,
        now: Instant,
    ) -> Option<(ServerId, String)> {
        // xorshift64: enough to spread the load.
        self.chance ^= self.chance << 13;
        self.chance ^= self.chance >> 7;
        self.chance ^= self.chance << 17;
        // What follows it may be a token, which is the origin's alone.
        let file = redacted(url).rsplit('/').next()?;
        let able: Vec<_> = self.servers.iter().filter(|s| asks(s.player) && s.rests_until <= now).collect();
        let server = able.get((self.chance >> 32) as usize % (able.len() + 1))?;
        Some((server.id, [&server.came_to.base, "/", file].concat()))
    }

    fn rests(&self, server: ServerId, now: Instant) -> bool {
        self.servers.iter().any(|s| s.id == server && s.rests_until > now)
    }

    fn rest(&mut self, server: ServerId, now: Instant) {
        if let Some(server) = self.servers.iter_mut().find(|s| s.id == server) {
            server.rest(now);
        }
    }
}

impl Server {
    fn rest(&mut self, now: Instant) {
        self.rests_until = now + Millis(FIRST_REST.0 << self.failures.min(DOUBLINGS));
        self.failures += 1;
    }
}

impl<P: Payload> Job<P> {
    /// Which server to ask, if not the origin: where nothing is here yet, and there is time for both, one after the other.
    #[inline(never)]
    pub(super) fn copied_by(
        &self,
        asset: Asset,
        wants: &LiteMap<PlayerId, Vec<Want>>,
        redundancy: &mut Redundancy,
        (left, by_origin): (Millis, Millis),
        now: Instant,
    ) -> Option<(ServerId, String)> {
        let some = self.have() > 0 || self.early.bytes() > 0;
        if !matches!(asset, Asset::Segment(_))
            || some
            || self.origin_only
            || self.held
            || left <= by_origin + by_origin
        {
            return None;
        }
        let asks = |p: PlayerId| wants.get(&p).is_some_and(|w| w.iter().any(|w| w.asset == asset));
        redundancy.choose(&self.place.url, asks, now)
    }
}

impl<P: Payload> Transfer<P> {
    /// Whether what failed was a server's: that one rests, and it is as if it had not been asked.
    #[inline(never)]
    pub(super) fn copy_failed(&mut self, asset: Asset, now: Instant) -> bool {
        let Some(job) = self.jobs.get_mut(&asset) else { return false };
        let Route::Http(Response { of: Supplier::Server(server), .. }) = job.route else { return false };
        job.route = Route::Idle;
        self.next_look = Some(now);
        self.redundancy.rest(server, now);
        true
    }

    /// Takes segments away from servers that are late, or have failed at another.
    #[inline(never)]
    pub(super) fn review_copies(&mut self, now: Instant, orders: &mut Orders<P>) {
        let margin = self.margin();
        for (_, job) in self.jobs.iter_mut() {
            let Route::Http(Response { of: Supplier::Server(server), request, asked_at, heard_at, .. }) =
                job.route
            else {
                continue;
            };
            let by_origin = self.origin_rate.time_for(job.length.unwrap_or(job.guess)) + margin;
            let late = now.since(asked_at) > by_origin + by_origin || now.since(heard_at) > self.peer_silence;
            let endless = job.have() > job.length.unwrap_or(job.guess) * LONGER + SMALL;
            let hasty = job.deadline.since(now) < by_origin || self.redundancy.rests(server, now);
            if late || endless || hasty {
                orders.push_back(Output::Abort { request });
                job.route = Route::Idle;
                if late || endless {
                    self.redundancy.rest(server, now);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::id::RenditionId;

    const PLAYER: PlayerId = PlayerId(1);
    const SEGMENT: SegmentId = SegmentId { rendition: RenditionId(1), number: 7 };

    fn two() -> Redundancy {
        let mut servers = Redundancy::new(5);
        servers.named(PLAYER, vec!["https://one.test/copies/".into(), "http://two.test".into()]);
        servers
    }

    /// All that are chosen in a hundred draws.
    fn chosen(servers: &mut Redundancy, url: &str, now: Instant) -> Vec<(ServerId, String)> {
        let mut all: Vec<_> = (0..100).filter_map(|_| servers.choose(url, |p| p == PLAYER, now)).collect();
        assert!(all.len() < 100, "the origin, too, has its share");
        all.sort();
        all.dedup();
        all
    }

    #[test]
    fn a_file_is_asked_for_by_its_name_and_no_token_leaves_the_origin() {
        let urls =
            chosen(&mut two(), "https://origin.test/private/7.ts?videoFileToken=secret#t", Instant::ZERO);
        let urls: Vec<&str> = urls.iter().map(|(_, url)| url.as_str()).collect();
        assert_eq!(urls, ["https://one.test/copies/7.ts", "http://two.test/7.ts"]);
        assert_eq!(
            two().choose("https://origin.test/7.ts", |_| false, Instant::ZERO),
            None,
            "of another player"
        );
    }

    #[test]
    fn who_lied_is_left_for_good_and_who_only_differs_from_an_old_list_rests() {
        let (now, later) = (Instant::ZERO, Instant::from_millis(3_600_000));
        let mut servers = two();
        let one = ServerId(1);
        servers.suspect(one, SEGMENT);
        assert_eq!(
            servers.judge((None, 0), SEGMENT, false, now),
            None,
            "the origin's own bytes are not on the list"
        );
        assert_eq!(chosen(&mut servers, "https://origin.test/7.ts", now).len(), 1);
        assert_eq!(chosen(&mut servers, "https://origin.test/7.ts", later).len(), 2);
        servers.suspect(one, SEGMENT);
        assert_eq!(servers.judge((None, 0), SEGMENT, true, later), Some((PLAYER, "https://one.test/copies")));
        assert_eq!(servers.judge((None, 0), SEGMENT, true, later), None, "it is named once");
        let lied: Vec<bool> = servers.account(PLAYER).iter().map(|copies| copies.lied).collect();
        assert_eq!(lied, [true, false]);
        assert_eq!(chosen(&mut servers, "https://origin.test/7.ts", later).len(), 1);
    }

    #[test]
    fn whoever_fails_again_rests_longer_and_not_without_end() {
        let mut servers = two();
        let (one, mut now) = (ServerId(1), Instant::ZERO);
        for seconds in [10, 20, 40, 80, 160, 320, 320] {
            servers.rest(one, now);
            now = now + Millis(seconds * 1_000 - 1);
            assert_eq!(chosen(&mut servers, "https://origin.test/7.ts", now).len(), 1, "{seconds} s");
            now = now + Millis(1);
            assert_eq!(chosen(&mut servers, "https://origin.test/7.ts", now).len(), 2, "{seconds} s");
        }
        servers.judge((Some(one), 9), SEGMENT, true, now);
        servers.rest(one, now);
        assert_eq!(
            chosen(&mut servers, "https://origin.test/7.ts", now + Millis(10_000)).len(),
            2,
            "it has delivered since"
        );
    }
}
