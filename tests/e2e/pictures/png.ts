/**
 * Smaller PNG files of screenshots: at most 256 colours, by number (PNG specification, sections 9, 11.2.2 and 11.2.3). Text on a plain
 * ground has a few colours that fill everything and many that smooth the edges of letters; those become the nearest of the few.
 */
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const MOST_COLOURS = 256;
/** Channels of a pixel by the file's kind of colours: without and with transparency. */
const CHANNELS: Record<number, number> = { 2: 3, 6: 4 };
const BY_NUMBER = 3;

interface Picture {
  width: number;
  height: number;
  /** Every pixel's red, green and blue in one number, line by line. */
  pixels: Uint32Array;
}

/** The same picture in fewer bytes. */
export function optimised(png: Buffer): Buffer {
  const { width, height, pixels } = read(png);
  const palette = paletteOf(pixels);
  const number = numbering(palette);
  const lines = Buffer.alloc(height * (width + 1));
  pixels.forEach((pixel, place) => {
    lines[place + Math.floor(place / width) + 1] = number(pixel);
  });
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, BY_NUMBER], 8);
  const colours = Buffer.from(palette.flatMap(channelsOf));
  const chunks = [
    ['IHDR', head],
    ['PLTE', colours],
    ['IDAT', deflateSync(lines, { level: 9, memLevel: 9 })],
    ['IEND', Buffer.alloc(0)],
  ] as const;
  return Buffer.concat([SIGNATURE, ...chunks.map(([name, bytes]) => chunk(name, bytes))]);
}

/** Colours so that little is lost: one after the other the one of most pixels that are far from all chosen before. */
function paletteOf(pixels: Uint32Array): number[] {
  const counts = new Map<number, number>();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const open = [...counts].map(([colour, count]) => ({ colour, count, far: Infinity }));
  const palette: number[] = [];
  while (palette.length < Math.min(MOST_COLOURS, open.length)) {
    const loss = ({ count, far }: (typeof open)[number]) => Math.sqrt(count) * Math.min(far, 3 * 255 ** 2);
    const { colour } = open.reduce((worst, each) => (loss(each) > loss(worst) ? each : worst));
    palette.push(colour);
    for (const each of open) each.far = Math.min(each.far, distance(each.colour, colour));
  }
  return palette;
}

/** The number of a colour, or of the one that is nearest to it. */
function numbering(palette: readonly number[]): (colour: number) => number {
  const known = new Map(palette.map((colour, place) => [colour, place]));
  return (colour) => {
    const found = known.get(colour);
    if (found !== undefined) return found;
    const nearest = palette.reduce((best, each) => (distance(each, colour) < distance(best, colour) ? each : best));
    const place = palette.indexOf(nearest);
    known.set(colour, place);
    return place;
  };
}

const channelsOf = (colour: number): [number, number, number] => [colour >> 16, (colour >> 8) & 255, colour & 255];

function distance(one: number, other: number): number {
  const others = channelsOf(other);
  return channelsOf(one).reduce((sum, channel, place) => sum + (channel - (others[place] ?? 0)) ** 2, 0);
}

/** Reads what a browser writes: eight bits a channel, not interlaced. */
function read(png: Buffer): Picture {
  const parts: Buffer[] = [];
  let [width, height, channels] = [0, 0, 0];
  for (let at = SIGNATURE.length; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const bytes = png.subarray(at + 8, at + 8 + png.readUInt32BE(at));
    const name = png.toString('latin1', at + 4, at + 8);
    if (name === 'IDAT') parts.push(bytes);
    if (name !== 'IHDR') continue;
    [width, height] = [bytes.readUInt32BE(0), bytes.readUInt32BE(4)];
    channels = CHANNELS[bytes.readUInt8(9)] ?? 0;
    if (bytes.readUInt8(8) !== 8 || channels === 0 || bytes.readUInt8(12) !== 0)
      throw new Error('an unknown kind of PNG');
  }
  const bytes = unfiltered(inflateSync(Buffer.concat(parts)), width * channels, height, channels);
  const at = (place: number) => bytes[place] ?? 0;
  const pixels = Uint32Array.from({ length: width * height }, (_, place) => {
    const first = place * channels;
    return (at(first) << 16) | (at(first + 1) << 8) | at(first + 2);
  });
  return { width, height, pixels };
}

/** Takes the filters back, each of which tells a byte by its neighbours to the left, above, and left above. */
function unfiltered(filtered: Buffer, length: number, height: number, channels: number): Uint8Array {
  const bytes = new Uint8Array(length * height);
  for (let line = 0; line < height; line += 1) {
    const filter = filtered[line * (length + 1)] ?? 0;
    for (let place = 0; place < length; place += 1) {
      const here = line * length + place;
      const left = place >= channels ? (bytes[here - channels] ?? 0) : 0;
      const above = line > 0 ? (bytes[here - length] ?? 0) : 0;
      const corner = place >= channels && line > 0 ? (bytes[here - length - channels] ?? 0) : 0;
      const told = filtered[line * (length + 1) + 1 + place] ?? 0;
      bytes[here] = told + expected(filter, left, above, corner);
    }
  }
  return bytes;
}

function expected(filter: number, left: number, above: number, corner: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return above;
    case 3:
      return (left + above) >> 1;
    case 4:
      return paeth(left, above, corner);
    default:
      return 0;
  }
}

function paeth(left: number, above: number, corner: number): number {
  const [toLeft, toAbove] = [Math.abs(above - corner), Math.abs(left - corner)];
  const toCorner = Math.abs(left + above - 2 * corner);
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}

function chunk(name: string, bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  const body = Buffer.concat([Buffer.from(name, 'latin1'), bytes]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
