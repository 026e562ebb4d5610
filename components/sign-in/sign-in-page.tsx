import { PlainPage } from "../shell/plain-page";

export interface SignInPageProps {
  /** True when a key was given and is not the right one. */
  readonly refused?: boolean;
}

/** Shown to a browser that nobody is signed in with. The form is answered by `GET /sign-in?key=…`. */
export function SignInPage({ refused = false }: SignInPageProps) {
  return (
    <PlainPage title="Sign this browser in">
      <p className="text-ink-2">
        Open the start link: <code className="font-mono text-ink">npm start</code> prints it, with a key in
        it, where Signalbox runs. Or paste the key here.
      </p>
      <form action="/sign-in" method="get" className="flex flex-col gap-2">
        <label htmlFor="key" className="text-sm font-medium">
          Key
        </label>
        <input
          id="key"
          name="key"
          type="password"
          required
          autoComplete="off"
          spellCheck={false}
          aria-invalid={refused || undefined}
          aria-describedby={refused ? "key-refused" : undefined}
          className="h-10 rounded-md border border-line-strong bg-surface px-3 font-mono text-base aria-[invalid=true]:border-error"
        />
        {refused && (
          <p id="key-refused" className="text-sm text-error">
            This is not the key of this Signalbox. Every start prints the current one.
          </p>
        )}
        <button
          type="submit"
          className="mt-2 h-10 rounded-md bg-primary px-4 text-sm font-medium text-on-primary hover:opacity-90"
        >
          Sign in
        </button>
      </form>
    </PlainPage>
  );
}
