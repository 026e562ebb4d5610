import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { readTheme, themeAttribute, themeCookie } from "@/components/shell/theme";
import "./globals.css";

const mark =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 20'%3E%3Crect x='5' y='1' width='10' height='15' rx='5' fill='%2316181b' stroke='%23fff' stroke-width='.6'/%3E%3Ccircle cx='10' cy='5.9' r='2.3' fill='%23fff' opacity='.28'/%3E%3Ccircle cx='10' cy='11.2' r='2.3' fill='%234fce83'/%3E%3Cpath d='M10 16v3M6.5 19h7' stroke='%23808890' stroke-width='1.6' stroke-linecap='round'/%3E%3C/svg%3E";

export const metadata: Metadata = {
  title: { default: "Signalbox", template: "%s · Signalbox" },
  description: "Shows, explains and commands the state machine of every service in a fleet.",
  icons: { icon: mark },
};

export const viewport: Viewport = {
  colorScheme: "light dark",
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = readTheme((await cookies()).get(themeCookie)?.value);
  return (
    <html lang="en" data-theme={themeAttribute(theme)}>
      <body>{children}</body>
    </html>
  );
}
