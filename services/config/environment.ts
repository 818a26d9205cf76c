import { existsSync } from "node:fs";

/** The variables a process was started with. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment, with what `.env` in the working directory adds; a variable that is set already wins over the file.
 * Without the file, the environment alone.
 */
export function readEnvironment(file = ".env"): Environment {
  if (existsSync(file)) process.loadEnvFile(file);
  return { ...process.env };
}
