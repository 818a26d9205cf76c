import { isObject } from "./teams-types.ts";

const TEXTS = ["text", "title", "value", "label", "placeholder", "altText"];
const PARENTS = ["body", "items", "columns", "rows", "cells", "inlines", "facts", "actions", "card"];

/**
 * All words of a card, one piece a line, in reading order: texts, facts, labels, choices and titles of actions.
 * Elements with `isVisible: false` are left out unless asked for.
 */
export function textOf(card: unknown, options: { hidden?: boolean } = {}): string {
  return pieces(card, options.hidden ?? false).join("\n");
}

function pieces(node: unknown, hidden: boolean): string[] {
  if (typeof node === "string") return [node];
  if (Array.isArray(node)) return node.flatMap((child) => pieces(child, hidden));
  if (!isObject(node)) return [];
  if (node.isVisible === false && !hidden) return [];
  const type = typeof node.type === "string" ? node.type : "";
  const own = TEXTS.filter((key) => key !== "value" || type === "").flatMap((key) => {
    const text = node[key];
    return typeof text === "string" ? [text] : [];
  });
  const choices = Array.isArray(node.choices) ? node.choices : [];
  const choiceTitles = choices.flatMap((choice) => (isObject(choice) ? [String(choice.title)] : []));
  return [...own, ...choiceTitles, ...PARENTS.flatMap((parent) => pieces(node[parent], hidden))];
}
