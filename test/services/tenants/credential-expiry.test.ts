import { describe, expect, it } from "vitest";
import { DAY, shift } from "../../../services/domain/instant.ts";
import { expiryNotice, type OwnCredential } from "../../../services/tenants/credential-expiry.ts";

const ENDS = "2027-03-01T23:59:59.999Z";
const secret: OwnCredential = { setting: "DEFENDER_APP_SECRET", kind: "secret", expiresAt: ENDS };
const at = (daysBefore: number) => expiryNotice(secret, shift(ENDS, -daysBefore * DAY));

describe("expiryNotice", () => {
  it.each([
    [400, null],
    [60.01, null],
    [60, "60"],
    [45, "60"],
    [30, "30"],
    [14.5, "30"],
    [14, "14"],
    [7, "7"],
    [1.5, "7"],
    [1, "1"],
    [0.1, "1"],
    [0, "expired 0"],
    [-0.5, "expired 0"],
    [-1, "expired 1"],
    [-30.2, "expired 30"],
  ])("%s days before the end has the mark %s", (days, mark) => {
    expect(at(days)?.mark ?? null).toBe(mark);
  });

  it("says which one, when it ends and what to do", () => {
    expect(at(14)).toMatchObject({ title: "Watchdesk's own secret ends in 14 days", daysLeft: 14 });
    expect(at(1)?.title).toBe("Watchdesk's own secret ends in 1 day");
    expect(at(14)?.text).toBe(
      "The secret in DEFENDER_APP_SECRET ends on 2027-03-01 (UTC). Without a new one no tenant can be read. Whoever runs Watchdesk has to make a new one in Entra, set it with its end, and start Watchdesk again.",
    );
    expect(at(-2)?.title).toBe("Watchdesk's own secret has expired");
    const bot: OwnCredential = { setting: "BOT_APP_PASSWORD", kind: "secret", expiresAt: ENDS };
    expect(expiryNotice(bot, ENDS)?.text).toContain("nothing can be posted or answered in Teams");
  });
});
