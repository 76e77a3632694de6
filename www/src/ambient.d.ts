// What the compiler cannot see: style sheets imported as text, and the two names that browsers have but
// TypeScript's DOM library does not.

declare module '*.css' {
  const text: string;
  export default text;
}

interface Navigator {
  readonly connection?: { readonly saveData?: boolean };
}

interface Window {
  readonly ManagedMediaSource?: typeof MediaSource;
}
