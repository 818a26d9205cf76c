import { beforeEach, describe, expect, it } from "vitest";
import { changeSettings, type SettingsChange } from "../../../services/policy/change-settings.ts";
import { ROBIN, START } from "../../contract/store/store-samples.ts";
import { type AlertWorld, alertWorld } from "../alerts/alert-world.ts";

let world: AlertWorld;
beforeEach(async () => {
  world = await alertWorld();
});

const save = (change: SettingsChange) =>
  changeSettings(world.deps, { level: world.scope, change, by: ROBIN, where: "chat-1", target: "Contoso Retail" });
const rows = async () => (await world.stores.audit.list({ ...world.scope, limit: 20 })).toReversed();

describe("changeSettings", () => {
  it("saves what differs and audits each difference under one operation", async () => {
    expect(await save({ autoResolve: false, upToSeverity: "low", comment: null })).toEqual({
      kind: "changed",
      changes: [
        { name: "autoResolve", before: null, after: false },
        { name: "upToSeverity", before: null, after: "low" },
      ],
    });
    expect((await world.stores.settings.get(world.scope)).value).toEqual({
      autoResolve: { value: false, setBy: ROBIN, setAt: START },
      upToSeverity: { value: "low", setBy: ROBIN, setAt: START },
    });
    const audit = await rows();
    expect(audit.map(({ target, before, after }) => ({ target, before, after }))).toEqual([
      { target: "Contoso Retail: autoResolve", before: "inherit", after: "false" },
      { target: "Contoso Retail: upToSeverity", before: "inherit", after: '"low"' },
    ]);
    expect(new Set(audit.map(({ operationId }) => operationId)).size).toBe(1);
    expect(audit[0]).toMatchObject({
      phase: "done",
      verb: "settings.change",
      where: "chat-1",
      actor: { name: "Robin Reyes" },
    });
  });

  it("goes back to inheriting, and leaves what is not named as it is", async () => {
    await save({ autoResolve: false, comment: false });
    expect(await save({ autoResolve: null })).toEqual({
      kind: "changed",
      changes: [{ name: "autoResolve", before: false, after: null }],
    });
    expect(Object.keys((await world.stores.settings.get(world.scope)).value)).toEqual(["comment"]);
    expect((await rows()).at(-1)).toMatchObject({ before: "false", after: "inherit" });
  });

  it("writes nothing where nothing differs, a list of the same sources included", async () => {
    await save({ sources: ["microsoftDefenderForEndpoint"] });
    const { etag } = await world.stores.settings.get(world.scope);
    expect(await save({ sources: ["microsoftDefenderForEndpoint"], autoResolve: null })).toEqual({ kind: "unchanged" });
    expect(await save({})).toEqual({ kind: "unchanged" });
    expect((await world.stores.settings.get(world.scope)).etag).toBe(etag);
    expect(await rows()).toHaveLength(1);
  });

  it("changes and audits nothing when somebody else saved meanwhile", async () => {
    const settings = {
      ...world.stores.settings,
      get: async (level: Parameters<typeof world.stores.settings.get>[0]) => {
        const seen = await world.stores.settings.get(level);
        await world.set({ comment: false });
        return seen;
      },
    };
    const outcome = await changeSettings(
      { ...world.deps, settings },
      { level: world.scope, change: { autoResolve: false }, by: ROBIN, where: "chat-1", target: "Contoso" },
    );
    expect(outcome).toEqual({ kind: "conflict" });
    expect(Object.keys((await world.stores.settings.get(world.scope)).value)).toEqual(["comment"]);
    expect(await rows()).toEqual([]);
  });
});
