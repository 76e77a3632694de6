// A broadcast whose pictures say when they were taken: ffmpeg draws the time of each frame as a row of black and white
// fields, so that a viewer's picture tells its own age, whatever encoders, servers and players made of its timestamps.
import { spawn } from 'node:child_process'

/**
 * Fields in the row: a white one, so many bits of the time, the lowest first, and a black one; the width and height of a
 * field, in pixels; ticks of the clock per second. 16 bits of them are 21 minutes.
 */
const CLOCK = { bits: 16, field: 24, rate: 50 }

/** ffmpeg's filters that draw the time of each frame. @param {typeof CLOCK} clock */
export function drawnClock({ bits, field, rate }) {
  const box = (i, colour, when) => `drawbox=x=${i * field}:y=0:w=${field}:h=${field}:color=${colour}:t=fill${when ? `:enable='${when}'` : ''}`
  return [
    `drawbox=x=0:y=0:w=${(bits + 2) * field}:h=${field}:color=black:t=fill`,
    box(0, 'white'),
    ...Array.from({ length: bits }, (_, i) => box(i + 1, 'white', `mod(floor(t*${rate / 2 ** i}),2)`)),
  ].join(',')
}

/** @param {{ size?: string, keyframes?: number, to: string[] }} options   `to`: ffmpeg's words for where it goes */
export function broadcast({ size = '640x360', keyframes = 50, to }) {
  const epoch = Math.floor(Date.now() / 1000)
  const filters = [
    // The wall clock of the moment in which a frame was taken, for as long as its time is drawn.
    `setpts='(RTCTIME/1000000-${epoch})/TB'`,
    drawnClock(CLOCK),
    "setpts='N/(25*TB)'",
  ]
  const words = [
    '-hide_banner', '-loglevel', 'error', '-nostdin',
    '-re', '-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=25`, '-re', '-f', 'lavfi', '-i', 'sine=frequency=330:sample_rate=48000',
    '-vf', filters.join(','),
    '-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-pix_fmt', 'yuv420p', '-profile:v', 'baseline',
    '-g', String(keyframes), '-keyint_min', String(keyframes), '-sc_threshold', '0', '-b:v', '800k', '-maxrate', '800k', '-bufsize', '400k',
    '-c:a', 'aac', '-b:a', '64k', '-ar', '48000', ...to,
  ]
  const process = spawn('ffmpeg', words, { stdio: ['ignore', 'ignore', 'inherit'] })
  return { epoch, process, clock: { ...CLOCK, epoch } }
}

/** In the page, with the clock of a broadcast: the age of each frame on screen in seconds, twice a second, in `ages`. */
export function readClock({ bits, field, rate, epoch }) {
  const ages = (globalThis.ages = [])
  const canvas = new OffscreenCanvas((bits + 2) * field, field)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  const read = (video, now) => {
    context.drawImage(video, 0, 0, canvas.width, field, 0, 0, canvas.width, field)
    const { data } = context.getImageData(0, field / 2, canvas.width, 1)
    const is = i => data[((i + 0.5) * field | 0) * 4] > 127
    if (!is(0) || is(bits + 1)) return
    let ticks = 0
    for (let i = 0; i < bits; i++) if (is(i + 1)) ticks += 2 ** i
    // The clock runs over after a while.
    const turn = 2 ** bits / rate
    ages.push(((now / 1000 - epoch - ticks / rate) % turn + turn) % turn)
  }
  let watched, last = 0
  const frame = () => {
    watched.requestVideoFrameCallback(frame)
    const now = Date.now()
    if (watched.seeking || now - last < 500) return
    last = now
    read(watched, now)
  }
  setInterval(() => {
    const video = globalThis.page?.video
    if (!video || video === watched) return
    watched = video
    video.requestVideoFrameCallback(frame)
  }, 100)
}
