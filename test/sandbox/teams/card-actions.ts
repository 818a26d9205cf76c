import { isObject, type JsonObject } from "./teams-types.ts";

/** Names the action to use: its verb, its title, or a test of the action's JSON. */
export type ActionChoice = string | ((action: JsonObject) => boolean);

const PARENTS = ["body", "items", "columns", "rows", "cells", "actions", "selectAction", "inlineAction", "card"];

/** Every action of a card that a person could use, wherever it stands (hidden elements included), in reading order. */
export function actionsOf(card: unknown): JsonObject[] {
  if (Array.isArray(card)) return card.flatMap(actionsOf);
  if (!isObject(card)) return [];
  const own = typeof card.type === "string" && card.type.startsWith("Action.") ? [card] : [];
  return [...own, ...PARENTS.flatMap((parent) => actionsOf(card[parent]))];
}

/** The one action of that type which the choice names; fails with the list of what the card offers. */
export function findAction(card: unknown, type: "Action.Execute" | "Action.Submit", choice: ActionChoice): JsonObject {
  const offered = actionsOf(card).flatMap((action) => {
    if (action.type === type) return [action];
    return isObject(action.fallback) && action.fallback.type === type ? [action.fallback] : [];
  });
  const found = offered.find((action) =>
    typeof choice === "string" ? action.verb === choice || action.title === choice : choice(action),
  );
  if (found !== undefined) return found;
  const names = offered.map((action) => String(action.verb ?? action.title ?? action.id)).join(", ");
  throw new Error(`The card has no such ${type}: ${String(choice)}. It offers: ${names || "none"}.`);
}

/** Inputs' start values by id, as a client sends them when nothing is changed. */
export function inputValuesOf(card: unknown): JsonObject {
  if (Array.isArray(card)) return Object.assign({}, ...card.map(inputValuesOf));
  if (!isObject(card)) return {};
  const nested = Object.assign({}, ...PARENTS.map((parent) => inputValuesOf(card[parent])));
  if (typeof card.type !== "string" || !card.type.startsWith("Input.") || typeof card.id !== "string") return nested;
  if (card.type === "Input.Toggle") return { ...nested, [card.id]: card.value ?? card.valueOff ?? "false" };
  return card.value === undefined ? nested : { ...nested, [card.id]: card.value };
}
