// `?address=` of the iframe, `?sandbox=` if it is to have one, and `?allow=` of what it may do besides.
const given = new URLSearchParams(location.search)
const frame = document.createElement('iframe')
if (given.has('sandbox')) frame.setAttribute('sandbox', given.get('sandbox'))
frame.allow = given.get('allow') ?? 'autoplay; fullscreen; picture-in-picture'
frame.width = 800
frame.height = 500
frame.src = given.get('address')
document.body.append(frame)
