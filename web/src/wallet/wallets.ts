/** Wallets of this browser by the wallet standard: every extension, and the demo wallet on a local chain. */

import { SolanaSignTransaction, type SolanaSignTransactionFeature } from "@solana/wallet-standard-features";
import { getWallets } from "@wallet-standard/app";
import type { Wallet, WalletAccount } from "@wallet-standard/base";
import { StandardConnect, type StandardConnectFeature, StandardDisconnect } from "@wallet-standard/features";
import { useSyncExternalStore } from "react";

const { get, on } = getWallets();
let usable: readonly Wallet[] = [];

function refresh(): void {
  usable = get().filter((wallet) => StandardConnect in wallet.features && SolanaSignTransaction in wallet.features);
}

function subscribe(listener: () => void): () => void {
  const heard = () => {
    refresh();
    listener();
  };
  const ends = [on("register", heard), on("unregister", heard)];
  return () => {
    for (const end of ends) end();
  };
}

refresh();

/** Wallets that can connect and sign a Solana transaction. */
export function useWallets(): readonly Wallet[] {
  return useSyncExternalStore(subscribe, () => usable);
}

/** Ask the wallet for its accounts; the person may refuse, which throws. `silent` asks nobody: known here, or not. */
export async function connect(wallet: Wallet, silent = false): Promise<WalletAccount> {
  const feature = wallet.features as StandardConnectFeature;
  const { accounts } = await feature[StandardConnect].connect({ silent });
  const account = accounts.find((each) => each.features.includes(SolanaSignTransaction));
  if (!account) throw new Error(`${wallet.name} showed no account that can sign: unlock it and allow one`);
  return account;
}

export async function disconnect(wallet: Wallet): Promise<void> {
  const feature = wallet.features[StandardDisconnect] as { disconnect(): Promise<void> } | undefined;
  await feature?.disconnect();
}

/** The wallet's signature on a transaction; throws when the person refuses. */
export async function sign(
  wallet: Wallet,
  account: WalletAccount,
  transaction: Uint8Array,
  chain: `solana:${string}`,
): Promise<Uint8Array> {
  const feature = wallet.features as SolanaSignTransactionFeature;
  const [signed] = await feature[SolanaSignTransaction].signTransaction({ account, transaction, chain });
  if (!signed) throw new Error(`${wallet.name} gave no signature`);
  return signed.signedTransaction;
}
