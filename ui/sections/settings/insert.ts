// Puts a held-back paste into its text box, as the webview itself would have done.

/** Replaces the selection by `text`; keeps the box's own undo history where the box still has the focus. */
export function insertText(input: HTMLInputElement, text: string): void {
  const isFocused = input.ownerDocument.activeElement === input;
  // Deprecated, yet the only way to insert text that Ctrl+Z takes back; every webview Tauri uses has it.
  if (isFocused && input.ownerDocument.execCommand?.("insertText", false, text)) return;
  input.setRangeText(text, input.selectionStart ?? 0, input.selectionEnd ?? input.value.length, "end");
  input.dispatchEvent(new Event("input", { bubbles: true }));
}
