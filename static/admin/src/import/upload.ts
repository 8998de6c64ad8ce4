import type { ImportState } from '../../gen/types';
import type { Core, ExportContent, ExportFile } from '../core';
import { Failure } from '../failure';
import type { Call } from '../protocol';
import { base64 } from './base64';

/** How far an upload is. */
export interface UploadProgress {
  doing: 'reading' | 'sending';
  /** Bytes read, or parts sent. */
  done: number;
  of: number;
}

export interface Upload {
  file: File;
  /** The day on which the file was made, such as `2026-11-20`. */
  made: string;
  core: Core;
  call: Call;
  progress: (progress: UploadProgress) => void;
  /** Ends it after the part under way; the same file goes on from there later. */
  signal: AbortSignal;
}

/**
 * Reads an export in this page and sends its people part by part. The app knows the file by its content and says how many
 * parts it has, so that the same file goes on where its upload stopped.
 */
export async function upload(upload: Upload): Promise<ImportState> {
  const { file, made, core, call, progress, signal } = upload;
  const reader = await core.exportFile();
  try {
    const { report, parts, hash } = await read(reader, upload);
    const begin = { command: 'beginImport' as const, name: file.name, hash, made, parts, report };
    let state = stated(await call<'beginImport'>(begin));
    while (state.finished === null && state.received < parts) {
      signal.throwIfAborted();
      progress({ doing: 'sending', done: state.received, of: parts });
      state = await sendNext(reader, state, call);
    }
    signal.throwIfAborted();
    return state.finished === null
      ? stated(await call<'finishImport'>({ command: 'finishImport', import: state.id }))
      : state;
  } finally {
    reader.free();
  }
}

async function read(reader: ExportFile, { file, progress, signal }: Upload): Promise<ExportContent> {
  const slices = file.stream().getReader();
  let done = 0;
  try {
    for (;;) {
      signal.throwIfAborted();
      progress({ doing: 'reading', done, of: file.size });
      const slice = await slices.read().catch((cause: unknown) => {
        throw unreadable(cause);
      });
      if (slice.done) return understood(() => reader.finish());
      understood(() => reader.feed(slice.value));
      done += slice.value.length;
    }
  } finally {
    slices.releaseLock();
  }
}

/** Sends the part that the app lacks next. An app that still lacks it afterwards would be sent it for ever. */
async function sendNext(reader: ExportFile, state: ImportState, call: Call): Promise<ImportState> {
  const number = state.received;
  const part = base64(understood(() => reader.part(number)));
  const after = stated(await call<'importPart'>({ command: 'importPart', import: state.id, number, part }));
  if (after.id === state.id && after.received > number) return after;
  throw new Failure({
    code: 'import-replaced',
    message: (say) => say('import.replaced', { number: number + 1 }),
    hint: (say) => say('import.replacedHint'),
  });
}

function stated({ import: state }: { import: ImportState | null }): ImportState {
  if (state) return state;
  throw new Failure({
    code: 'import-gone',
    message: (say) => say('import.gone'),
    hint: (say) => say('import.goneHint'),
  });
}

/** What the core says of the file. Its errors are about the content, not about the app. */
function understood<T>(compute: () => T): T {
  try {
    return compute();
  } catch (cause) {
    const isAboutTheFile = cause instanceof Error && 'code' in cause;
    throw new Failure({
      code: 'bad-export',
      message: isAboutTheFile ? cause.message : (say) => say('import.failedInside'),
      hint: (say) => say('import.badExportHint'),
    });
  }
}

const unreadable = (cause: unknown): Failure =>
  new Failure({
    code: 'unreadable-file',
    message: (say) =>
      cause instanceof Error ? say('import.unreadableBecause', { detail: cause.message }) : say('import.unreadable'),
    hint: (say) => say('import.unreadableHint'),
  });
