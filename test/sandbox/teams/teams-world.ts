import { MovedClock } from "../clock.ts";
import { type SampleBot, startSampleBot } from "./sample-bot.ts";
import { startTeams } from "./teams.ts";

const accountTenantId = "0a000000-0000-4000-8000-000000000001";
const botAppId = "0b000000-0000-4000-8000-000000000001";

/** Teams with a team of two and a sample bot, for the sandbox's own tests. */
export async function startTeamsWorld(forward?: { playgroundUrl: string }): Promise<{
  clock: MovedClock;
  teams: Awaited<ReturnType<typeof startTeams>>;
  bot: SampleBot;
  accountTenantId: string;
  botAppId: string;
  stop(): Promise<void>;
}> {
  const clock = new MovedClock(new Date());
  const verifyBotToken = async (authorization: string | undefined) => authorization === "Bearer bot";
  const teams = await startTeams({
    clock,
    verifyBotToken,
    accountTenantId,
    botAppId,
    ...(forward === undefined ? {} : { forward }),
  });
  const bot = await startSampleBot({ ...teams, botAppId });
  teams.connectBot(bot.url);
  return {
    clock,
    teams,
    bot,
    accountTenantId,
    botAppId,
    stop: async () => {
      await bot.stop();
      await teams.stop();
    },
  };
}
