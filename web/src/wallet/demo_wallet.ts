/**
 * A wallet for a local chain, so that anyone can try everything without an extension. Its key is made by this browser,
 * can't be exported, and is worth nothing anywhere else: the wallet is registered on localnet only.
 */

import {
  getAddressFromPublicKey,
  getTransactionDecoder,
  getTransactionEncoder,
  partiallySignTransaction,
} from "@solana/kit";
import { SolanaSignTransaction, type SolanaSignTransactionMethod } from "@solana/wallet-standard-features";
import type { Wallet, WalletAccount, WalletIcon } from "@wallet-standard/base";
import { StandardConnect, StandardEvents } from "@wallet-standard/features";
import { registerWallet } from "@wallet-standard/wallet";
import { keptKey } from "./kept_key";

export const LOCALNET = "solana:localnet";
export const DEMO_WALLET = "Demo wallet (localnet)";
const FEATURES = [SolanaSignTransaction] as const;
const ICON: WalletIcon =
  "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCAyNCAyNCI+PHJlY3Qgd2lkdGg9IjI0IiBoZWlnaHQ9IjI0IiByeD0iNiIgZmlsbD0iIzhhNTMwMCIvPjxwYXRoIGQ9Ik02IDloMTJ2OEg2eiIgZmlsbD0ibm9uZSIgc3Ryb2tlPSIjZmZmIiBzdHJva2Utd2lkdGg9IjIiLz48L3N2Zz4=";

/** Register it once, as soon as the server says that its cluster is a local one. */
export async function registerDemoWallet(): Promise<void> {
  const keys = await keptKey();
  const address = await getAddressFromPublicKey(keys.publicKey);
  const account: WalletAccount = {
    address,
    publicKey: new Uint8Array(await crypto.subtle.exportKey("raw", keys.publicKey)),
    chains: [LOCALNET],
    features: FEATURES,
    label: DEMO_WALLET,
  };
  const signTransaction: SolanaSignTransactionMethod = async (...inputs) =>
    Promise.all(
      inputs.map(async ({ transaction }) => {
        const signed = await partiallySignTransaction([keys], getTransactionDecoder().decode(transaction));
        return { signedTransaction: new Uint8Array(getTransactionEncoder().encode(signed)) };
      }),
    );
  const wallet: Wallet = {
    version: "1.0.0",
    name: DEMO_WALLET,
    icon: ICON,
    chains: [LOCALNET],
    accounts: [account],
    features: {
      [StandardConnect]: { version: "1.0.0", connect: async () => ({ accounts: [account] }) },
      [StandardEvents]: { version: "1.0.0", on: () => () => {} },
      [SolanaSignTransaction]: { version: "1.0.0", supportedTransactionVersions: ["legacy", 0], signTransaction },
    },
  };
  registerWallet(wallet);
}
