// What the browser itself takes to carry bytes from one viewer to another: a data channel with nothing around it, both of
// its ends in one page. No player that shares can cost less than this and the player alone.
import { launch } from '../../driver/chromium.mjs'
import { cpuTime } from './processes.mjs'

const MB = 48
/** Of a message, in bytes: as large as those of either player. */
const MESSAGE = 65_536
/** So many at once, and then a pause until what they carry has been shown, about; in ms. */
const ROW = 4
const PAUSE = 80

/** CPU seconds for each MB, of whoever sends and whoever receives it. */
export async function bareChannel() {
  const browser = await launch()
  try {
    const debug = await browser.newBrowserCDPSession()
    const page = await browser.newPage()
    await page.evaluate(open)
    const before = await cpuTime(debug)
    await page.evaluate(carry, { messages: Math.round(MB * 1e6 / MESSAGE), size: MESSAGE, row: ROW, pause: PAUSE })
    return (await cpuTime(debug) - before) / MB
  } finally {
    await browser.close()
  }
}

// The rest runs in the page.

async function open() {
  const [one, other] = [new RTCPeerConnection(), new RTCPeerConnection()]
  one.onicecandidate = ({ candidate }) => other.addIceCandidate(candidate)
  other.onicecandidate = ({ candidate }) => one.addIceCandidate(candidate)
  const channel = one.createDataChannel('bytes')
  const opened = new Promise(done => { channel.onopen = done })
  const arrived = new Promise(done => { other.ondatachannel = event => done(event.channel) })
  await one.setLocalDescription()
  await other.setRemoteDescription(one.localDescription)
  await other.setLocalDescription()
  await one.setRemoteDescription(other.localDescription)
  const far = await arrived
  far.binaryType = 'arraybuffer'
  await opened
  Object.assign(globalThis, { channel, far, ends: [one, other] })
}

function carry({ messages, size, row, pause }) {
  const message = new Uint8Array(size)
  return new Promise(done => {
    let came = 0
    const send = () => { for (let i = 0; i < row; i++) channel.send(message) }
    far.onmessage = () => {
      came += 1
      if (came >= messages) done()
      else if (came % row === 0) setTimeout(send, pause)
    }
    send()
  })
}
