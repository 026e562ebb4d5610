export interface CaptureFile {
  readonly name: string;
  readonly text: string;
}

/** Runs what reads a file; an Error names the file too. */
export function inFile<T>({ name }: CaptureFile, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new Error(`${name}: ${(cause as Error).message}`, { cause });
  }
}
