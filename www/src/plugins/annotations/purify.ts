// DOMPurify, in a file of its own: for browsers that have no Sanitizer, and for the page where notes are written, which says what of
// them no viewer will see.

import DOMPurify from 'dompurify';

interface Allowed {
  readonly elements: string[];
  readonly attributes: string[];
}

/** Asked once, for each time is one on the console. */
let works: boolean | undefined;

/** Undefined where a policy of trusted types does not know it. */
export function sanitised(html: string, allowed: Allowed): DocumentFragment | undefined {
  works ??= purified('<b>x</b>', allowed)?.textContent === 'x';
  return works ? purified(html, allowed) : undefined;
}

/** `<script>`, `onclick=`. */
export function leftOut(html: string, allowed: Allowed): string[] {
  if (!sanitised(html, allowed)) return [];
  const names = DOMPurify.removed.map(one => ('attribute' in one ? `${one.attribute?.name}=` : `<${one.element.nodeName.toLowerCase()}>`));
  // What a text stands in, and what is no element.
  return [...new Set(names)].filter(name => !/^<(body|html|head|#.*)>$/.test(name));
}

function purified(html: string, { elements, attributes }: Allowed): DocumentFragment | undefined {
  try {
    return DOMPurify.sanitize(html, {
      ALLOWED_TAGS: elements,
      ALLOWED_ATTR: attributes,
      ALLOWED_URI_REGEXP: /^https?:\/\//i,
      ALLOW_DATA_ATTR: false,
      ALLOW_ARIA_ATTR: false,
      RETURN_DOM_FRAGMENT: true,
    });
  } catch {
    return undefined;
  }
}
