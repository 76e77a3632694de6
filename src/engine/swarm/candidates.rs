//! Which addresses of ours others get to see, and which of theirs our browser is sent to: session descriptions with
//! some candidates left out (RFC 8839 §5.1). On a public page neither side is told of private networks: what is there
//! is nobody's business, and strangers could have a viewer's browser knock at the doors of their own network.

use crate::engine::config::Candidates;

const RELATED: &[u8] = b" raddr ";

/// A description with the candidates that may leave, and no other address of ours in it.
pub(super) fn outgoing(sdp: &str, which: Candidates) -> String {
    if which == Candidates::All {
        return sdp.into();
    }
    let mut out = String::with_capacity(sdp.len());
    for line in sdp.split_inclusive('\n') {
        if line.starts_with("c=") {
            // The default candidate stands here as well (RFC 8839 §4.2.1.2); this is what it is before there is one.
            out.push_str("c=IN IP4 0.0.0.0\r\n");
        } else if let Some((address, kind)) = candidate(line) {
            let leaves = if which == Candidates::Relayed { kind == "relay" } else { !is_private(address) };
            if leaves {
                // `raddr` is where it was found from: the address behind it.
                let related = line.as_bytes().windows(RELATED.len()).position(|w| w == RELATED);
                let end = related.unwrap_or(line.trim_end().len());
                out.push_str(line.get(..end).unwrap_or_default());
                out.push_str(if kind == "host" { "\r\n" } else { " raddr 0.0.0.0 rport 0\r\n" });
            }
        } else {
            out.push_str(line);
        }
    }
    out
}

/// A stranger's description, with the candidates that our browser may be sent to.
pub(super) fn incoming(sdp: String, which: Candidates) -> String {
    if which != Candidates::Public {
        return sdp;
    }
    let public = |line: &&str| candidate(line).is_none_or(|(address, _)| !is_private(address));
    sdp.split_inclusive('\n').filter(public).collect()
}

/// Address and type of a candidate; `None` for any other line. One that cannot be read has neither, and stays here.
fn candidate(line: &str) -> Option<(&str, &str)> {
    let mut words = line.strip_prefix("a=candidate:")?.split_ascii_whitespace();
    let address = words.nth(4).unwrap_or_default();
    Some((address, words.nth(2).unwrap_or_default()))
}

/// Whether an address or host name means something within some network alone: RFC 1918, RFC 6598 (behind a carrier's
/// NAT), loopback and link-local addresses, unique local ones (RFC 4193), names by multicast DNS (RFC 6762), names of
/// one label, and nothing at all.
#[must_use]
pub fn is_private(host: &str) -> bool {
    let host = host.trim_matches(['[', ']']).to_ascii_lowercase();
    // `::ffff:10.0.0.1` is that address as well.
    let mut octets = host.rsplit(':').next().unwrap_or_default().split('.').map(|o| o.parse::<u8>());
    if let (Some(Ok(a)), Some(Ok(b)), Some(Ok(_)), Some(Ok(_)), None) =
        (octets.next(), octets.next(), octets.next(), octets.next(), octets.next())
    {
        return matches!(
            (a, b),
            (0 | 10 | 127, _) | (169, 254) | (192, 168) | (172, 16..=31) | (100, 64..=127)
        );
    }
    if host.contains(':') {
        // fc00::/7 and fe80::/10.
        let local = |prefix: &&str| host.starts_with(prefix);
        return ["fc", "fd", "fe8", "fe9", "fea", "feb"].iter().any(local) || host == "::1" || host == "::";
    }
    !host.contains('.') || host.ends_with(".local") || host.ends_with(".localhost")
}
