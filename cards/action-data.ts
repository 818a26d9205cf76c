import type { CardAction } from "./card-action.ts";
import { plainText } from "./plain-text.ts";

/** An action's data as a card carries it: texts and flags only, with the verb for clients that send Action.Submit. */
export function actionData(action: CardAction): Readonly<Record<string, string | boolean>> {
  const { values, ...rest } = "values" in action ? action : { ...action, values: {} };
  const data: Record<string, string | boolean> = {};
  for (const [name, value] of Object.entries({ ...rest, ...values })) {
    data[name] = typeof value === "boolean" ? value : value === null ? "" : plainText(String(value), 500);
  }
  return data;
}
