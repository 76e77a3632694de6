// What a viewer set once need not be set again, if the page allows it (`remember`). In a sandboxed frame, or with
// storage switched off, it is remembered for as long as the page lives.

const fallback = new Map<string, string>();

export function recall(key: string): string | null {
  try {
    return localStorage.getItem(`sprat:${key}`);
  } catch {
    return fallback.get(key) ?? null;
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`sprat:${key}`, value);
  } catch {
    fallback.set(key, value);
  }
}
