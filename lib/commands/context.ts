/** What a command of `npm run …` is given. Standard output carries its answer and nothing else. */
export interface CommandContext {
  readonly root: string;
  readonly cwd: string;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
}
