import { afterEach, beforeEach, expect, it } from "vitest";
import { type OpenedCosmos, openCosmosForTest } from "./open-cosmos-for-test.ts";
import { movedClock } from "./opened-store.ts";
import { A, auditRow, linked, organization } from "./store-samples.ts";

/* What a name or an organization leads to is read in two steps, between which others write. */

let opened: OpenedCosmos;
/** Happens once, when an item whose id begins so has been read. */
let between: { readonly after: string; readonly happens: () => Promise<unknown> } | null;

beforeEach(async () => {
  between = null;
  opened = await openCosmosForTest(movedClock(), {
    plant: (container) => ({
      ...container,
      read: async <Value>(partition: string, id: string) => {
        const found = await container.read<Value>(partition, id);
        const event = between;
        if (event === null || !id.startsWith(event.after)) return found;
        between = null;
        await event.happens();
        return found;
      },
    }),
  });
});
afterEach(() => opened.dispose());

it("finds no organization by a name that it gave up in between", async () => {
  const { organizations } = opened.stores;
  const before = organization({ name: "Contoso" });
  await organizations.add(before);
  const rename = { before, after: { ...before, name: "Fabrikam" }, audit: auditRow() };
  between = { after: "organizationName:", happens: () => organizations.rename(rename) };
  expect(await organizations.findByName(A, "Contoso")).toBeNull();
  expect(await organizations.findByName(A, "Fabrikam")).toMatchObject({ id: before.id });
});

it("finds no link by an organization that it left in between", async () => {
  const { organizations, links } = opened.stores;
  const scope = await linked(opened.stores);
  const found = await links.get(scope);
  if (found === null) throw new Error("The sample is not linked.");
  const target = organization();
  await organizations.add(target);
  const move = { link: found.value, etag: found.etag, toOrganizationId: target.id, audit: auditRow() };
  between = { after: "organization:", happens: () => links.move(move) };
  expect(await links.findByOrganization(A, found.value.organizationId)).toBeNull();
  expect(await links.findByOrganization(A, target.id)).toMatchObject(scope);
});
