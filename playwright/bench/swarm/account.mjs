// What a crowd cost its origin, by the origin's own count, beside what its viewers were given.

const MEDIA = /\.m4s$/
const KINDS = { playlists: /\.m3u8$/, digests: /sha256\.json$/, inits: /-init\.mp4$/ }

/**
 * @param {object} snapshot   of `Stats`: aborted answers are in it with what had left
 * @param {object[]} viewers  what each page's observer reports
 */
export function account(snapshot, viewers) {
  const of = pattern => Object.entries(snapshot.paths).filter(([path]) => pattern.test(path)).reduce(
    (sum, [, { requests, bytes }]) => ({ requests: sum.requests + requests, bytes: sum.bytes + bytes }), { requests: 0, bytes: 0 })
  const media = of(MEDIA)
  const delivered = viewers.reduce((sum, { media }) => sum + media, 0)
  return {
    offload: 1 - media.bytes / delivered,
    delivered,
    media,
    // Over HTTP alone every segment would have been asked for once by each.
    requestsPerSegment: media.requests / viewers.reduce((sum, { segments }) => sum + segments, 0),
    ...Object.fromEntries(Object.entries(KINDS).map(([kind, pattern]) => [kind, of(pattern)])),
  }
}

/**
 * How often each segment left the origin, in bytes of it, and who took it.
 * @param {object} snapshot
 * @param {(path: string) => number} size
 */
export function copies({ paths, log }, size) {
  return Object.entries(paths).filter(([path]) => MEDIA.test(path)).sort(([a], [b]) => a < b ? -1 : 1).map(([path, { bytes }]) => ({
    segment: path.split('/').at(-1),
    copies: bytes / size(path),
    by: log.filter(entry => entry.path === path).map(({ by, at, took, bytes, range, aborted }) => ({ by, at, took, bytes, range, aborted })),
  }))
}

/** What came more than once, for people: `000005: 0@12.1 1@12.3`, in seconds since the crowd began. */
export function twice(segments, since) {
  return segments.filter(({ copies }) => copies > 1.01).map(({ segment, by }) =>
    `${/\d+/.exec(segment)}: ${by.map(({ by, at, aborted }) => `${by}@${((at - since) / 1000).toFixed(1)}${aborted ? '!' : ''}`).join(' ')}`)
}
