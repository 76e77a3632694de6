// What if the code of an element does not come? One version's loader lies beside another's files, a file was altered that has
// to have a certain digest, or the host is gone. The page says so, in the place of the element, and the browser's own
// player plays what it can. In English: the words of other languages are lost as well.

const ADVICE = 'Files of this player are missing, altered or of another version than sprat.js. Upload all files of one version, and reload.';

const COPIED = ['src', 'poster', 'autoplay', 'muted', 'loop', 'playsinline', 'preload'];

export function lost(tag: string): void {
  console.error(`sprat: <${tag}>: ${ADVICE}`);
  // What is registered is there all the same, without what it would have loaded later.
  if (!customElements.get(tag)) document.querySelectorAll(tag).forEach(standIn);
}

function standIn(element: Element): void {
  if (element.getAttribute('src') && /(video|player)$/.test(element.localName)) {
    const video = document.createElement('video');
    video.controls = true;
    for (const name of COPIED) if (element.hasAttribute(name)) video.setAttribute(name, element.getAttribute(name)!);
    video.muted = element.hasAttribute('muted');
    element.append(video);
  }
  const note = document.createElement('p');
  note.lang = 'en';
  note.dir = 'ltr';
  note.setAttribute('role', 'alert');
  note.textContent = ADVICE;
  element.append(note);
}
