import type { StateDefinition } from "../types";

/** The specification's "State Definitions", in its words. */

export const stopped: StateDefinition = {
  name: "Stopped",
  origin: "specified",
  description: "Service is not running",
  characteristics: ["No processes active", "No resources allocated", "Configuration may be present"],
  entry: ["Initial state", "After successful stop", "After reset from error"],
  exit: ["Service started (`start()`)"],
  verification: [],
  recovery: [],
};

export const starting: StateDefinition = {
  name: "Starting",
  origin: "specified",
  description: "Service is initializing",
  characteristics: [
    "Process starting",
    "Configuration loading",
    "Resources being allocated",
    "Network connections being established",
  ],
  entry: ["Service start requested", "Restart initiated"],
  exit: ["Initialization successful → Running", "Initialization failed → Error"],
  typicalDuration: { text: "10-60 seconds (depending on service)", minMs: 10_000, maxMs: 60_000 },
  verification: [],
  recovery: [],
};

export const running: StateDefinition = {
  name: "Running",
  origin: "specified",
  description: "Service is operational",
  characteristics: ["Process active", "Handling requests", "Monitoring active", "Health checks passing"],
  entry: ["Successful initialization", "Service started successfully"],
  exit: ["Stop requested → Stopping", "Runtime error → Error", "Restart requested → Restarting"],
  verification: [
    "Health check endpoint responding",
    "Service logs showing normal operation",
    "Metrics indicating activity",
  ],
  recovery: [],
};

export const stopping: StateDefinition = {
  name: "Stopping",
  origin: "specified",
  description: "Service is shutting down",
  characteristics: [
    "Graceful shutdown in progress",
    "Finishing current requests",
    "Releasing resources",
    "Closing connections",
  ],
  entry: ["Stop requested", "Service shutdown initiated"],
  exit: ["Shutdown successful → Stopped", "Shutdown failed → Error"],
  typicalDuration: { text: "5-30 seconds (graceful shutdown)", minMs: 5_000, maxMs: 30_000 },
  verification: [],
  recovery: [],
};

export const error: StateDefinition = {
  name: "Error",
  origin: "specified",
  description: "Service is in error state",
  characteristics: [
    "Service not functioning correctly",
    "Error logs present",
    "May be partially running",
    "Requires intervention",
  ],
  entry: ["Initialization failed", "Runtime error occurred", "Stop operation failed"],
  exit: ["Reset requested → Stopped", "Restart requested → Starting"],
  verification: [],
  recovery: ["Check error logs", "Verify configuration", "Check dependencies", "Restart service"],
};

export const restarting: StateDefinition = {
  name: "Restarting",
  origin: "specified",
  description: "Service restart in progress",
  characteristics: ["Stop operation initiated", "Will transition to Starting after stop"],
  entry: ["Restart requested while Running"],
  exit: ["Stop complete → Starting"],
  verification: [],
  recovery: [],
};
