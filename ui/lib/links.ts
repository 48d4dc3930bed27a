// Addresses as the window writes them. Which of them may be opened is Rust's word.

/** The host of an address; the text itself when it is none. */
export function hostOf(address: string): string {
  try {
    return new URL(address).host;
  } catch {
    return address;
  }
}
