// A second wallet by the wallet standard, as an extension would put it into every page. OPTIONS is replaced by the test;
// with `watches` it shows that key, for which it can't sign.
(() => {
  const options = OPTIONS;
  const keys = crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
  const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  const base58 = (bytes) => {
    let number = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
    let text = "";
    for (; number > 0n; number /= 58n) text = ALPHABET[Number(number % 58n)] + text;
    return "1".repeat(bytes.findIndex((byte) => byte !== 0)) + text;
  };
  const account = async () => {
    const own = options.watches ?? (await crypto.subtle.exportKey("raw", (await keys).publicKey));
    const publicKey = new Uint8Array(own);
    return { address: base58([...publicKey]), publicKey, chains: options.chains, features: ["solana:signTransaction"] };
  };
  const HEAD = 1 + 64; // one signature
  const sign = async ({ transaction }) => {
    if (options.rejects) throw new Error("User rejected the request.");
    const signedTransaction = Uint8Array.from(transaction);
    const signature = await crypto.subtle.sign("Ed25519", (await keys).privateKey, transaction.slice(HEAD));
    signedTransaction.set(new Uint8Array(signature), 1);
    return { signedTransaction };
  };
  const wallet = {
    version: "1.0.0",
    name: options.name,
    icon: "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=",
    chains: options.chains,
    accounts: [],
    features: {
      "standard:connect": { version: "1.0.0", connect: async () => ({ accounts: [await account()] }) },
      "standard:events": { version: "1.0.0", on: () => () => {} },
      "solana:signTransaction": {
        version: "1.0.0",
        supportedTransactionVersions: ["legacy", 0],
        signTransaction: (...inputs) => Promise.all(inputs.map(sign)),
      },
    },
  };
  const register = ({ register: add }) => add(wallet);
  window.dispatchEvent(new CustomEvent("wallet-standard:register-wallet", { detail: register }));
  window.addEventListener("wallet-standard:app-ready", ({ detail }) => register(detail));
})();
