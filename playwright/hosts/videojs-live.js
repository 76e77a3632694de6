// The player and the skin that Video.js 10 has for lives, and ours for the picture. `?src=` of the page is another live.
import '@videojs/html/live-video/player'
import '@videojs/html/live-video/skin'
import './hosted.js'

const src = new URLSearchParams(location.search).get('src')
if (src) document.querySelector('hosted-sprat-video').setAttribute('src', src)
