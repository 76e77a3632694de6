// Who may see what: private and internal videos by a bearer token, others by a password, and the files of both by a token
// that either gets for some hours.
import { randomUUID } from 'node:crypto'
import { json, problem, text } from './answers.mjs'
import { wire } from './samples.mjs'

export class Access {
  #tokens = new Map()

  /** @param {import('./switches.mjs').Switches} switches */
  constructor(switches) {
    this.switches = switches
  }

  /** The refusal, or undefined. */
  refusal(video, headers) {
    const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1]
    if (bearer !== undefined && bearer !== this.switches.bearer) return problem(wire('vod-muxed-60s/source.json'))
    switch (video.privacy.id) {
      case 3:
      case 4:
        return bearer ? undefined : problem(wire('private/anonymous.json'))
      case 5: {
        if (bearer) return undefined
        const password = headers['x-peertube-video-password']
        if (password === undefined) return problem(wire('password/no-password.json'))
        return password === this.switches.password ? undefined : problem(wire('password/wrong-password.json'))
      }
      default:
        return undefined
    }
  }

  /** A token for the video's files, in the recorded shape. */
  issue(video) {
    const token = randomUUID()
    const expires = Date.now() + this.switches.tokenSeconds * 1000
    this.#tokens.set(token, { uuid: video.uuid, expires })
    return json({ files: { token, expires: new Date(expires).toISOString() } })
  }

  /** For a file under `/private/`: the refusal, or undefined. */
  fileRefusal(video, headers, query) {
    const token = query.get('videoFileToken')
    if (token !== null) {
      const known = this.#tokens.get(token)
      return known?.uuid === video.uuid && known.expires > Date.now() ? undefined : text('Forbidden', { status: 403, type: 'text/plain; charset=utf-8' })
    }
    if (headers.authorization === undefined && headers['x-peertube-video-password'] === undefined) return problem(wire('private/master-no-token.json'))
    return this.refusal(video, headers)
  }
}

/** `reinjectVideoFileToken`: a playlist whose addresses carry the token; those of playlists ask for the same again. */
export function reinjected(playlist, token) {
  const carrying = uri => `${uri}?videoFileToken=${token}${uri.endsWith('.m3u8') ? '&reinjectVideoFileToken=true' : ''}`
  return playlist.split('\n').map(line => {
    if (line.startsWith('#')) return line.replace(/URI="([^"]+)"/, (_, uri) => `URI="${carrying(uri)}"`)
    return line && carrying(line)
  }).join('\n')
}
