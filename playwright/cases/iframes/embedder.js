// `?address=` of the iframe, and `?sandbox=` if it is to have one.
const given = new URLSearchParams(location.search)
const frame = document.createElement('iframe')
if (given.has('sandbox')) frame.setAttribute('sandbox', given.get('sandbox'))
frame.allow = 'autoplay; fullscreen; picture-in-picture'
frame.width = 800
frame.height = 500
frame.src = given.get('address')
document.body.append(frame)
