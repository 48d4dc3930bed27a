// Makes the page's surroundings that jsdom lacks, and ends every test with an empty page.
import { cleanup } from "@testing-library/svelte";
import { afterEach, vi } from "vitest";

Element.prototype.scrollIntoView ??= () => {};
Element.prototype.hasPointerCapture ??= () => false;
Element.prototype.releasePointerCapture ??= () => {};

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});
