// Cards that mean harm. Nothing of them may run, be fetched, lead to anything but the web, or take up the picture.
const evil = 'https://evil.example'
const html = '<img src=x onerror="shown = 1"><script>shown = 1</script>'

export const HOSTILE = [
  { kind: 'link', title: 'script', url: 'javascript:shown=1' },
  { kind: 'link', title: 'data', url: 'data:text/html,<script>shown=1</script>' },
  { kind: 'video', title: 'source', src: 'javascript:shown=1' },
  { kind: 'petition', title: 'address', url: 'javascript:shown=1' },
  { kind: 'countdown', title: 'never', start: 'x', url: evil },
  { kind: '__proto__', title: 'kind', url: evil },
  { kind: 'link', title: html, text: html, url: `${evil}/"onmouseover="shown=1`, image: `${evil}/pixel.gif`, alt: html, place: 'bar' },
  { kind: 'event', title: 'W'.repeat(10_000), url: `${evil}/event`, fetch: false, start: '2031-05-01T20:00:00Z', end: '2001-01-01T00:00:00Z', location: 'Z\r\nATTACH:https://evil.example'.repeat(100) },
  { kind: 'petition', title: 'figures', url: `${evil}/petition`, fetch: false, signatures: 1e308, goal: -5 },
  { kind: 'petition', title: 'more than all', url: `${evil}/petition`, fetch: false, signatures: 9e9, goal: 1 },
].map(card => ({ at: 0, ...card }))

/** In place of a petition's figures. */
export const LIES = [' ', '{', 'null', '[]', '"a"', `{"title":${JSON.stringify(html)},"signatures":"<b>1</b>"}`, `{"title":"${'a'.repeat(1_100_000)}","signatures":1}`]
