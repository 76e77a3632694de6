// When is a class the element of that name? When this is a browser, and nobody came first: another copy of this package
// may have, and then its elements are the page's.

export function register(tag: string, element: CustomElementConstructor): void {
  const registry = globalThis.customElements;
  if (registry && !registry.get(tag)) registry.define(tag, element);
}
