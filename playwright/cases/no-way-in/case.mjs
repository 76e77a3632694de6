// Nobody is there to share with, because something stands between: half of the trackers are down, the browser lets the page near
// nobody, addresses lead nowhere. The film plays on without a stall, memory stays where it is beside an honest neighbour, and
// whoever is alone is told so.
import { networkInterfaces } from 'node:os'
import { sufferAll } from '../../driver/suffering.mjs'

/** As `sufferAll` takes them. */
const WAYS = {
  'one tracker of two down': { manner: 'honest', gives: true, attributes: url => ({ trackers: `ws://127.0.0.1:1/tracker/socket ${url}` }) },
  // Chromium asks about a page of the internet that wants to speak with the local network; here nobody answers.
  'tracker in a closed network': { manner: 'honest', apart: true, csp: 'public', sharing: 'alone' },
  // The same for WebRTC, of which that page is told addresses of its local network and no others.
  'peers of the local network': { manner: 'honest', local: true, csp: 'public', gives: true, flags: ['--disable-features=WebRtcHideLocalIpsWithMdns,LocalNetworkAccessChecksWebSockets'] },
  'peers of the local network, closed': {
    manner: 'honest', local: true, csp: 'public', apart: true, sharing: 'alone',
    flags: ['--enable-features=LocalNetworkAccessChecksWebRTC', '--disable-features=WebRtcHideLocalIpsWithMdns,LocalNetworkAccessChecksWebSockets'],
  },
  'peers whose addresses lead nowhere': { manner: 'honest', unreachable: true, apart: true, sharing: 'alone' },
}

export default {
  about: 'no way in: half a tracker, closed networks, addresses that lead nowhere: 0 stalls, bounded memory',
  seconds: 120,
  // What the engine makes of it is the same in every browser.
  browsers: ['chromium'],
  // The browser itself reports a socket that could not be opened.
  expects: [/WebSocket connection to .* failed/],
  async run(world) {
    const there = Object.entries(WAYS).filter(([, { local }]) => !local || hasLocalAddress())
    if (there.length < Object.keys(WAYS).length) world.note('not told of a local network, for this machine has no address in one')
    await sufferAll(world, Object.fromEntries(there))
  },
}

/** Whether browsers here have an address of a local network to tell of (RFC 1918, RFC 4193). */
function hasLocalAddress() {
  const all = Object.values(networkInterfaces()).flat().filter(({ internal }) => !internal)
  return all.some(({ address }) => /^(10\.|172\.(1[6-9]|2\d|3[01])\.|192\.168\.|f[cd])/i.test(address))
}
