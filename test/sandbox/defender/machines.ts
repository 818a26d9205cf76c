import { jsonAnswer } from "../answer.ts";
import type { DefenderRoute } from "./defender-gate.ts";
import { defenderError } from "./defender-gate.ts";

const roles = ["Machine.Read.All", "Machine.ReadWrite.All"];
const metadata = "https://api.securitycenter.microsoft.com/api/$metadata#Machines";

/** GET /api/machines; 404 when the tenant has none, as documented. */
export function listMachinesRoute(): DefenderRoute {
  return {
    method: "GET",
    path: "/api/machines",
    roles,
    handle: ({ request, tenant }) => {
      for (const name of request.url.searchParams.keys()) {
        if (name !== "$top") return defenderError(400, "ODataError", `The query option '${name}' is not simulated.`);
      }
      const top = request.url.searchParams.get("$top") ?? "10000";
      if (!/^\d+$/.test(top) || Number(top) < 1 || Number(top) > 10_000) {
        return defenderError(400, "ODataError", "Invalid value for $top.");
      }
      if (tenant.machines.length === 0) return defenderError(404, "ResourceNotFound", "No machines were found");
      return jsonAnswer(200, { "@odata.context": metadata, value: tenant.machines.slice(0, Number(top)) });
    },
  };
}

/** GET /api/machines/{id}. */
export function getMachineRoute(): DefenderRoute {
  return {
    method: "GET",
    path: /^\/api\/machines\/([^/]+)$/,
    roles,
    handle: ({ request, tenant }) => {
      const [id = ""] = request.parts;
      const machine = tenant.machines.find((candidate) => candidate.id === id);
      if (machine === undefined) return defenderError(404, "ResourceNotFound", `Machine ${id} was not found`);
      return jsonAnswer(200, { "@odata.context": `${metadata}/$entity`, ...machine });
    },
  };
}
