// The page, rendered by the server: it imports the package there.
import { Player } from './player.js'

export default function Page() {
  return <Player />
}
