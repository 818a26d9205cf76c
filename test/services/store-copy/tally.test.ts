import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { KeptRecord } from "../../../services/domain/kept-record.ts";
import { NOTHING, tallied } from "../../../services/store-copy/tally.ts";
import { organization } from "../../contract/store/store-samples.ts";

const records = fc.array(
  fc.string().map((name): KeptRecord => ({ kind: "organization", value: organization({ id: "same", name }) })),
  { minLength: 1 },
);

describe("tallied", () => {
  it("comes to the same in every order and in pages of every size", () => {
    const pages = records.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }), fc.nat(all.length)),
    );
    fc.assert(
      fc.property(pages, ([all, shuffled, cut]) => {
        const inParts = tallied(tallied(NOTHING, shuffled.slice(0, cut)), shuffled.slice(cut));
        expect(inParts).toEqual(tallied(NOTHING, all));
      }),
    );
  });

  it("shows one more, also of two that are the same, one less, and another one", () => {
    fc.assert(
      fc.property(records, fc.string(), (all, name) => {
        const [first] = all;
        if (first?.kind !== "organization") return;
        const { sum } = tallied(NOTHING, all);
        const other: KeptRecord = { ...first, value: { ...first.value, name: `${first.value.name}${name}!` } };
        expect(tallied(NOTHING, [...all, first, first]).sum).not.toBe(sum);
        expect(tallied(NOTHING, all.slice(1)).sum).not.toBe(sum);
        expect(tallied(NOTHING, [other, ...all.slice(1)]).sum).not.toBe(sum);
      }),
    );
  });

  it("does not mind how a store orders the parts of a value", () => {
    const value = organization({ directoryId: "7" });
    const turned = Object.fromEntries(Object.entries(value).reverse()) as unknown as typeof value;
    const [one, other] = [value, turned].map((each) => tallied(NOTHING, [{ kind: "organization", value: each }]));
    expect(other).toEqual(one);
  });
});
