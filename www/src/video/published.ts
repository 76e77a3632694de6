// Which swarms does an instance list? PeerTube writes info hashes in hexadecimal digits; the engine takes bytes.

/** 20 bytes for each that has 40 digits, one after the other; anything else is left out. */
export function bytesOf(infoHashes: readonly string[]): Uint8Array {
  const digits = infoHashes.filter(hash => /^[0-9a-f]{40}$/i.test(hash)).join('');
  return Uint8Array.from(digits.match(/../g) ?? [], pair => parseInt(pair, 16));
}
