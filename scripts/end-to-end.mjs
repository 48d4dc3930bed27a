// How the window is driven: on a display and a credential store of its own. It must be built before.

/** Program and arguments for a folder of tests, or for one file. A file that takes longer hangs: it fails. */
export const endToEnd = (tests, minutes) => [
  "scripts/with-keyring.sh",
  "scripts/with-display.sh",
  "node",
  "--test",
  "--test-concurrency=1",
  `--test-timeout=${minutes * 60_000}`,
  "--test-force-exit",
  tests,
];

/** All but the long ones: node takes up files by their names, and theirs are no tests' names. */
export const END_TO_END = endToEnd("tests/window/", 15);
