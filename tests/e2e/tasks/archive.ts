import { crc32, inflateRawSync } from 'node:zlib';

/** A zip archive, as far as bundles need one (PKWARE's application note, sections 4.3.7, 4.3.12 and 4.3.16). */
const RECORD = 0x02014b50;
const END = 0x06054b50;
const LOCAL = 0x04034b50;
const DEFLATED = 8;

/** The files of an archive by their names. */
export function unpack(zip: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  const end = zip.lastIndexOf(number(END));
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [name, extra, comment] = [28, 30, 32].map((place) => zip.readUInt16LE(at + place)) as [
      number,
      number,
      number,
    ];
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    const isDeflated = zip.readUInt16LE(at + 10) === DEFLATED;
    files.set(zip.toString('utf8', at + 46, at + 46 + name), isDeflated ? inflateRawSync(packed) : packed);
    at += 46 + name + extra + comment;
  }
  return files;
}

/** An archive of files, none of them compressed, whose checksums fit: as somebody makes it who changed one of them. */
export function pack(files: ReadonlyMap<string, Buffer>): Buffer {
  const locals: Buffer[] = [];
  const records: Buffer[] = [];
  let offset = 0;
  for (const [name, bytes] of files) {
    const title = Buffer.from(name);
    const about = Buffer.concat([number(0), number(0), ...[crc32(bytes), bytes.length, bytes.length].map(number)]);
    const names = Buffer.concat([short(title.length), short(0)]);
    const local = Buffer.concat([number(LOCAL), short(20), about.subarray(0, 20), names, title, bytes]);
    const rest = Buffer.concat([short(0), short(0), short(0), number(0), number(offset)]);
    records.push(Buffer.concat([number(RECORD), short(20), short(20), about.subarray(0, 20), names, rest, title]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(records);
  const counts = [short(0), short(0), short(files.size), short(files.size)];
  const end = Buffer.concat([number(END), ...counts, number(directory.length), number(offset), short(0)]);
  return Buffer.concat([...locals, directory, end]);
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function short(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}
