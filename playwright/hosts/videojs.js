// The player and the skin of Video.js 10, and ours for the picture.
import '@videojs/html/video/player'
import '@videojs/html/video/skin'
import './hosted.js'
