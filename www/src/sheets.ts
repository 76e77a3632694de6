// Style sheets that a strict content security policy lets in: constructed once, adopted by every shadow root.

const made = new Map<string, CSSStyleSheet>();

export function sheet(css: string): CSSStyleSheet {
  const known = made.get(css);
  if (known) return known;
  const fresh = new CSSStyleSheet();
  fresh.replaceSync(css);
  made.set(css, fresh);
  return fresh;
}

export function adopt(root: ShadowRoot, css: string): void {
  if (!root.adoptedStyleSheets.includes(sheet(css))) root.adoptedStyleSheets.push(sheet(css));
}
