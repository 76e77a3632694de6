// <hosted-sprat-video>: a <sprat-video> that registers itself with the Video.js player around it, which finds only
// `<video>` by itself. To be used in place of <sprat-video>, with the same attributes.
import { MediaAttachMixin } from '@videojs/html'
import { load } from '/sprat.js'

await load('sprat-video')
customElements.define('hosted-sprat-video', class extends MediaAttachMixin(customElements.get('sprat-video')) {})
