// The classes alone, registered by the site itself; the binaries are copied beside the bundle, where they are looked for.
import { SpratPlayer, SpratVideo } from 'sprat-player'

customElements.define('sprat-video', SpratVideo)
customElements.define('sprat-player', SpratPlayer)
document.querySelector('sprat-player').src = new URLSearchParams(location.search).get('src')
