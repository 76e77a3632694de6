// On the watch page: the share dialog gives out the plugin's own embed pages where it gave out PeerTube's, with all that the
// viewer has chosen for them. What cannot be known (the settings were not to be had) is left as it was.

const ROUTER = '/plugins/sprat/router';
const PAGES = { '/videos/embed/': '/embed/', '/video-playlists/embed/': '/playlist/' };
/** What PeerTube's frames are not given, and a player needs that does not stand on the site's own origin. */
const ALLOW = 'autoplay; fullscreen; picture-in-picture; encrypted-media; web-share; clipboard-write; screen-wake-lock';

export function register({ registerHook, peertubeHelpers }) {
  let settings;
  // Asked when a dialog first needs it, once for the page; and again where that failed.
  const isWanted = async () => {
    settings ??= peertubeHelpers.getSettings();
    try {
      const { off, share } = await settings;
      return !off && share !== 'no';
    } catch {
      settings = undefined;
      return false;
    }
  };
  const change = (target, changed) => registerHook({ target, handler: async was => ((await isWanted()) ? changed(was) : was) });
  for (const what of ['video', 'video-playlist']) {
    change(`filter:share.${what}-embed-url.build.result`, moved);
    change(`filter:share.${what}-embed-code.build.result`, movedCode);
  }
}

/** Embed pages of other instances stay theirs. */
function moved(address) {
  for (const [theirs, ours] of Object.entries(PAGES)) {
    const before = location.origin + theirs;
    if (String(address).startsWith(before)) return location.origin + ROUTER + ours + address.slice(before.length);
  }
  return address;
}

function movedCode(code) {
  return String(code).replace(/<iframe\b[^>]*>/, frame => {
    const ours = frame.replace(/(\ssrc=")([^"]+)/, (_, before, address) => before + moved(address));
    if (!ours.includes(`"${location.origin}${ROUTER}/`) || /\sallow=/.test(ours)) return ours;
    return ours.replace('<iframe', `<iframe allow="${ALLOW}"`);
  });
}
