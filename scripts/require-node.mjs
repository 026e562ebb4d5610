// Runs before anything else, on any Node: only old syntax here.
var parts = process.versions.node.split(".").map(Number);
if (parts[0] < 20 || (parts[0] === 20 && parts[1] < 19)) {
  process.stderr.write(`Signalbox needs Node 20.19 or newer; this is Node ${process.versions.node}.\n`);
  process.exit(1);
}
