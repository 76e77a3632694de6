// The engine plays in a video of the page's own.
import { Session, runtime } from '/modules/sprat-player/dist/core.js'

const video = document.querySelector('video')
const src = new URLSearchParams(location.search).get('src')
const options = { src, trackers: [], p2p: 'off', iceServers: [], naming: 'v2-position', preload: 'auto' }
runtime.open(new Session(video, src, () => ({ ...options }), { heard() {}, failed: fault => console.error(fault), replayed() {} }))
video.play()
