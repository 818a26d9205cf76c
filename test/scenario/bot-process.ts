import { compose } from "../../bot/compose.ts";
import { loadSettings } from "../../services/config/settings.ts";
import { systemRandomness } from "../../services/config/system.ts";

/** What the parent says to the bot: the settings once, then how far its clock is ahead, whenever it has moved. */
type Order = { readonly settings: Record<string, string> } | { readonly offset: number };

let offset = 0;

/** The composed bot as a process of its own, so that it can be killed; each order to move the clock is a tick. */
process.on("message", (order: Order) => {
  if ("settings" in order) void start(order.settings);
});

async function start(settings: Record<string, string>): Promise<void> {
  const loaded = loadSettings(settings);
  if (loaded.kind === "problems") throw new Error(loaded.problems.join("\n"));
  const tell =
    (level: string) =>
    (sentence: string, fields: object = {}, cause: unknown = undefined) =>
      void process.send?.({ level, sentence, fields: JSON.stringify(fields), cause: String(cause ?? "") });
  const app = await compose(
    {
      settings: loaded.settings,
      clock: { now: () => new Date(Date.now() + offset).toISOString() },
      randomness: systemRandomness,
      log: { debug: () => undefined, info: () => undefined, warn: tell("warn"), error: tell("error") },
    },
    { ticking: false },
  );
  process.on("message", (order: Order) => {
    if (!("offset" in order)) return;
    offset = order.offset;
    void app
      .tick()
      .then(() => app.idle())
      .then(() => process.send?.({ level: "idle" }));
  });
  process.send?.({ level: "ready" });
}
