// The whole product on this machine, without a cloud account: npm run demo
import { type Demo, openDemo } from "./open-demo.ts";

const say = (line: string) => process.stdout.write(`${line}\n`);

const guide = (demo: Demo) => `
Open the Playground:  ${demo.playgroundUrl}
The control page:     ${demo.controlUrl}

You are Avery Stone, an admin of Harbor Ridge Security. Five things to try, in the Personal Chat:
1. Say "connect tenant", pick Contoso Dental, press Sign in with Microsoft, be Nora Castillo, accept.
2. Wait for the first alert, a few seconds later: Defender has it resolved and commented. Claim or reopen it.
3. Say "settings Contoso Dental" and switch auto-resolve off. The next alert stays open.
4. On the control page press "Resolve in portal" at an open alert. Its card says so at the next read.
5. On the control page press "Revoke consent", then say "tenants" and see what is no longer covered.

Alerts are read every 5 seconds here. Ctrl-C ends everything.`;

let demo: Demo | null = null;
let ending = false;

async function end(code: number): Promise<never> {
  ending = true;
  await demo?.close();
  process.exit(code);
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    // Before everything stands, or the second time: at once. What was started ends with this process.
    if (ending || demo === null) process.exit(0);
    say("Ending the demo ...");
    void end(0);
  });
}

try {
  const began = Date.now();
  demo = await openDemo(say);
  say(`Ready after ${((Date.now() - began) / 1000).toFixed(1)} s.`);
  say(guide(demo));
  const sentence = await demo.botDied;
  if (!ending) {
    process.stderr.write(`${sentence}\n`);
    await end(1);
  }
} catch (cause) {
  process.stderr.write(`The demo did not start. ${cause instanceof Error ? cause.message : String(cause)}\n`);
  await end(1);
}
