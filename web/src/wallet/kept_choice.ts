/** The name of the wallet that was chosen last, kept in this browser so that a reload does not disconnect. */

const KEY = "percosec.wallet";

export function keptChoice(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // storage is forbidden here
  }
}

/** Null forgets it. */
export function keepChoice(name: string | null): void {
  try {
    if (name === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, name);
  } catch {
    // Storage is forbidden here: the wallet has to be chosen again after a reload.
  }
}
