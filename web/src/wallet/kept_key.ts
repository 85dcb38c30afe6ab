/** One key pair in this browser's own store; its private half can't be read, not even by this page. */

const STORE = "percosec-demo-wallet";
const ID = "key";

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(STORE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error ?? new Error("the browser's store can't be opened"));
  });
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("the browser's store can't be used"));
  });
}

/** The key of the last visit, or a new one. */
export async function keptKey(): Promise<CryptoKeyPair> {
  const database = await open();
  try {
    const kept: unknown = await settled(database.transaction(STORE).objectStore(STORE).get(ID));
    if (kept) return kept as CryptoKeyPair;
    const made = (await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"])) as CryptoKeyPair;
    await settled(database.transaction(STORE, "readwrite").objectStore(STORE).put(made, ID));
    return made;
  } finally {
    database.close();
  }
}
