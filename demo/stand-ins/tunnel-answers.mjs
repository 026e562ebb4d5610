import os from "node:os";

/** What a stand-in for cloudflared calls itself: to be read like its own, and no claim to be one. */
export const tunnelVersion = "2025.4.2-stand-in";
const goVersion = "no-go";

/**
 * What the metrics port answers.
 * @typedef {{ readonly connectorId: string, readonly tunnelId: string, readonly address: string, readonly attempts: number, readonly registrations: number, readonly connections: readonly import("./edge-connection.mjs").EdgeConnection[] }} TunnelPicture
 * @type {Readonly<Record<string, (tunnel: TunnelPicture) => { status?: number, type?: string, body: string }>>}
 */
export const tunnelAnswers = {
  "/ready": ({ connections, connectorId }) => {
    const readyConnections = registered(connections).length;
    const status = readyConnections > 0 ? 200 : 503;
    return { status, body: JSON.stringify({ status, readyConnections, connectorId }) };
  },
  "/healthcheck": () => ({ body: "OK\n" }),
  "/quicktunnel": () => ({ body: '{"hostname":""}' }),
  "/metrics": (tunnel) => ({
    type: "text/plain; version=0.0.4; charset=utf-8; escaping=values",
    body: metrics(tunnel),
  }),
  "/config": () => ({
    body: JSON.stringify({ version: -1, config: { ingress: [ingress], "warp-routing": {}, originRequest } }),
  }),
  "/diag/tunnel": ({ connections, connectorId, tunnelId }) => ({
    body: JSON.stringify({
      tunnelID: tunnelId,
      connectorID: connectorId,
      connections: connections.map(({ index, ip, location }) => ({
        // Go leaves out what is false or zero.
        ...(location === null ? {} : { isConnected: true }),
        protocol: 1,
        edgeAddress: ip,
        ...(index === 0 ? {} : { index }),
      })),
      icmp_sources: ["0.0.0.0", "::1"],
    }),
  }),
  "/diag/system": () => ({ body: JSON.stringify({ info: system(), errors: {} }) }),
  "/diag/configuration": ({ address }) => ({
    body: JSON.stringify({
      metrics: address,
      "no-autoupdate": "true",
      protocol: "quic",
      uid: String(os.userInfo().uid),
    }),
  }),
};

/** @param {TunnelPicture["connections"]} connections */
function registered(connections) {
  return connections.filter(({ location }) => location !== null);
}

const originRequest = {
  connectTimeout: 30,
  tlsTimeout: 10,
  tcpKeepAlive: 30,
  noHappyEyeballs: false,
  keepAliveTimeout: 90,
  keepAliveConnections: 100,
  httpHostHeader: "",
  originServerName: "",
  matchSNItoHost: false,
  caPool: "",
  noTLSVerify: false,
  disableChunkedEncoding: false,
  bastionMode: false,
  proxyAddress: "127.0.0.1",
  proxyPort: 0,
  proxyType: "",
  ipRules: null,
  http2Origin: false,
  access: { teamName: "", audTag: null },
};
const none = {
  connectTimeout: 0,
  tlsTimeout: 0,
  tcpKeepAlive: 0,
  keepAliveTimeout: 0,
  keepAliveConnections: 0,
};
const ingress = {
  hostname: "",
  path: null,
  service: "http_status:503",
  Handlers: null,
  originRequest: { ...originRequest, ...none, proxyAddress: "" },
};

function system() {
  const total = Math.round(os.totalmem() / 1024);
  return {
    memoryMaximum: total,
    memoryCurrent: total - Math.round(os.freemem() / 1024),
    fileDescriptorMaximum: 0,
    fileDescriptorCurrent: 0,
    osSystem: os.type(),
    hostName: "stand-in",
    osVersion: os.release(),
    osRelease: os.version(),
    architecture: os.machine(),
    cloudflaredVersion: tunnelVersion,
    goVersion,
    goArch: os.arch(),
    disk: [],
  };
}

/** @param {TunnelPicture} tunnel */
function metrics({ connections, attempts, registrations }) {
  const places = registered(connections).map(({ index, location }) => [
    `{connection_id="${index}",edge_location="${location}"}`,
    1,
  ]);
  return [
    family("build_info", "gauge", "Build and version information", [
      [`{goversion="${goVersion}",revision="unknown",type="",version="${tunnelVersion}"}`, 1],
    ]),
    family("cloudflared_orchestration_config_version", "gauge", "Configuration Version", [["", 0]]),
    family(
      "cloudflared_tunnel_concurrent_requests_per_tunnel",
      "gauge",
      "Concurrent requests proxied through each tunnel",
      [["", 0]],
    ),
    // Counts attempts, as cloudflared's own does: 1 while nothing is ready, 4 in an outage.
    family("cloudflared_tunnel_ha_connections", "gauge", "Number of active ha connections", [["", attempts]]),
    family("cloudflared_tunnel_request_errors", "counter", "Count of error proxying to origin", [["", 0]]),
    family(
      "cloudflared_tunnel_server_locations",
      "gauge",
      "Where each tunnel is connected to. 1 means current location, 0 means previous locations.",
      places,
    ),
    family(
      "cloudflared_tunnel_total_requests",
      "counter",
      "Amount of requests proxied through all the tunnels",
      [["", 0]],
    ),
    family(
      "cloudflared_tunnel_tunnel_register_success",
      "counter",
      "Count of successful tunnel registrations",
      [['{rpcName="registerConnection"}', registrations]],
    ),
  ].join("");
}

/** @param {string} name @param {string} type @param {string} help @param {(string | number)[][]} samples */
function family(name, type, help, samples) {
  const lines = samples.map(([labels, value]) => `${name}${labels} ${value}\n`);
  return lines.length === 0 ? "" : `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join("")}`;
}
