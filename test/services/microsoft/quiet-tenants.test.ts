import { describe, expect, it } from "vitest";
import { Breakdown } from "../../../services/domain/breakdown.ts";
import { SECOND } from "../../../services/domain/instant.ts";
import { createQuietTenants } from "../../../services/microsoft/quiet-tenants.ts";
import { movedClock } from "../../contract/store/opened-store.ts";

const silence = () => Promise.reject(new Breakdown("not-answering", "no answer"));
const refusal = () => Promise.reject(new Breakdown("refused", "no"));

function world() {
  const clock = movedClock();
  const spare = createQuietTenants(clock);
  let calls = 0;
  const ask = async (tenantId: string, answer: () => Promise<string>) => {
    try {
      return await spare(tenantId, () => {
        calls += 1;
        return answer();
      });
    } catch (cause) {
      return cause instanceof Breakdown ? cause.code : "another error";
    }
  };
  return { clock, ask, calls: () => calls };
}

describe("createQuietTenants", () => {
  it("spares a tenant after three silences in a row, for half a minute, and no other tenant", async () => {
    const { clock, ask, calls } = world();
    for (let turn = 0; turn < 5; turn += 1) expect(await ask("silent", silence)).toBe("not-answering");
    expect(calls()).toBe(3);
    expect(await ask("other", async () => "answered")).toBe("answered");
    clock.advance(30 * SECOND);
    expect(await ask("silent", async () => "answered")).toBe("answered");
    expect(await ask("silent", silence)).toBe("not-answering");
    expect(calls()).toBe(6);
  });

  it("counts neither refusals nor a silence that an answer followed", async () => {
    const { ask, calls } = world();
    for (let turn = 0; turn < 4; turn += 1) {
      await ask("tenant", silence);
      await ask("tenant", silence);
      expect(await ask("tenant", turn % 2 === 0 ? async () => "answered" : refusal)).not.toBe("not-answering");
      if (turn % 2 === 1) await ask("tenant", async () => "answered");
    }
    expect(calls()).toBe(14);
  });

  it("asks again when the clock was put back", async () => {
    const { clock, ask } = world();
    for (let turn = 0; turn < 3; turn += 1) await ask("tenant", silence);
    clock.advance(-3_600_000);
    expect(await ask("tenant", async () => "answered")).toBe("answered");
  });
});
