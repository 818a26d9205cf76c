import type { CosmosContainer } from "../../../services/store/cosmos/cosmos-container.ts";

/** A container whose process dies after so many writes. */
export function mortal(container: CosmosContainer, writes: number): CosmosContainer {
  let left = writes;
  return {
    ...container,
    write: async (...step) => {
      if (left === 0) throw new Error("The process died.");
      left -= 1;
      return await container.write(...step);
    },
  };
}
