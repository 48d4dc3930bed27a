// A secret in every form in which something may have written it down, and the looking for it.
import assert from "node:assert/strict";

/** What stands in every base64 text that holds the secret, by how many bytes stand before it. */
function insideBase64(secret) {
  return [0, 1, 2].map((before) => {
    const text = Buffer.from(`${"\0".repeat(before)}${secret}`)
      .toString("base64")
      .replace(/=+$/, "");
    const isWhole = (before + Buffer.byteLength(secret)) % 3 === 0;
    return text.slice(Math.ceil((before * 8) / 6), isWhole ? undefined : -1);
  });
}

const REFERENCES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

const known = new Map();

/** Every form, by name. */
function formsOf(secret) {
  if (!known.has(secret)) known.set(secret, written(secret));
  return known.get(secret);
}

function written(secret) {
  const base64 = insideBase64(secret);
  return {
    plain: secret,
    "URL-encoded": encodeURIComponent(secret),
    "in a form": new URLSearchParams({ "": secret }).toString().slice(1),
    "in JSON": JSON.stringify(secret).slice(1, -1),
    "in JSON twice": JSON.stringify(JSON.stringify(secret)).slice(3, -3),
    "in HTML": secret.replace(/[&<>]/g, (character) => REFERENCES[character]),
    "in an attribute": secret.replace(/[&<>"]/g, (character) => REFERENCES[character]),
    ...Object.fromEntries(base64.map((text, before) => [`base64, ${before} before`, text])),
    ...Object.fromEntries(
      base64.map((text, before) => [
        `base64 for URLs, ${before} before`,
        text.replaceAll("+", "-").replaceAll("/", "_"),
      ]),
    ),
  };
}

/** Fails when a text holds a secret in one of its forms; the message names place and form, and not the secret. */
export function assertHoldsNone(secrets, place, searched) {
  for (const [name, secret] of Object.entries(secrets)) {
    for (const [form, text] of Object.entries(formsOf(secret))) {
      assert.ok(!searched.includes(text), `${place} holds the ${name}, ${form}`);
    }
  }
}
