// HTML by strangers, made harmless: text and its marks, links that open elsewhere, pictures of the place that the notes come from. A
// picture of any other place would tell that place who watches: its description is shown instead. What makes it so is the browser's
// own Sanitizer, which policies of trusted types allow; where there is none, DOMPurify, fetched before the first note is shown. Whichever
// it was, addresses are judged here, for both.

/** Of both the same. What is in none of these lists is left out with all that is in it. */
export const ALLOWED = {
  elements: ['a', 'b', 'strong', 'i', 'em', 'u', 's', 'small', 'sub', 'sup', 'mark', 'code', 'p', 'br', 'ul', 'ol', 'li', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'span', 'div', 'img', 'bdi', 'bdo', 'ruby', 'rt', 'rp', 'q', 'abbr', 'time'],
  attributes: ['href', 'src', 'alt', 'title', 'lang', 'dir', 'width', 'height'],
};
/** What authors write around text: it goes, and the text stays. DOMPurify goes by a list of its own. */
const AROUND_TEXT = 'h1 h2 pre kbd samp var tt big font center strike del ins dl dt dd cite dfn address section article header footer main aside nav figure figcaption table caption tbody tfoot tr td th form label button details summary'.split(' ');

/** Not the same in a Sanitizer of an earlier draft, which would let through what it was not told of. */
const SAMPLE = '<p class="a" data-b="c">d<script>e</script><h2>f</h2></p>';
const SAMPLE_DONE = '<p>d</p>f<p></p>';

type Purify = typeof import('./purify.ts');

/** Asked once. */
let isNative: boolean | undefined;
let purify: Purify | undefined;

/** What has to be there before the rest is called. It is not waited for where the browser has all. @param always also what names what is left out */
export async function prepare(always = false): Promise<void> {
  isNative ??= natively(SAMPLE)?.innerHTML === SAMPLE_DONE;
  // Notes are text without it, and the next player asks again.
  if (always || !isNative) purify ??= await import('./purify.ts').catch(() => undefined);
}

/** @param origins whose pictures may be fetched */
export function harmless(html: string, origins: readonly string[]): DocumentFragment {
  const done = document.createDocumentFragment();
  const root = isNative ? natively(html) : purify?.sanitised(html, ALLOWED);
  // Judged where it is, in a document that fetches nothing.
  if (root) {
    judge(root, origins);
    done.append(...root.childNodes);
  } else done.append(html.replace(/<[^>]*>/g, ' ').replace(/&(lt|gt|amp);/g, (_, name: string) => ({ lt: '<', gt: '>', amp: '&' })[name]!));
  return done;
}

/** What of it no viewer will see, for whoever writes it: `<script>`, `onclick=`. */
export function leftOut(html: string): string[] {
  return purify?.leftOut(html, ALLOWED) ?? [];
}

function natively(html: string): HTMLElement | undefined {
  const root = document.implementation.createHTMLDocument().createElement('div');
  try {
    const sanitizer = new Sanitizer({ ...ALLOWED, replaceWithChildrenElements: AROUND_TEXT, comments: false, dataAttributes: false });
    root.setHTML!(html, { sanitizer });
    return root;
  } catch {
    return undefined;
  }
}

function judge(root: ParentNode, origins: readonly string[]): void {
  for (const one of root.querySelectorAll('*')) {
    for (const { name, value } of [...one.attributes]) {
      const url = name === 'href' || name === 'src' ? address(value) : value;
      if (!ALLOWED.attributes.includes(name) || url === undefined) one.removeAttribute(name);
      else one.setAttribute(name, url);
    }
  }
  for (const link of root.querySelectorAll('a')) {
    link.target = '_blank';
    link.rel = 'noopener noreferrer nofollow';
  }
  for (const picture of root.querySelectorAll('img')) {
    const src = picture.getAttribute('src');
    if (src && origins.includes(new URL(src).origin)) {
      picture.loading = 'lazy';
      picture.referrerPolicy = 'no-referrer';
      picture.alt ||= '';
    } else picture.replaceWith(picture.alt);
  }
}

/** As the browser will read it. A note has no place of its own that others could be relative to. */
function address(value: string): string | undefined {
  return /^\s*https?:\/\//i.test(value) && URL.canParse(value) ? new URL(value).href : undefined;
}
