// How the window is driven: on a display and a credential store of its own. It must be built before.

/** Program and arguments. */
export const END_TO_END = [
  "scripts/with-keyring.sh",
  "scripts/with-display.sh",
  "node",
  "--test",
  "--test-concurrency=1",
  "tests/window/",
];
