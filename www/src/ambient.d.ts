// What the compiler cannot see: the name of the build, style sheets and locales imported as text, and the names that browsers
// have but TypeScript's DOM library does not.

/** Another one for every build. */
declare const BUILD: string;

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

/** In base64. */
declare module '*.wasm' {
  const text: string;
  export default text;
}
