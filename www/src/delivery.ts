// How do the binaries come? As they lie beside the scripts, to a loader as most sites have it. Two more are built from the same
// source: `sprat-gz.js` fetches them compressed and unpacks them here, for hosts that do not compress, or take wasm for
// something else; `sprat-strict.js` takes them only with the digests that it was built with.

type Get = (url: string, init: RequestInit) => Promise<Response>;

const WASM = { headers: { 'content-type': 'application/wasm' } };

export const delivered: Get | undefined = DELIVERY === 'gz' ? unpacked : DELIVERY === 'strict' ? sealed : undefined;

/** Where there is no compressed one, what lies there plain; where the host or its cache unpacks it by itself, that. */
async function unpacked(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(`${url}.gz`, init);
  if (!response.ok || !response.body) return fetch(url, init);
  const [first, whole] = response.body.tee();
  const reader = first.getReader();
  const { value } = await reader.read();
  void reader.cancel();
  const packed = value?.[0] === 0x1f;
  return new Response(packed ? whole.pipeThrough(new DecompressionStream('gzip') as ReadableWritablePair) : whole, WASM);
}

/** One that was altered is never compiled: it is told like one that is cut short. */
async function sealed(url: string, init: RequestInit): Promise<Response> {
  const integrity = INTEGRITY[url.slice(url.lastIndexOf('/') + 1).replace(/[?#].*/, '')];
  if (!integrity) throw new TypeError(`no digest for ${url}`);
  try {
    return await fetch(url, { ...init, integrity });
  } catch (error) {
    // Either it is not that file, or there is no way to it.
    const there = await fetch(url, { method: 'HEAD' });
    if (!there.ok) return there;
    console.error('sprat:', error);
    // Of no type: compiled as it comes, it would fail without this reason.
    return Object.assign(new Response(), { arrayBuffer: () => Promise.reject(new Error(`its digest is not ${integrity}`)) });
  }
}
