import type { Settings } from "../services/config/settings.ts";
import type { createHttpServer } from "./http-server.ts";

/** Begins to listen; gives the port. */
export function listen(server: ReturnType<typeof createHttpServer>, settings: Settings): Promise<number> {
  return new Promise((resolve, reject) => {
    server.server.once("error", reject);
    server.listen(settings.port, settings.host, () => {
      const address = server.address();
      resolve(typeof address === "string" ? settings.port : address.port);
    });
  });
}

/** Takes nothing new and resolves when what is open has ended. */
export function closeServer(server: ReturnType<typeof createHttpServer>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.server.closeIdleConnections();
  });
}
