import type { Server } from "restify";
import { Breakdown } from "../services/domain/breakdown.ts";

/** Begins to listen; gives the port. Rejects with Breakdown "refused" where the address cannot be had. */
export function listen(server: Server, at: { readonly port: number; readonly host: string }): Promise<number> {
  return new Promise((resolve, reject) => {
    // Heard on restify itself: it passes its inner server's errors on, and one that nobody hears ends the process.
    server.once("error", (cause: unknown) => {
      const sentence = `Nothing can listen on ${at.host}:${at.port}: another process has it, or it is not this machine's.`;
      reject(new Breakdown("refused", sentence, { cause }));
    });
    server.listen(at.port, at.host, () => {
      const address = server.address();
      resolve(typeof address === "string" ? at.port : address.port);
    });
  });
}

/** Takes nothing new and resolves when what is open has ended. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.server.closeIdleConnections();
  });
}
