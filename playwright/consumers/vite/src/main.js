import 'sprat-player/define'

document.querySelector('sprat-player').src = new URLSearchParams(location.search).get('src')
