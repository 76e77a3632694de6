// A page into whose source somebody pastes embed code: it is parsed, and its scripts run, as if it had stood there.
globalThis.paste = code => {
  const { activeElement } = document
  activeElement?.blur()
  document.body.append(document.createRange().createContextualFragment(code))
}
