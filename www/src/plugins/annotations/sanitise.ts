// HTML by strangers, made harmless by DOMPurify: text and its marks, links that open elsewhere, pictures of the place that the
// notes come from. A picture of any other place would tell that place who watches: its description is shown instead.

import DOMPurify from 'dompurify';

const ALLOWED = {
  ALLOWED_TAGS: ['a', 'b', 'strong', 'i', 'em', 'u', 's', 'small', 'sub', 'sup', 'mark', 'code', 'p', 'br', 'ul', 'ol', 'li', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'span', 'div', 'img', 'bdi', 'bdo', 'ruby', 'rt', 'rp', 'q', 'abbr', 'time'],
  ALLOWED_ATTR: ['href', 'src', 'alt', 'title', 'lang', 'dir', 'width', 'height'],
  ALLOWED_URI_REGEXP: /^https?:\/\//i,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: true as const,
};

/** Asked once, for each time is one on the console. */
let works: boolean | undefined;

/** Not where a policy of trusted types does not know DOMPurify. */
function isAllowed(): boolean {
  return (works ??= sanitised('<b>x</b>')?.textContent === 'x');
}

/** @param origins whose pictures may be fetched */
export function harmless(html: string, origins: readonly string[]): DocumentFragment {
  const fragment = isAllowed() ? sanitised(html) : undefined;
  if (!fragment) {
    const text = document.createDocumentFragment();
    text.append(html.replace(/<[^>]*>/g, ' ').replace(/&(lt|gt|amp);/g, (_, name: string) => ({ lt: '<', gt: '>', amp: '&' })[name]!));
    return text;
  }
  for (const link of fragment.querySelectorAll('a')) {
    link.target = '_blank';
    link.rel = 'noopener noreferrer nofollow';
  }
  for (const picture of fragment.querySelectorAll('img')) {
    if (URL.canParse(picture.src) && origins.includes(new URL(picture.src).origin)) {
      picture.loading = 'lazy';
      picture.referrerPolicy = 'no-referrer';
      picture.alt ||= '';
    } else picture.replaceWith(picture.alt);
  }
  return fragment;
}

/** What of it no viewer will see, for whoever writes it: `<script>`, `onclick=`. */
export function leftOut(html: string): string[] {
  if (!isAllowed() || !sanitised(html)) return [];
  const names = DOMPurify.removed.map(one => ('attribute' in one ? `${one.attribute?.name}=` : `<${one.element.nodeName.toLowerCase()}>`));
  // What a text stands in, and what is no element.
  return [...new Set(names)].filter(name => !/^<(body|html|head|#.*)>$/.test(name));
}

function sanitised(html: string): DocumentFragment | undefined {
  try {
    return DOMPurify.sanitize(html, ALLOWED);
  } catch {
    return undefined;
  }
}
