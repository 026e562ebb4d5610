import type { DialAddress } from "../contract";

/** A connection made by a command on the host, for prefixes that forward none by themselves. */

/**
 * Bash's own /dev/tcp (bash(1), REDIRECTION). One side that ends ends the other: nothing of it is left
 * there when our end of the pipe is closed. It waits for a process by its number: `wait -n` of a Bash
 * before 5.3 goes on waiting when what ended had ended a moment before.
 */
const withBash = `exec 3<>"/dev/tcp/$1/$2" || exit 1
exec 4<&0
cat <&3 4<&- &
reader=$!
{ cat <&4 >&3 & writer=$!; trap 'kill $writer; exit' TERM; wait $writer && kill $reader; } >/dev/null 2>&1 &
exec 3>&- 4<&- </dev/null >/dev/null
wait $reader
kill %2 2>/dev/null
exit 0`;

/** What is installed there decides; each ends when nothing has come for a minute, where it can. Some nc say nothing when nobody listens. */
const withAnything = `if command -v bash >/dev/null 2>&1; then exec bash -c "$3" bash "$1" "$2"; fi
case $1 in *:*) host="[$1]" ;; *) host=$1 ;; esac
if command -v socat >/dev/null 2>&1; then exec socat -T 60 - "TCP:$host:$2"; fi
if command -v nc >/dev/null 2>&1; then exec nc -w 60 -- "$1" "$2"; fi
echo "signalbox: nothing to connect with" >&2
exit 1`;

/** One fixed list of words: the address is an argument, and no part of any script. */
export function connectThere({ host, port }: DialAddress): readonly string[] {
  return ["sh", "-c", withAnything, "signalbox", host, String(port), withBash];
}

/** Whether it ended for want of a program. */
export function lacksProgram(said: string): boolean {
  return said.includes("signalbox: nothing to connect with");
}
