import fc from "fast-check";
import { expect, it } from "vitest";
import { bench, type OpenStore } from "./opened-store.ts";
import { A, auditRow, B, link, linked, organization, removal, sync } from "./store-samples.ts";

type Step = {
  kind: "create" | "remove" | "move";
  account: string;
  organization: number;
  tenant: number;
  worker: number;
};

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom("create", "create", "create", "remove", "move"),
  account: fc.constantFrom(A, B),
  organization: fc.nat(2),
  tenant: fc.nat(3),
  worker: fc.nat(1),
});

export function linkRaceContract(open: OpenStore): void {
  const { stores, opened, clock } = bench(open);

  it("links one tenant once, of 50 that try at the same time", async () => {
    const workers = [stores(), await opened().second()];
    const attempts = Array.from({ length: 50 }, async (_, index) => {
      const accountId = index % 2 === 0 ? A : B;
      const customer = organization({ accountId });
      const worker = workers[index % 3 === 0 ? 0 : 1] ?? stores();
      await worker.organizations.add(customer);
      const item = link({ accountId, organizationId: customer.id, tenantId: "contested" });
      return worker.links.create({ link: item, sync: sync(item), audit: auditRow({ accountId }) });
    });
    const outcomes = await Promise.all(attempts);
    expect(outcomes.filter(({ kind }) => kind === "linked")).toHaveLength(1);
    const written = await Promise.all([A, B].map((accountId) => stores().audit.list({ accountId, limit: 100 })));
    expect(written.flat()).toHaveLength(1);
    await stores().sweep();
    const holders = await Promise.all(
      [A, B].map((accountId) => stores().organizations.list({ accountId, linked: true, offset: 0, limit: 100 })),
    );
    expect(holders.flat()).toHaveLength(1);
  });

  it("keeps one tenant per organization, of 50 that move and link to the same ones at the same time", async () => {
    const workers = [stores(), await opened().second()];
    const targets = [organization(), organization()];
    for (const item of targets) await stores().organizations.add(item);
    const movers = await Promise.all(Array.from({ length: 25 }, () => linked(stores())));
    const attempts = Array.from({ length: 50 }, async (_, index): Promise<string> => {
      const { links } = workers[index % 3 === 0 ? 0 : 1] ?? stores();
      const toOrganizationId = targets[index % 2]?.id ?? "";
      const mover = movers[index % 25];
      if (index >= 25 || mover === undefined) {
        const item = link({ organizationId: toOrganizationId });
        return (await links.create({ link: item, sync: sync(item), audit: auditRow() })).kind;
      }
      const found = await links.get(mover);
      if (found === null) return "missing";
      const move = { link: found.value, etag: found.etag, toOrganizationId };
      return (await links.move({ ...move, audit: auditRow({ verb: "tenant.move" }) })).kind;
    });
    const outcomes = await Promise.all(attempts);
    expect(outcomes.filter((kind) => kind === "moved" || kind === "linked")).toHaveLength(2);
    expect(outcomes.filter((kind) => kind === "organizationHasTenant")).toHaveLength(48);
    const rows = await stores().links.list({ accountId: A, offset: 0, limit: 100 });
    const held = rows.map((row) => row.link.organizationId);
    expect(new Set(held).size).toBe(held.length);
    expect(new Set(rows.map((row) => row.link.tenantId)).size).toBe(rows.length);
    const moves = (await stores().audit.list({ accountId: A, limit: 200 })).filter(
      ({ verb }) => verb === "tenant.move",
    );
    expect(moves).toHaveLength(outcomes.filter((kind) => kind === "moved").length);
  });

  it("never holds two links for one tenant or one organization, in whatever order links come, move and go", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { maxLength: 12 }), async (rounds) => {
        const fresh = await open(clock);
        try {
          const workers = [fresh.stores, await fresh.second()] as const;
          for (const accountId of [A, B]) {
            for (const id of ["0", "1", "2"]) {
              await fresh.stores.organizations.add(organization({ accountId, id, name: id }));
            }
          }
          const take = async (one: Step): Promise<void> => {
            const { links } = one.worker === 0 ? workers[0] : workers[1];
            const scope = { accountId: one.account, tenantId: `tenant-${one.tenant}` };
            const audit = auditRow({ accountId: one.account });
            const found = one.kind === "create" ? null : await links.get(scope);
            if (one.kind === "create") {
              const item = link({ ...scope, organizationId: String(one.organization) });
              await links.create({ link: item, sync: sync(item), audit });
            } else if (found !== null && one.kind === "remove") {
              await links.remove({ ...removal(scope, audit), etag: found.etag });
            } else if (found !== null) {
              const toOrganizationId = String(one.organization);
              await links.move({ link: found.value, etag: found.etag, toOrganizationId, audit });
            }
          };
          for (const round of rounds) {
            await Promise.all(round.map(take));
            const page = { offset: 0, limit: 100 };
            const lists = await Promise.all([A, B].map((accountId) => fresh.stores.links.list({ accountId, ...page })));
            const all = lists.flat().map((row) => row.link);
            expect(new Set(all.map(({ tenantId }) => tenantId)).size).toBe(all.length);
            expect(new Set(all.map((item) => `${item.accountId}/${item.organizationId}`)).size).toBe(all.length);
            for (const item of all) {
              expect((await fresh.stores.links.findByTenant(item.tenantId))?.value).toEqual(item);
              expect(await fresh.stores.links.findByOrganization(item.accountId, item.organizationId)).toEqual(item);
            }
          }
        } finally {
          await fresh.dispose();
        }
      }),
      { numRuns: 30 },
    );
  }, 120_000);
}
