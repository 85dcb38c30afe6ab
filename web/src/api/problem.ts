/** Errors as the API tells them (problem+json), and what a person can do about those that it can't tell. */

export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly code: string,
  ) {
    super(`${title}: ${detail}`);
    this.name = "Problem";
  }
}

/** The server did not answer at all. */
export class Unreachable extends Error {
  override name = "Unreachable";
}

export interface Explained {
  title: string;
  advice: string;
}

/** Names of HTTP's codes that tell a person nothing. */
const PLAIN_TITLES: Record<number, string> = { 422: "not possible as things stand" };

export function explain(error: unknown): Explained {
  if (error instanceof Problem) return { title: PLAIN_TITLES[error.status] ?? error.title, advice: error.detail };
  if (error instanceof Unreachable)
    return {
      title: "the server does not answer",
      advice: "Check your connection. Nothing is lost: pools and positions are on the chain.",
    };
  return { title: "unexpected error", advice: error instanceof Error ? error.message : String(error) };
}

/** The problem in an answer that is not a success. */
export async function problemOf(answer: Response): Promise<Problem> {
  const body: unknown = await answer.json().catch(() => null);
  const text = (key: string, other: string) => {
    const value = body && typeof body === "object" ? (body as Record<string, unknown>)[key] : undefined;
    return typeof value === "string" && value ? value : other;
  };
  return new Problem(
    answer.status,
    text("title", `error ${answer.status}`),
    text("detail", "The server gives no reason. Try again in a moment."),
    text("code", ""),
  );
}
