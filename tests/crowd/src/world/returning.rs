//! Liars who come back. Whom a neighbour left for altered bytes closes the page and opens it anew at once: a new engine,
//! with a name, allowances and budgets that nobody has seen, in its old place in the network. Nothing but its link and
//! the tracker's round trips keeps it from doing so again. Each second one is a browser, with a certificate for every
//! connection; the others are programs that keep theirs (RFC 8122 §5: the fingerprint in each description).

use super::{Fate, World};
use crate::element::Element;
use sprat::engine::contract::Input;
use sprat::engine::id::ConnectionId;

impl World {
    /// A viewer closed a connection over which it was sent altered bytes, or not.
    pub(super) fn left_by(&mut self, closer: usize, liar: usize, lied: bool) {
        let returns = self.liars_return && lied && self.nodes[liar].viewer.liar;
        if returns && !self.nodes[closer].viewer.liar {
            self.tally.viewers[liar].left_for_lies += 1;
            if !std::mem::replace(&mut self.nodes[liar].returning, true) {
                self.at(self.now, liar, super::What::Fate(Fate::ComesBack));
            }
        }
    }

    /// Under another name.
    pub(super) fn come_back(&mut self, node: usize) {
        self.handle(node, Input::PageLeft);
        self.look(node);
        self.hang_up(node);
        let n = &mut self.nodes[node];
        (n.returning, n.element, n.shift, n.dry_since) = (false, Element::default(), None, None);
        n.viewer.seed = crate::chance::Chance::new(n.viewer.seed).next() & !3 | n.viewer.seed & 3;
        self.tally.viewers[node].names += 1;
        self.open_page(node);
    }

    /// The line of a description that names the certificate, where somebody's are told apart.
    pub(super) fn fingerprint(&self, node: usize, connection: ConnectionId) -> String {
        if !self.liars_return {
            return String::new();
        }
        let viewer = &self.nodes[node].viewer;
        let keeps = viewer.liar && viewer.seed & 2 != 0;
        let names = self.tally.viewers[node].names;
        let of = if keeps { 0 } else { u64::from(names) << 32 | u64::from(connection.0) };
        format!("\r\na=fingerprint:sha-256 {node:08X}{of:016X}\r\n")
    }
}
