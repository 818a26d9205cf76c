import type { SandboxRequest } from "./json-server.ts";

export type ParsedBody = { kind: "object"; value: Record<string, unknown> } | { kind: "array" } | { kind: "invalid" };

/** Reads a JSON body that ought to be one object; needs the content type too, as Microsoft's services do. */
export function parseObject(request: SandboxRequest): ParsedBody {
  if (!(request.headers["content-type"] ?? "").startsWith("application/json")) return { kind: "invalid" };
  try {
    const value: unknown = JSON.parse(request.body);
    if (Array.isArray(value)) return { kind: "array" };
    if (typeof value !== "object" || value === null) return { kind: "invalid" };
    return { kind: "object", value: { ...value } };
  } catch {
    return { kind: "invalid" };
  }
}
