/**
 * The demo's services listen in a block of a hundred ports, so that two Signalboxes can run the demo
 * side by side: the launcher looks for a block that is free and says its first three digits in
 * DEMO_PORTS. signalbox.yaml names the ports in the same way: http://127.0.0.1:${DEMO_PORTS:-271}11.
 */
const block = process.env.DEMO_PORTS || "271";

/** @param {string} text a port; up to 99 it is one of the demo's block. */
export function portOf(text) {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new RangeError(`${text} is no port`);
  return port < 100 ? Number(`${block}${text.padStart(2, "0")}`) : port;
}
