// A storyboard: a sheet of pictures, each of another colour and with its number on it, so that a test and a person can
// tell which one is shown. PNG, which needs nothing but zlib; PeerTube's are JPEG.
import { crc32, deflateSync } from 'node:zlib'

/** Rows of three pixels, five of them, for each digit. */
const DIGITS = [[7, 5, 5, 5, 7], [2, 6, 2, 2, 7], [7, 1, 7, 4, 7], [7, 1, 7, 1, 7], [5, 5, 7, 1, 1], [7, 4, 7, 1, 7], [7, 4, 7, 5, 7], [7, 1, 2, 2, 2], [7, 5, 7, 5, 7], [7, 5, 7, 1, 7]]
const SCALE = 8

/** Red, green and blue of a picture, none of them used twice among a hundred. */
export function colourOf(index) {
  return [40 + index * 73 % 160, 40 + index * 151 % 160, 60 + index * 29 % 140]
}

/** @param {{totalWidth: number, totalHeight: number, spriteWidth: number, spriteHeight: number}} sheet */
export function storyboard({ totalWidth, totalHeight, spriteWidth, spriteHeight }) {
  const columns = Math.floor(totalWidth / spriteWidth)
  const rows = Buffer.alloc(totalHeight * (1 + 3 * totalWidth))
  for (let y = 0; y < totalHeight; y++) {
    for (let x = 0; x < totalWidth; x++) {
      const index = Math.floor(y / spriteHeight) * columns + Math.floor(x / spriteWidth)
      const colour = lit(index, x % spriteWidth, y % spriteHeight) ? [255, 255, 255] : colourOf(index)
      rows.set(colour, y * (1 + 3 * totalWidth) + 1 + 3 * x)
    }
  }
  const size = Buffer.alloc(13)
  size.writeUInt32BE(totalWidth, 0)
  size.writeUInt32BE(totalHeight, 4)
  size.set([8, 2], 8)
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', size), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))])
}

/** Whether the number of a picture covers a pixel of it. */
function lit(index, x, y) {
  const [column, row] = [Math.floor(x / SCALE) - 1, Math.floor(y / SCALE) - 1]
  const digit = String(index)[Math.floor(column / 4)]
  return column >= 0 && column % 4 < 3 && row >= 0 && row < 5 && digit !== undefined && (DIGITS[digit][row] >> 2 - column % 4 & 1) === 1
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}
