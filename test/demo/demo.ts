// The whole product on this machine, without a cloud account: npm run demo
import { type Demo, openDemo } from "./open-demo.ts";

const say = (line: string) => process.stdout.write(`${line}\n`);

const guide = (demo: Demo) => `
Open the Playground:  ${demo.playgroundUrl}
The control page:     ${demo.controlUrl}

You are Avery Stone, an admin of Harbor Ridge Security. Five things to try, in the Personal Chat:
1. Say "connect tenant", pick Contoso Dental, press "Sign in with Microsoft", be Nora Castillo, accept;
   then press "Confirm" in the chat.
2. Wait some ten seconds for the first alert: it is resolved and commented in Defender. Reopen or claim it.
3. Say "settings Contoso Dental", switch auto-resolve off and save. On the control page press "New alert":
   this one stays open.
4. On the control page press "Resolve in portal" at that alert. Its card says so at the next read.
5. On the control page press "Revoke consent". You are told, and "tenants" says what is no longer covered.

There is more for admins. In the chat: "tenants" and the card behind Open, "move tenant", "import organizations", "roles",
"audit". On the control page: take a permission away, press Approve as your colleague Mina Okafor, send a list of names.

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

// npm passes SIGTERM on to its shell only, which ends without a word to us: then the parent is another.
if (process.env.npm_lifecycle_event === "demo") {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid === parent || ending) return;
    if (demo === null) process.exit(0);
    void end(0);
  }, 250).unref();
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
