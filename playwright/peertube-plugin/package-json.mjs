// What PeerTube 6 to 8 ask of a plugin's package.json before they load it. A field that is wrong is named, and the plugin stays out.

const NAME = /^peertube-plugin-[-a-z0-9]+$/
const VERSION = /^\d+\.\d+\.\d+(-(rc|alpha|beta)\.\d+)?$/

/** @returns {string[]}   the fields that are wrong */
export function wrongFields(manifest) {
  const { name, version, description, engine, author, homepage, bugs, library, staticDirs = {}, css = [], clientScripts = [], translations = {} } = manifest
  const right = {
    name: NAME.test(name) && name.length <= 50 + 'peertube-plugin-'.length,
    version: VERSION.test(version),
    description: isText(description) && description.length <= 20_000,
    engine: isText(engine?.peertube),
    author: author !== undefined && author !== null,
    homepage: isAddressOrEmpty(homepage),
    bugs: isAddressOrEmpty(bugs),
    library: isPath(library),
    staticDirs: isObject(staticDirs) && Object.values(staticDirs).every(isPath),
    css: Array.isArray(css) && css.every(isPath),
    clientScripts: Array.isArray(clientScripts) && clientScripts.every(({ script, scopes }) => isPath(script) && Array.isArray(scopes)),
    translations: isObject(translations) && Object.values(translations).every(isPath),
  }
  return Object.keys(right).filter(field => !right[field])
}

function isText(value) {
  return typeof value === 'string' && value.length > 0
}

function isAddressOrEmpty(value) {
  return value === '' || isText(value) && URL.canParse(value)
}

/** One that does not leave the package. */
function isPath(value) {
  return isText(value) && !value.split('/').includes('..')
}

function isObject(value) {
  return typeof value === 'object' && value !== null
}
