// What the decoder was given, byte for byte, to be compared with what the publisher has. Copies are kept until asked
// for, so this is for clips; who watches for hours has it forget.
{
  const given = []
  const append = SourceBuffer.prototype.appendBuffer
  SourceBuffer.prototype.appendBuffer = function (data) {
    const view = ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data)
    given.push(text(view))
    return append.call(this, data)
  }

  globalThis.appended = {
    bytes: () => given.reduce((sum, piece) => sum + piece.length, 0),
    forget: () => given.splice(0),
    /** Of all appends, how many are not a part of any of these files. */
    async judge(urls) {
      const files = await Promise.all(urls.map(async url => text(new Uint8Array(await (await fetch(url)).arrayBuffer()))))
      return {
        appends: given.length,
        bytes: this.bytes(),
        altered: given.filter(piece => !files.some(file => file.includes(piece))).length,
      }
    },
  }

  /** One character per byte: engines search text faster than any loop of ours searches bytes. */
  function text(bytes) {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
