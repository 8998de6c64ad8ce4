import { beforeEach, expect, test, vi } from 'vitest';
import type { ImportReport, ImportState } from '../../gen/types';
import type { Core, ExportFile } from '../core';
import { Failure } from '../failure';
import type { Call, CommandName, CommandOf } from '../protocol';
import { upload, type UploadProgress } from './upload';

const REPORT: ImportReport = { rows: 3, taken: 3, merged: 0, people: 3, refused: 0, refusals: [] };
const PARTS = ['first', 'second', 'third'];
const CSV = 'User id,User name\n1,Ada\n2,Grace\n3,Edsger\n';

/** Keeps what it is fed; its people make three parts. */
class FakeExport implements ExportFile {
  fed = '';
  freed = false;
  feed(bytes: Uint8Array) {
    this.fed += new TextDecoder().decode(bytes);
  }
  finish() {
    return { report: REPORT, parts: PARTS.length, hash: `hash of ${this.fed.length}` };
  }
  part(number: number) {
    return new TextEncoder().encode(PARTS[number]);
  }
  free() {
    this.freed = true;
  }
}

/** The app's side: one import, parts in order. */
class FakeApp {
  state: ImportState | null = null;
  sent: string[] = [];
  commands: CommandName[] = [];
  /** Commands that fail once. */
  failing: CommandName[] = [];
  /** What somebody else does right before a command is taken. */
  meanwhile: (command: CommandName) => void = () => undefined;

  readonly call = ((command: CommandOf<CommandName>) => {
    this.commands.push(command.command);
    const failing = this.failing.indexOf(command.command);
    if (failing >= 0) {
      this.failing.splice(failing, 1);
      return Promise.reject(Failure.fromPlatform(new Error('cut')));
    }
    this.meanwhile(command.command);
    this.take(command);
    return Promise.resolve({ answer: 'import', import: this.state && { ...this.state } });
  }) as Call;

  private take(command: CommandOf<CommandName>) {
    if (command.command === 'beginImport') {
      const { hash, name, made, parts, report } = command;
      if (this.state?.id !== hash) {
        this.state = { id: hash, name, made, parts, report, received: 0, finished: null };
        this.sent = [];
      }
    }
    if (command.command === 'importPart' && this.state && command.number === this.state.received) {
      this.sent.push(Buffer.from(command.part, 'base64').toString());
      this.state.received += 1;
    }
    if (command.command === 'finishImport' && this.state) this.state.finished = '2026-11-21T12:00:00Z';
  }
}

let app: FakeApp;
let exported: FakeExport;
let seen: UploadProgress[];

beforeEach(() => {
  app = new FakeApp();
  seen = [];
});

function start(signal = new AbortController().signal): Promise<ImportState> {
  exported = new FakeExport();
  const core = { exportFile: () => Promise.resolve(exported) } as unknown as Core;
  const file = new File([CSV], 'export.csv');
  return upload({ file, made: '2026-11-20', core, call: app.call, progress: (step) => seen.push(step), signal });
}

test('a file is read, begun, sent in order and finished', async () => {
  const state = await start();
  expect(exported.fed).toBe(CSV);
  expect(app.sent).toEqual(PARTS);
  expect(app.commands).toEqual(['beginImport', 'importPart', 'importPart', 'importPart', 'finishImport']);
  expect(state).toMatchObject({ name: 'export.csv', made: '2026-11-20', received: 3, report: REPORT });
  expect(state.finished).not.toBeNull();
  expect(seen.at(0)).toEqual({ doing: 'reading', done: 0, of: CSV.length });
  expect(seen.filter(({ doing }) => doing === 'sending').map(({ done }) => done)).toEqual([0, 1, 2]);
  expect(exported.freed).toBe(true);
});

test('the same file goes on where its upload was cut, and each part is sent once', async () => {
  app.failing = ['finishImport', 'importPart'];
  await expect(start()).rejects.toMatchObject({ code: 'no-answer' });
  await expect(start()).rejects.toMatchObject({ code: 'no-answer' });
  app.commands = [];
  await start();
  expect(app.commands).toEqual(['beginImport', 'finishImport']);
  expect(app.sent).toEqual(PARTS);
});

test('a file that is in use already is not sent again', async () => {
  await start();
  app.commands = [];
  const state = await start();
  expect(app.commands).toEqual(['beginImport']);
  expect(state.finished).not.toBeNull();
});

test('an upload that is stopped sends nothing more', async () => {
  const stop = new AbortController();
  app.meanwhile = (command) => {
    if (command === 'importPart') stop.abort();
  };
  await expect(start(stop.signal)).rejects.toThrow();
  expect(app.sent).toEqual(['first']);
  expect(exported.freed).toBe(true);
});

test('parts do not go into the import of another file', async () => {
  app.meanwhile = (command) => {
    if (command === 'importPart' && app.state) app.state.id = 'of another file';
  };
  await expect(start()).rejects.toMatchObject({ code: 'import-replaced' });
});

test('an export that was forgotten meanwhile is a failure', async () => {
  app.meanwhile = (command) => {
    if (command === 'importPart') app.state = null;
  };
  await expect(start()).rejects.toMatchObject({ code: 'import-gone' });
});

test('what the core says of the file is what the person reads; a defect is told apart', async () => {
  const wrong = Object.assign(new Error('there is no column with account ids'), { code: 'BAD_EXPORT' });
  vi.spyOn(FakeExport.prototype, 'feed').mockImplementationOnce(() => {
    throw wrong;
  });
  await expect(start()).rejects.toMatchObject({ code: 'bad-export', message: 'there is no column with account ids' });
  vi.spyOn(FakeExport.prototype, 'finish').mockImplementationOnce(() => {
    throw new WebAssembly.RuntimeError('unreachable');
  });
  const defect = await start().catch((cause: unknown) => cause as Failure);
  expect(defect).toMatchObject({ code: 'bad-export' });
  expect((defect as Failure).message).not.toContain('unreachable');
  expect(app.commands).toEqual([]);
});
