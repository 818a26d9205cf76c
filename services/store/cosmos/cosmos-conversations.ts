import { Breakdown } from "../../domain/breakdown.ts";
import type { Conversation } from "../../domain/conversation.ts";
import type { Clock } from "../../ports/clock.ts";
import type { ConversationStore } from "../../ports/stores.ts";
import { ofConversation } from "./cosmos-bindings.ts";
import type { CosmosContainer } from "./cosmos-container.ts";
import { accountPartition, type Item, itemId, keyText } from "./cosmos-item.ts";
import type { ItemQuery } from "./item-query.ts";
import type { WriteStep } from "./write-step.ts";

const ROUNDS = 10;

/**
 * The places that the bot may write to. Putting one is a single blind write: who calls it has read it and puts only what
 * changed, so that to read it here again would cost more than it saves.
 */
export function cosmosConversations(container: CosmosContainer, clock: Clock): ConversationStore {
  // Tells apart what this process heard in one moment.
  let heard = 0;
  const heardOfLast = async (accountId: string, narrowed: Pick<ItemQuery, "where" | "values" | "take">) => {
    const query = { partition: accountPartition(accountId), kind: "conversation" } as const;
    const found = await container.find<Conversation>({ ...query, ...narrowed, orderBy: ["heard"], descending: true });
    return found.map(({ value }) => value);
  };

  return {
    put: async (conversation) => {
      heard += 1;
      const order = `${clock.now()}|${String(heard).padStart(12, "0")}`;
      const item = conversationItem(conversation, order);
      await container.write(accountPartition(conversation.accountId), [{ do: "put", item }]);
    },
    get: async (accountId, id) =>
      (await container.read<Conversation>(accountPartition(accountId), conversationId(id)))?.value ?? null,
    // A reinstalled bot may have two 1:1 chats with a person: the one heard of last is the living one.
    personal: async (accountId, personId) => {
      const where = ["k.shared = false", "k.personId = @personId"];
      const [found] = await heardOfLast(accountId, { where, values: { personId: keyText(personId) }, take: 1 });
      return found ?? null;
    },
    shared: (accountId, limit) => heardOfLast(accountId, { where: ["k.shared = true"], take: limit }),
    remove: async (accountId, id) => {
      const partition = accountPartition(accountId);
      for (let round = 0; round < ROUNDS; round += 1) {
        const bindings = await container.findVersions({ partition, kind: "binding", ...ofConversation(id) });
        const known = await container.read(partition, conversationId(id));
        const gone = known === null ? bindings : [known, ...bindings];
        const steps = gone.map((item): WriteStep => ({ do: "delete", id: item.id }));
        if (steps.length === 0 || (await container.write(partition, steps)).kind === "stored") return;
        // Somebody else has just removed one of them.
      }
      throw new Breakdown("conflict", "A conversation was changed by others again and again.", { retryable: true });
    },
  };
}

function conversationId(id: string): string {
  return itemId("conversation", id);
}

/** `heard` orders what was heard of; the later, the greater as a text. */
export function conversationItem(conversation: Conversation, heard: string): Item<Conversation> {
  const { accountId, id, kind, personId } = conversation;
  return {
    id: conversationId(id),
    kind: "conversation",
    keys: { accountId, shared: kind !== "personal", personId: personId === null ? null : keyText(personId), heard },
    value: conversation,
  };
}
