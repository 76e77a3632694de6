import 'sprat-player/player'

document.querySelector('sprat-player').src = new URLSearchParams(location.search).get('src')
