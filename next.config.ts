import type { NextConfig } from "next";

const config: NextConfig = {
  // Each state of the sources has a build folder of its own (scripts/build-steps.mjs).
  distDir: process.env.SIGNALBOX_DIST ?? ".next",
  typescript: {
    tsconfigPath: process.env.SIGNALBOX_TSCONFIG ?? "tsconfig.json",
    // `npm test` checks the types; a start on a fresh machine does not wait for it.
    ignoreBuildErrors: true,
  },
  reactStrictMode: true,
  poweredByHeader: false,
  serverExternalPackages: ["postgres"],
  experimental: {
    // Next keeps a body in memory up to here before it is known whose it is; more adds a warning of its own.
    proxyClientMaxBodySize: "1mb",
  },
  // `next dev` would write files of its own into the project.
  agentRules: false,
  headers: async () => [
    {
      source: "/:path*",
      headers: [
        { key: "X-Content-Type-Options", value: "nosniff" },
        // Not `no-referrer`: with it a form's Origin is `null`.
        { key: "Referrer-Policy", value: "same-origin" },
        { key: "X-Frame-Options", value: "DENY" },
        { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
        { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
      ],
    },
    ...["/api/:path*", "/metrics"].map((source) => ({
      source,
      headers: [{ key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'" }],
    })),
  ],
};

export default config;
