/** Where to read the chain when the server is silent: what it last said, kept in this browser. */

const KEY = "percosec.node";
export const WITHOUT_SERVER = "/direct";

export interface Node {
  cluster: string;
  rpc: string;
}

export function rememberNode(node: Node): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(node));
  } catch {
    // Storage is forbidden here: then there is no way around a silent server.
  }
}

export function lastNode(): Node | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "null");
    if (kept && typeof kept === "object" && "rpc" in kept && "cluster" in kept)
      return { cluster: String(kept.cluster), rpc: String(kept.rpc) };
  } catch {
    // Nothing readable was kept.
  }
  return null;
}
