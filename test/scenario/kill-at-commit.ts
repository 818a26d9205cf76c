import { StatementSync } from "node:sqlite";

/*
 * Loaded into the bot's process before the bot, for killed-house.ts: ends the process by SIGKILL at the commit that the
 * parent names, before or after it is done.
 */
type Order = { readonly killAtCommit: number; readonly when: "before" | "after" };

let left = 0;
let when: Order["when"] = "before";
process.on("message", (order: Order) => {
  if ("killAtCommit" in order) ({ killAtCommit: left, when } = order);
});

function die(): void {
  process.kill(process.pid, "SIGKILL");
  for (;;);
}

const run = StatementSync.prototype.run;
StatementSync.prototype.run = function (this: StatementSync, ...values: Parameters<typeof run>) {
  if (this.sourceSQL !== "COMMIT" || left === 0) return run.apply(this, values);
  left -= 1;
  if (left === 0 && when === "before") die();
  const done = run.apply(this, values);
  if (left === 0) die();
  return done;
} as typeof run;
