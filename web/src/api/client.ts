/** Calls of the REST API, typed by its own document; every failure is a Problem or Unreachable. */

import createClient from "openapi-fetch";
import { rememberNode } from "@/fallback/last_node";
import { tellChainTime } from "@/time/chain_time";
import type { components, paths } from "./generated/schema";
import { problemOf, Unreachable } from "./problem";

export type Schemas = components["schemas"];

async function call(request: Request): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(request);
  } catch {
    throw new Unreachable("no answer");
  }
  if (!answer.ok) throw await problemOf(answer);
  return answer;
}

export const api = createClient<paths>({ baseUrl: "/", fetch: call });

/** The document of an answer; failures were thrown before. */
export function document<T>({ data }: { data?: T | undefined }): T {
  if (data === undefined) throw new Error("the server answered without a document");
  return data;
}

/** The server's status, which also sets the page's idea of the chain's time. */
export async function readStatus(): Promise<Schemas["Status"]> {
  const status = document(await api.GET("/v1/status"));
  tellChainTime(status.now);
  rememberNode({ cluster: status.cluster, rpc: status.rpc });
  return status;
}
