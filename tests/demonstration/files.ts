import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileName, type Message } from './messages.ts';

/** Writes what a run left behind into a folder, one JSON file each. */
export function writeFiles(folder: string, files: Record<string, unknown>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(folder, name), `${JSON.stringify(content, null, 1)}\n`);
  }
}

/** Writes the messages into a folder of their own, one file each. Those of an earlier run go. */
export function writeInbox(folder: string, messages: Message[]): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { number, eml } of messages) writeFileSync(join(folder, fileName(number)), eml);
}
