// Short messages at the window's edge, one list for the whole window. Knows no command and no error code.

/** `tone` chooses the icon and colour; the words carry the meaning alone. */
export type ToastTone = "info" | "error";
export type ToastAction = { label: string; run: () => void };
export type Toast = { id: number; tone: ToastTone; title: string; detail: string | null; action: ToastAction | null };
export type ToastOptions = {
  tone?: ToastTone;
  detail?: string | null;
  action?: ToastAction;
  milliseconds?: number;
  /** It is for somebody who may be away: it stays until it is dismissed. */
  stays?: boolean;
};

const SHORT_MS = 5_000;
/** Long enough to read and act upon; the Undo of a deletion stands as long. */
export const ACTION_MS = 10_000;

export class Toasts {
  items = $state.raw<Toast[]>([]);
  #nextId = 1;
  #timers = new Map<number, ReturnType<typeof setTimeout>>();

  /** Shows a message; errors without a time stay until dismissed, too. */
  show(title: string, options: ToastOptions = {}): number {
    const { tone = "info", detail = null, action = null } = options;
    const id = this.#nextId++;
    // The same message again, and news upon news, takes the place of the older one.
    const isNews = (one: { tone: ToastTone; action: ToastAction | null }) => one.tone === "info" && one.action === null;
    for (const toast of this.items) {
      const isSame = toast.title === title && toast.tone === tone;
      if (isSame || (isNews(toast) && isNews({ tone, action }))) this.dismiss(toast.id);
    }
    this.items = [...this.items, { id, tone, title, detail, action }];
    const milliseconds =
      options.milliseconds ?? (tone === "error" || options.stays ? null : action ? ACTION_MS : SHORT_MS);
    if (milliseconds !== null) {
      this.#timers.set(
        id,
        setTimeout(() => this.dismiss(id), milliseconds),
      );
    }
    return id;
  }

  dismiss(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.items = this.items.filter((toast) => toast.id !== id);
  }

  act(toast: Toast): void {
    this.dismiss(toast.id);
    toast.action?.run();
  }
}
