export type CardNode = Readonly<Record<string, unknown>>;

/** Every object of a card, itself included, in reading order. */
export function nodesOf(node: unknown): readonly CardNode[] {
  if (Array.isArray(node)) return node.flatMap(nodesOf);
  if (typeof node !== "object" || node === null) return [];
  const own = node as CardNode;
  return [own, ...Object.values(own).flatMap(nodesOf)];
}

/** The nodes of one type. */
export function ofType(card: unknown, type: string): readonly CardNode[] {
  return nodesOf(card).filter((node) => node.type === type);
}

/** Every list of actions in a card. */
export function actionLists(card: unknown): readonly (readonly CardNode[])[] {
  return nodesOf(card).flatMap((node) => (Array.isArray(node.actions) ? [node.actions as CardNode[]] : []));
}
