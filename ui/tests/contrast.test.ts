// Every pair of colours that meets in the window, in both themes, against WCAG 2.2: text 4.5 : 1, boundaries of
// controls, signs and the focus ring 3 : 1.
import { expect, test } from "vitest";
import css from "../theme/tokens.css?raw";

const [lightCss = "", darkCss = ""] = css.split("@media (prefers-color-scheme: dark)");
const light = colours(lightCss);
const themes = { light, dark: { ...light, ...colours(darkCss) } };

const TEXT = [
  ["text", "ground"],
  ["text", "panel"],
  ["text", "good-ground"],
  ["quiet", "ground"],
  ["quiet", "panel"],
  ["accent", "ground"],
  ["accent", "panel"],
  ["on-accent", "accent"],
  ["good", "ground"],
  ["good", "panel"],
  ["good", "good-ground"],
  ["bad", "panel"],
  ["bad", "ground"],
  ["bad", "bad-ground"],
  ["panel", "bad"],
  ["warning", "ground"],
  ["warning", "panel"],
  ["nav-text", "nav"],
  ["nav-text", "nav-chosen"],
  ["nav-quiet", "nav"],
  ["nav-quiet", "nav-chosen"],
  ["nav-warning", "nav"],
];

const SIGNS = [
  ["control-border", "panel"],
  ["control-border", "ground"],
  ["panel", "control-border"],
  ["panel", "accent"],
  ["accent", "panel"],
  ["bad", "panel"],
  ["focus", "panel"],
  ["focus", "ground"],
  ["nav-focus", "nav"],
  ["nav-focus", "nav-chosen"],
  ["nav-good", "nav-chosen"],
  ["nav-bad", "nav-chosen"],
  ["nav-warning", "nav-chosen"],
];

for (const [theme, tokens] of Object.entries(themes)) {
  test.each(TEXT)(`${theme}: text %s on %s`, (front = "", back = "") => {
    expect(contrast(tokens[front], tokens[back])).toBeGreaterThanOrEqual(4.5);
  });
  test.each(SIGNS)(`${theme}: sign %s on %s`, (front = "", back = "") => {
    expect(contrast(tokens[front], tokens[back])).toBeGreaterThanOrEqual(3);
  });
}

function colours(text: string): Record<string, string> {
  return Object.fromEntries(
    Array.from(text.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g), ([, name, hex]) => [name, hex]),
  );
}

function contrast(one = "", other = ""): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(hex: string): number {
  expect(hex, "a token is missing").toMatch(/^#[0-9a-f]{6}$/);
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
