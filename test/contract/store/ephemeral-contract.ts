import { expect, it } from "vitest";
import { type Instant, MINUTE, shift } from "../../../services/domain/instant.ts";
import { bench, type OpenStore } from "./opened-store.ts";
import { A, organization } from "./store-samples.ts";

export function ephemeralContract(open: OpenStore): void {
  const { stores, opened, clock } = bench(open);
  const put = (value: string, etag: string | null, key = "turn-1", minutes = 10) =>
    stores().ephemeral.put({ key, value, etag, endsAt: shift(clock.now(), minutes * MINUTE) });
  const value = async (key = "turn-1") => (await stores().ephemeral.get(key))?.value ?? null;

  it("creates once, replaces what was read, and overwrites when told so", async () => {
    expect(await put("1", "*")).toBe("stored");
    expect(await put("2", null)).toBe("conflict");
    const etag = (await stores().ephemeral.get("turn-1"))?.etag ?? "";
    expect(await put("3", etag)).toBe("stored");
    expect(await put("4", etag)).toBe("conflict");
    expect(await value()).toBe("3");
    expect(await put("5", "*")).toBe("stored");
    expect(await value()).toBe("5");
    expect(await put("6", "17", "absent")).toBe("conflict");
    expect(await value("absent")).toBeNull();
  });

  it("lets one of two workers claim a key", async () => {
    const other = await opened().second();
    const endsAt = shift(clock.now(), MINUTE);
    const claim = async (end: Instant) =>
      await Promise.all(
        [stores(), other].map(({ ephemeral }) => ephemeral.put({ key: "claim", value: "{}", etag: null, endsAt: end })),
      );
    expect((await claim(endsAt)).sort()).toEqual(["conflict", "stored"]);
    clock.advance(MINUTE);
    expect((await claim(shift(endsAt, MINUTE))).sort()).toEqual(["conflict", "stored"]);
  });

  it("hides what has ended at once, and lets it be claimed anew, not continued", async () => {
    await put("old", null);
    const etag = (await stores().ephemeral.get("turn-1"))?.etag ?? "";
    clock.advance(10 * MINUTE - 1);
    expect(await value()).toBe("old");
    clock.advance(1);
    expect(await value()).toBeNull();
    expect(await put("continued", etag)).toBe("conflict");
    expect(await put("new", null)).toBe("stored");
    expect(await put("continued", etag)).toBe("conflict");
    expect(await value()).toBe("new");
  });

  it("removes a key; an etag read before fits nothing put after", async () => {
    await put("1", null);
    const etag = (await stores().ephemeral.get("turn-1"))?.etag ?? "";
    await stores().ephemeral.remove("turn-1");
    await stores().ephemeral.remove("never there");
    expect(await value()).toBeNull();
    await put("2", null);
    expect(await put("3", etag)).toBe("conflict");
  });

  it("says that it is well while open, and throws store-unavailable once closed", async () => {
    await expect(stores().check()).resolves.toBeUndefined();
    await stores().close();
    await stores().close();
    await expect(stores().check()).rejects.toMatchObject({ name: "Breakdown", code: "store-unavailable" });
    await expect(stores().organizations.count(A)).rejects.toMatchObject({ code: "store-unavailable" });
    await expect(stores().organizations.add(organization())).rejects.toMatchObject({ code: "store-unavailable" });
  });
}
