import { Link } from "wouter";

export function NotFound() {
  return (
    <div className="stack">
      <h1>There is no such page</h1>
      <p>
        The address may be mistyped, or it names a market that this cluster does not have.{" "}
        <Link href="/markets">All markets</Link>
      </p>
    </div>
  );
}
