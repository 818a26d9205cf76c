// What the Defender app's registration asks for: npm run entra [-- --json] [-- --tier core]
import { loadPermissionBook } from "../services/tenants/permission-book.ts";
import { permissionTable, readEntraArguments, requiredResourceAccess } from "./entra-registration.ts";

const asked = readEntraArguments(process.argv.slice(2));
if (asked.kind === "wrong") {
  process.stderr.write(`${asked.sentence}\n`);
  process.exitCode = 1;
} else {
  const book = loadPermissionBook();
  const text = asked.json
    ? JSON.stringify(requiredResourceAccess(book, asked.tiers), null, 2)
    : permissionTable(book, asked.tiers);
  process.stdout.write(`${text}\n`);
}
