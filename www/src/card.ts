// A page that `cargo xtask card` wrote begins where its address says, for links to it may name a moment and a place in a
// list: `?start=1m23s&playlistPosition=2`. It is fetched before the elements are; of all else the page itself is the word.

const ATTRIBUTES = { start: 'start', playlistPosition: 'index' };

const asked = new URLSearchParams(location.search);
const element = document.querySelector('sprat-player, sprat-playlist');
for (const [parameter, attribute] of Object.entries(ATTRIBUTES)) {
  const value = asked.get(parameter);
  if (value) element?.setAttribute(attribute, value);
}

export {};
