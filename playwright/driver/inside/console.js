// What the console of this page says at level `error`, and what nobody caught: for a browser whose driver does not
// tell. An iframe tells the page around it.
{
  const said = []
  const note = text => (top === self ? said.push(text) : top.postMessage({ consoleError: text }, '*'))
  const words = value => (value instanceof Error ? `${value}\n${value.stack}` : String(value))

  const { error } = console
  console.error = (...all) => {
    const caller = new Error().stack.split('\n')[1]?.match(/\w+:\/\/[^:]+(:\d+)?[^:]*/)
    note(`${all.map(words).join(' ')}${caller ? ` (${caller[0]})` : ''}`)
    error.apply(console, all)
  }
  addEventListener('error', ({ message, filename, error }) => message && note(`uncaught ${error ? words(error) : message} (${filename})`))
  addEventListener('unhandledrejection', ({ reason }) => note(`uncaught (in promise) ${words(reason)}`))
  addEventListener('message', ({ data }) => data?.consoleError && note(data.consoleError))

  globalThis.consoleErrors = said
}
