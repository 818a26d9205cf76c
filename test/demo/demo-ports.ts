import { createServer } from "node:net";

/** Where a newcomer expects things: the bot's port in every Bot Framework guide, and the Playground's own. */
const EXPECTED = { bot: 3978, playground: 56150, control: 56160 } as const;

type Place = keyof typeof EXPECTED;

export interface DemoPorts {
  readonly ports: Readonly<Record<Place, number>>;
  /** A sentence for each port that was taken. */
  readonly notes: readonly string[];
}

/** The expected port of each part where it is free, else a free one. Another process may still take it in between. */
export async function chooseDemoPorts(): Promise<DemoPorts> {
  const notes: string[] = [];
  const choose = async (place: Place, name: string): Promise<number> => {
    const expected = EXPECTED[place];
    const port = await portThatIsFree(expected);
    if (port !== null) return port;
    const other = (await portThatIsFree(0)) ?? 0;
    notes.push(`Port ${expected} is taken, so ${name} uses ${other}.`);
    return other;
  };
  const ports = {
    bot: await choose("bot", "the bot"),
    playground: await choose("playground", "the Playground"),
    control: await choose("control", "the control page"),
  };
  return { ports, notes };
}

/** The port, or one that the system chooses for 0; null where it is taken. */
async function portThatIsFree(port: number): Promise<number | null> {
  // The Playground listens on every address, so a port counts as free only if it is so on all of them.
  const everywhere = await listenOnce(port, undefined);
  if (everywhere === null) return null;
  return await listenOnce(everywhere, "127.0.0.1");
}

function listenOnce(port: number, host: string | undefined): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(null));
    server.listen({ port, ...(host === undefined ? {} : { host }) }, () => {
      const address = server.address();
      server.close(() => resolve(address === null || typeof address === "string" ? null : address.port));
    });
  });
}
