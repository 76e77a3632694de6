// What is played: the address in the page's own, so that a page may lie on another server than the stream.
for (const player of document.querySelectorAll('sprat-player')) player.setAttribute('src', new URLSearchParams(location.search).get('src'))
