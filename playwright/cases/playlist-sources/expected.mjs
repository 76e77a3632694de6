// What the lists in `tests/fixtures/lists` mean: title, and of each item what is not absent.

const vod = '/media/vod/master.m3u8'
const poster = '/media/vod/poster.jpg'
const embedded = 'https://tube.example/videos/embed/gZBQsdD4uWnkB9PNLgxnyc'
const HLS = 'application/x-mpegURL'

export const EXPECTED = {
  'own.json': ['Our own', [
    {
      title: 'All that an item can have', channel: 'Ada', src: vod, type: 'application/vnd.apple.mpegurl', poster, duration: 60, start: 20, stop: 40,
      attributes: { trackers: 'wss://a.example/ wss://b.example/', integrity: '/media/vod/segments-sha256.json', swarm: 'life', naming: 'v2-identity', 'ice-servers': 'stun:stun.example', crossorigin: 'anonymous' },
    },
    { title: 'On an instance', peertube: 'https://tube.example/w/gZBQsdD4uWnkB9PNLgxnyc' },
    { title: 'Gone' },
    { title: 'Waives nothing', src: '/media/files/master.m3u8' },
  ]],
  'channel.rss': ['Cells & patterns - Tube', [
    { title: 'Life in <b>360</b> lines', channel: 'Ada', peertube: embedded, poster: 'https://tube.example/lazy-static/thumbnails/a.jpg', duration: 60 },
    { title: 'Without a page for frames', src: '/files/720.mp4', type: 'video/mp4', poster, duration: 61 },
    { title: 'Nothing but a torrent', poster: 'https://tube.example/client/assets/images/icons/icon-1500x1500.png' },
  ]],
  'podcast.rss': ['Talk of the pond', [
    { title: 'Two: with pictures', channel: 'Bo', src: vod, type: HLS, poster: '/media/files/poster.jpg', duration: 3723 },
    { title: 'One', src: 'https://pond.example/play?episode=1', type: 'audio/mpeg', poster: 'https://pond.example/1.jpg', duration: 2520 },
  ]],
  'atom.xml': ['Notes with films', [{ title: 'Depth', channel: 'Cy', src: '/media/split/master.m3u8', type: 'application/vnd.apple.mpegurl' }]],
  'feed.json': ['Cells', [
    { title: 'On an instance', channel: 'Ada', peertube: embedded, poster: 'https://tube.example/a.jpg' },
    { title: 'A file', channel: 'Bo', src: vod, type: HLS, duration: 6629 },
    { title: '' },
  ]],
  'list.xspf': ['Three from XSPF', [
    { title: 'Life', channel: 'Ada', src: vod, poster, duration: 60 },
    { title: 'Second place', src: '/life.mp4' },
    { title: 'Nowhere' },
  ]],
  'list.jspf': ['Two from JSPF', [
    { title: 'Dusk', channel: 'Bo', src: '/media/files/master.m3u8', duration: 24 },
    { title: 'Who knows what', src: 'https://pond.example/sound' },
  ]],
  'list.m3u': ['Four from M3U', [
    { title: 'Life, again', src: vod, poster, duration: 60 },
    { title: 'A live', src: 'https://tube.example/live/master.m3u8' },
    { title: '', src: '/lists/plain.mp4' },
    { title: '' },
  ]],
  'itemlist.json': ['For search engines', [
    { title: 'Life', channel: 'Ada', src: vod, type: 'application/vnd.apple.mpegurl', poster, duration: 60 },
    { title: 'On an instance', peertube: embedded, duration: 3723 },
    { title: '' },
  ]],
}

const item = (title, src = vod) => ({ title, src })

/** Lists that are wrong, hostile or no lists: what is made of them, or how the fault is worded. */
export const HOSTILE = {
  'web-page': ['<!doctype html><html><title>404</title><script>shown = 1</script></html>', 'The server answered with a web page.'],
  'half': ['<rss><channel><item>', 'It is XML that cannot be read, or no feed.'],
  'opml': ['<opml version="2.0"><body/></opml>', 'It is XML that cannot be read, or no feed.'],
  'bomb': [`<!DOCTYPE rss [<!ENTITY a "${'ha'.repeat(100)}">${'bcdefghij'.split('').map((name, i) => `<!ENTITY ${name} "${`&${'abcdefghi'[i]};`.repeat(20)}">`).join('')}]><rss><channel><title>&j;</title></channel></rss>`, 'It is XML that cannot be read, or no feed.'],
  'prose': ['Once upon a time\nthere was a list', 'It is no list of a known kind.'],
  'no-items': ['{"version": 7, "things": []}', 'It is JSON without a list of items.'],
  'nothing': ['\n', 'It is no list of a known kind.'],
  'endless': [JSON.stringify({ title: 'x', items: [item('x'.repeat(2_100_000))] }), 'The list is too long.'],
  'many': [JSON.stringify({ title: 'x', items: Array(9000).fill(item('y')) }), 5000],
  'schemes': [JSON.stringify({ items: ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'blob:https://x/y', 7, null, {}].map(src => item('Evil', src)) }), 7, 0],
  'markup': [JSON.stringify({ title: '<img src=x onerror="shown = 1">', items: [item('</li><script>shown = 1</script>')] }), 1, 1],
}
