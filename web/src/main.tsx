import { CSPProvider } from "@base-ui/react/csp-provider";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Problem } from "@/api/problem";
import { App } from "@/app";
import { applyTheme } from "@/theme/theme";
import { WalletProvider } from "@/wallet/wallet_context";
import "@/styles/tokens.css";
import "@/styles/base.css";
import "@/components/components.css";

const RETRIES = 2;
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 2_000,
      refetchOnWindowFocus: true,
      // What the server refuses, it refuses again; only silence is worth another try.
      retry: (failures, error) => !(error instanceof Problem) && failures < RETRIES,
    },
  },
});

applyTheme();
const root = document.getElementById("root");
if (!root) throw new Error("index.html has no element with the id root");
createRoot(root).render(
  <StrictMode>
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queries}>
        <WalletProvider>
          <App />
        </WalletProvider>
      </QueryClientProvider>
    </CSPProvider>
  </StrictMode>,
);
