import type { BindingKind, ChannelBinding } from "../../domain/conversation.ts";
import type { BindingStore } from "../../ports/stores.ts";
import type { AuditedWrite } from "./audited-write.ts";
import type { CosmosContainer } from "./cosmos-container.ts";
import { accountPartition, type Item, itemId, keyText } from "./cosmos-item.ts";
import type { ItemQuery } from "./item-query.ts";

/** What conversations are bound to, the oldest binding first. */
export function cosmosBindings(container: CosmosContainer, writeAudit: AuditedWrite): BindingStore {
  const listed = async (accountId: string, narrowed: Pick<ItemQuery, "where" | "values">) => {
    const query = { partition: accountPartition(accountId), kind: "binding", orderBy: ["order"] } as const;
    return (await container.find<ChannelBinding>({ ...query, ...narrowed })).map(({ value }) => value);
  };
  return {
    list: (accountId, kind) =>
      listed(
        accountId,
        kind === undefined ? {} : { where: ["k.bindingKind = @bindingKind"], values: { bindingKind: kind } },
      ),
    ofConversation: (accountId, conversationId) => listed(accountId, ofConversation(conversationId)),
    put: async ({ binding, audit }) => {
      const step = { do: "put", item: bindingItem(binding) } as const;
      await writeAudit(accountPartition(binding.accountId), [step], audit === null ? [] : [audit]);
    },
    remove: async ({ accountId, conversationId, kind, audit }) => {
      const step = { do: "delete", id: bindingId(conversationId, kind) } as const;
      return (await writeAudit(accountPartition(accountId), [step], [audit])).kind === "stored";
    },
  };
}

/** The condition that a binding is one of this conversation's. */
export function ofConversation(conversationId: string): Pick<ItemQuery, "where" | "values"> {
  return { where: ["k.conversationId = @conversationId"], values: { conversationId: keyText(conversationId) } };
}

function bindingId(conversationId: string, kind: BindingKind): string {
  return itemId("binding", conversationId, kind);
}

export function bindingItem(binding: ChannelBinding): Item<ChannelBinding> {
  const { accountId, conversationId, kind, boundAt } = binding;
  return {
    id: bindingId(conversationId, kind),
    kind: "binding",
    keys: {
      accountId,
      conversationId: keyText(conversationId),
      bindingKind: kind,
      order: keyText(`${boundAt}\n${conversationId}\n${kind}`),
    },
    value: binding,
  };
}
