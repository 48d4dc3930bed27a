// Reads and writes single fields of the e-mail settings. Pure; what a value means is decided in Rust.
import type { EmailSettings, Field, FieldChange } from "../../lib/bindings";

/** Every field but the secret, which is never part of the settings. */
export type SettingsField = keyof EmailSettings;

const MAX_PORT = 65_535;

export function isSettingsField(field: Field): field is SettingsField {
  return field !== "smtp_oauth_client_secret";
}

/** The field's text as its text box shows it. */
export function textOf(settings: EmailSettings, field: SettingsField): string {
  return String(settings[field]);
}

/** The settings with one field's text replaced; "true" and "false" stand for a toggle's two states. */
export function withText(settings: EmailSettings, field: SettingsField, text: string): EmailSettings {
  const isToggle = typeof settings[field] === "boolean";
  const value = field === "smtp_port" ? portFrom(text) : isToggle ? text === "true" : text;
  return { ...settings, [field]: value };
}

/** The settings with all changes made; changes to the secret are not for here. */
export function withChanges(settings: EmailSettings, changes: FieldChange[]): EmailSettings {
  return changes.reduce(
    (result, { field, value }) => (isSettingsField(field) ? withText(result, field, value) : result),
    settings,
  );
}

export function sameSettings(one: EmailSettings, other: EmailSettings): boolean {
  return (Object.keys(one) as SettingsField[]).every((field) => one[field] === other[field]);
}

/** What stands in the form once `known` came to be `kept` elsewhere: what was typed since stays, the rest follows. */
export function rebased(known: EmailSettings, typed: EmailSettings, kept: EmailSettings): EmailSettings {
  const own = Object.entries(typed).filter(([field, value]) => value !== known[field as SettingsField]);
  return { ...kept, ...Object.fromEntries(own) };
}

/** A number only when the number writes itself as the same text, so that nothing typed is lost. */
function portFrom(text: string): number | string {
  const port = Number(text);
  return Number.isInteger(port) && port >= 0 && port <= MAX_PORT && String(port) === text ? port : text;
}
