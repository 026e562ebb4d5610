export function createBesu(_c: any, _p: { exchange: any; observers: any; secret: (s: import("../../config/notify-config").Secret) => Promise<string> }): any { throw new Error("not here"); }
