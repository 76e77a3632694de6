// What a strict TypeScript project sees of the package; compiled, never run.
import type {} from 'sprat-player/react'
import { type Fault, SpratPlayer, SpratVideo, registerPlugin, setBlocks, setWasmUrl } from 'sprat-player'
import { Session, runtime } from 'sprat-player/core'
import { SpratPlaylist } from 'sprat-player/playlist'
import german from 'sprat-player/locales/de.js'
import { load } from 'sprat-player/loader'
import 'sprat-player/define'
import 'sprat-player/inline'

const player = document.createElement('sprat-player')
const same: SpratPlayer = player
const video: SpratVideo = document.querySelector('sprat-video')!
const list: SpratPlaylist = document.createElement('sprat-playlist')
const shown: string = list.listTitle
const fault: Fault | null = video.error
const rate: number = same.playbackRate
const length: number = german.length
setWasmUrl('/sprat_bg.wasm')
setBlocks(['bad.example'])
void load('sprat-player')
runtime.close(new Session(document.createElement('video'), '', () => { throw new Error() }, { heard() {}, failed() {}, replayed() {} }))
export const known = [shown, fault, rate, length, registerPlugin]

export function Page() {
  return <sprat-player src="film.m3u8" p2p="ask" muted ref={element => void element?.play()} />
}

// @ts-expect-error: no attribute of that name has to do with numbers
player.src = 1
