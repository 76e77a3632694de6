// What the compiler cannot see: the name of the build, style sheets and locales imported as text, and the names that browsers
// have but TypeScript's DOM library does not.

/** Another one for every build. */
declare const BUILD: string;

/** Which of the loaders is built: `delivery.ts`. */
declare const DELIVERY: 'plain' | 'gz' | 'strict';

/** Digests of the binaries, by their names. */
declare const INTEGRITY: Record<string, string>;

declare module '*.css' {
  const text: string;
  export default text;
}

declare module '*.ftl?more' {
  const text: string;
  export default text;
}

declare module '*.ftl' {
  const text: string;
  export default text;
}

interface Navigator {
  readonly connection?: { readonly saveData?: boolean };
  readonly globalPrivacyControl?: boolean;
}

interface Window {
  readonly ManagedMediaSource?: typeof MediaSource;
}

interface Element {
  setHTML?(html: string, options?: { readonly sanitizer?: Sanitizer }): void;
}

/** In base64. */
declare module '*.wasm' {
  const text: string;
  export default text;
}
