// The import rules of docs/architecture.md. Each one is tried on a planted break in test/architecture/import-rules.test.ts;
// a rule without a planted break fails that test.

/** Matches a package whether it is resolved into node_modules or not, with its subpaths. */
const packages = (names) => `(^|node_modules/)(${names})(/|$)`;

const useCases = "alerts|audit|exports|organizations|policy|store-copy|tenants|access|jobs";
const adapters = "microsoft|directory|store|queue|metrics|config";

/** A package, or a module of Node, that only the named places of the product may import. Tests may import it anywhere. */
const fenced = (name, comment, target, places) => ({
  name,
  comment,
  severity: "error",
  from: { pathNot: `^(test/|${places})` },
  to: { path: target },
});

module.exports = {
  forbidden: [
    {
      name: "dialogs-below-bot",
      comment: "Imports point down only: bot -> dialogs -> cards -> services.",
      severity: "error",
      from: { path: "^dialogs/" },
      to: { path: "^bot/" },
    },
    {
      name: "cards-below-dialogs",
      comment: "Imports point down only: bot -> dialogs -> cards -> services.",
      severity: "error",
      from: { path: "^cards/" },
      to: { path: "^(bot|dialogs)/" },
    },
    {
      name: "services-below-cards",
      comment: "Imports point down only: bot -> dialogs -> cards -> services.",
      severity: "error",
      from: { path: "^services/" },
      to: { path: "^(bot|dialogs|cards)/" },
    },
    {
      name: "domain-imports-nothing",
      comment: "The domain is pure types and functions: no port, no adapter, no package, no module of Node.",
      severity: "error",
      from: { path: "^services/domain/" },
      to: { pathNot: "^services/domain/" },
    },
    {
      name: "ports-import-domain-only",
      comment: "A port says in domain words what the product asks of the world; it knows nobody who answers.",
      severity: "error",
      from: { path: "^services/ports/" },
      to: { pathNot: "^services/(ports|domain)/" },
    },
    {
      name: "use-cases-not-adapters",
      comment: "A use case is handed its ports; only bot/compose.ts knows which adapter stands behind one.",
      severity: "error",
      from: { path: `^services/(${useCases})/` },
      to: { path: `^services/(${adapters})/` },
    },
    {
      name: "adapters-import-ports-and-domain-only",
      comment: "An adapter answers a port; it knows neither use cases nor other adapters.",
      severity: "error",
      from: { path: `^services/(${adapters})/` },
      to: { path: "^services/", pathNot: "^services/($1|ports|domain)/" },
    },
    {
      name: "implementations-stand-apart",
      comment: "Two implementations of one port (sqlite and cosmos, local and redis) share the contract, not code.",
      severity: "error",
      from: { path: "^services/(store|queue)/([^/]+)/" },
      to: { path: "^services/$1/[^/]+/", pathNot: "^services/$1/$2/" },
    },
    {
      name: "adapters-meet-in-bot",
      comment: "Dialogs and cards work through use cases and ports; adapters are built in bot/compose.ts.",
      severity: "error",
      from: { path: "^(dialogs|cards)/" },
      to: { path: `^services/(${adapters})/` },
    },
    {
      name: "manifest-is-data",
      comment: "The product reads the data in manifest/, never the scripts that build the package.",
      severity: "error",
      from: { pathNot: "^(manifest|test)/" },
      to: { path: "^manifest/.+\\.ts$" },
    },
    {
      name: "nothing-imports-infra",
      comment: "What an operator deploys and runs by hand stands beside the product; the product runs without it.",
      severity: "error",
      from: { pathNot: "^(infra|test)/" },
      to: { path: "^infra/" },
    },
    {
      name: "nothing-imports-test",
      comment: "Test code never reaches the product.",
      severity: "error",
      from: { pathNot: "^test/" },
      to: { path: "^test/" },
    },
    fenced(
      "botbuilder-in-bot-and-dialogs",
      "botbuilder's support has ended; moving off it must stay a change of two folders.",
      packages("botbuilder[^/]*|botframework-[^/]+"),
      "bot/|dialogs/",
    ),
    fenced("restify-in-bot", "HTTP is spoken at the edge.", packages("restify"), "bot/"),
    fenced(
      "msal-in-microsoft",
      "Tokens are one adapter's business.",
      packages("@azure/msal-[^/]+"),
      "services/microsoft/",
    ),
    fenced(
      "cosmos-in-its-store",
      "One store, one adapter; Azure's identity is how it signs in.",
      packages("@azure/(cosmos|identity)"),
      "services/store/cosmos/",
    ),
    fenced("sqlite-in-its-store", "One store, one adapter.", "^(node:)?sqlite$", "services/store/sqlite/"),
    fenced("bullmq-in-its-queue", "One queue, one adapter.", packages("bullmq|ioredis"), "services/queue/redis/"),
    fenced(
      "prometheus-in-metrics",
      "Who counts does not know who reads: another way of reading them stays a change of one folder.",
      packages("prom-client"),
      "services/metrics/",
    ),
    fenced(
      "templating-in-render-card",
      "Templates are compiled once and expanded once, in one place: a card expanded twice runs what an attacker wrote.",
      packages("adaptivecards-templating|adaptive-expressions"),
      "cards/render-card\\.ts$",
    ),
    {
      name: "no-dev-dependencies-in-product",
      comment: "What runs in production stands in dependencies.",
      severity: "error",
      from: { path: "^(bot|dialogs|cards|services|infra)/" },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["npm", "type-only"] },
    },
    {
      name: "no-cycles",
      comment: "Files in a circle can only be understood all at once.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "\\.golden\\.json$" },
    // Type imports are imports: a port that names an adapter's type depends on it.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".js", ".cjs", ".mjs", ".json", ".d.ts"],
    },
  },
};
