// What is told of crowds: a row for each player, one for each viewer where players are mixed, and one a minute of a soak.
import { median, quantile, table } from '../figures.mjs'

/**
 * The row of one player: the median of its runs; stalls are added up.
 * @param {object[]} [alone]   the runs of hls.js alone, in the same order: machines are busy now and idle then, and two
 *   crowds that followed one another met the same
 */
export function summary(viewers, results, { stream }, alone) {
  const all = results.flatMap(({ viewers }) => viewers)
  const of = read => median(results.map(read))
  const frames = all.map(({ firstFrame }) => firstFrame)
  const count = (name, read) => ({ [name]: of(result => read(result[name])) })
  return {
    player: kinds(viewers),
    offload: percent(of(({ offload }) => offload)),
    bound: percent(1 - 1 / viewers.length),
    'origin MB': of(({ media }) => media.bytes / 1e6),
    'shown MB': of(({ delivered }) => delivered / 1e6),
    stalls: results.reduce((sum, result) => sum + stalls(result), 0),
    'first frame ms': Math.round(median(frames)), p90: Math.round(quantile(frames, 0.9)),
    ...(stream === 'live' && {
      'latency s': median(results.flatMap(({ ages }) => ages)), p95: quantile(results.flatMap(({ ages }) => ages), 0.95),
      copies: mean(results.flatMap(({ copies }) => copies)),
    }),
    // A twentieth more is told from nothing.
    'CPU s/min': of(({ cpu }) => cpu).toFixed(1),
    ...(alone && { '× alone': median(results.map(({ cpu }, run) => cpu / alone[run].cpu)) }),
    'requests/segment': of(({ requestsPerSegment }) => requestsPerSegment),
    ...count('playlists', ({ requests }) => requests), ...count('digests', ({ requests }) => requests), ...count('inits', ({ requests }) => requests),
    'their kB': of(({ playlists, digests, inits }) => (playlists.bytes + digests.bytes + inits.bytes) / 1000),
  }
}

/** Of a mixed crowd: what each took from whom. */
export function each(viewers, results) {
  return viewers.map(({ kind }, i) => {
    const of = read => median(results.map(({ viewers, segments }) => read(viewers[i], segments)))
    const byHttp = segments => segments.flatMap(({ by }) => by).filter(({ by }) => by === String(i)).reduce((sum, { bytes }) => sum + bytes, 0)
    return {
      viewer: `${i + 1} ${kind}`,
      offload: percent(of(({ media }, segments) => 1 - byHttp(segments) / media)),
      'from peers MB': of(({ own }) => own.p2pBytes / 1e6), 'given MB': of(({ own }) => own.uploadedBytes / 1e6),
      stalls: results.reduce((sum, { viewers }) => sum + viewers[i].witness.stalls, 0),
    }
  })
}

export function kinds(viewers) {
  return [...new Set(viewers.map(({ kind, mode }) => mode ? `${kind}, ${mode}` : kind))].join(' + ')
}

/**
 * Of a soak: one line a minute, after everything unused has gone.
 * @returns {{ rows: object[], look: (pages: object[]) => Promise<void> }}
 */
export function minutely() {
  const rows = []
  return {
    rows,
    async look(pages) {
      const found = await Promise.all(pages.map(async page => ({ ...await page.evaluate(() => globalThis.observer.report()), ...await memory(page) })))
      const most = read => Math.max(...found.map(read))
      const sum = read => found.reduce((total, one) => total + read(one), 0)
      rows.push({
        minute: rows.length + 1, 'heap MB': most(({ heap }) => heap), 'buffers MB': most(({ buffers }) => buffers),
        connections: sum(({ connections }) => connections), peers: sum(({ own }) => own.peers), stalls: sum(({ witness }) => witness.stalls),
        'by peers': percent(sum(({ own }) => own.p2pBytes) / sum(({ own }) => own.p2pBytes + own.httpBytes)),
        'latency s': median(found.map(({ ages }) => ages.at(-1) ?? NaN)),
      })
      console.log(table(rows).split('\n').slice(rows.length === 1 ? 0 : -1).join('\n'))
    },
  }
}

/** By how much the fullest page grew, in MB, since the first buffers were full. */
export function growth(rows) {
  const sum = row => row['heap MB'] + row['buffers MB']
  return sum(rows.at(-1)) - sum(rows[Math.min(1, rows.length - 1)])
}

async function memory(page) {
  const debug = await page.context().newCDPSession(page)
  await debug.send('HeapProfiler.collectGarbage')
  const { usedSize, backingStorageSize } = await debug.send('Runtime.getHeapUsage')
  await debug.detach()
  return { heap: usedSize / 1e6, buffers: backingStorageSize / 1e6 }
}

export function stalls({ viewers }) {
  return viewers.reduce((sum, { witness }) => sum + witness.stalls, 0)
}

export function percent(share) {
  return `${(share * 100).toFixed(1)} %`
}

function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
