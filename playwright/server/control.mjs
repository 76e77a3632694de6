// The switches over HTTP, for a person with curl and for the demo page; tests hold the objects themselves.
//
//   GET /__stats     POST /__stats (resets)
//   GET /__faults    POST /__faults [Rule…]
//   GET /__tracker   POST /__tracker {"mode": "ok"}

export async function control({ request, response, url, headers, stats, faults, tracker }) {
  const posted = request.method === 'POST'
  switch (url.pathname) {
    case '/__stats':
      if (posted) stats.reset()
      return json(response, headers, stats.snapshot())
    case '/__faults':
      if (posted) faults.set(JSON.parse(await text(request) || '[]'))
      return json(response, headers, faults.applied())
    case '/__tracker':
      if (posted) tracker.mode = JSON.parse(await text(request)).mode
      return json(response, headers, tracker.snapshot())
    default:
      response.writeHead(404, headers).end()
  }
}

async function text(request) {
  let body = ''
  for await (const chunk of request.setEncoding('utf8')) body += chunk
  return body
}

function json(response, headers, value) {
  response.writeHead(200, { ...headers, 'content-type': 'application/json' }).end(JSON.stringify(value, null, 2) + '\n')
}
