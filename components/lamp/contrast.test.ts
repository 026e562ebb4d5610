import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const css = readFileSync(new URL("../../app/globals.css", import.meta.url), "utf8");
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)].map(
    ([, name, light, dark]) => [String(name), { light: String(light), dark: String(dark) }],
  ),
);

function channelOf(value: number): number {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

function luminanceOf(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    channelOf(Number.parseInt(hex.slice(at, at + 2), 16)),
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2.2, "contrast ratio". */
function contrastOf(one: string, other: string): number {
  const [low = 0, high = 0] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const grounds = ["canvas", "surface", "raised", "sunken", "hover"];
const inks = [...tokens.keys()].filter(
  (name) => name.startsWith("state-") || ["ink", "ink-2", "ink-3", "accent", "warning"].includes(name),
);

describe.each(["light", "dark"] as const)("in the %s theme", (theme) => {
  test.each(inks)("%s can be read on every ground", (ink) => {
    for (const ground of grounds) {
      const [front, back] = [tokens.get(ink), tokens.get(ground)];
      expect(front && back, ground).toBeTruthy();
      if (front && back) expect(contrastOf(front[theme], back[theme]), ground).toBeGreaterThanOrEqual(4.5);
    }
  });

  test.each([
    ["on-accent", "accent"],
    ["on-primary", "primary"],
  ])("%s can be read on %s", (ink, ground) => {
    const [front, back] = [tokens.get(ink), tokens.get(ground)];
    if (!front || !back) throw new Error("a token is missing");
    expect(contrastOf(front[theme], back[theme])).toBeGreaterThanOrEqual(4.5);
  });
});
