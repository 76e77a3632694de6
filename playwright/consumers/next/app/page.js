import { Player } from './player.js'

export default function Page() {
  return <Player />
}
