// The controls of media-chrome, and ours for the picture. `?src=` of the page is another stream than its film.
import 'media-chrome'
import 'media-chrome/menu'
import '/sprat.js'

const src = new URLSearchParams(location.search).get('src')
if (src) document.querySelector('sprat-video').setAttribute('src', src)
