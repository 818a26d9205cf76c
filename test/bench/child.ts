import { type ChildProcess, fork } from "node:child_process";

/** What a child process can be asked; inputs and answers travel as JSON. */
type Handlers = { readonly [verb: string]: (input: never) => Promise<unknown> };

export interface Child<Asked extends Handlers> {
  /** Asks and waits for the answer; rejects with the child's own message when it fails or ends. */
  ask<Verb extends keyof Asked & string>(
    verb: Verb,
    ...input: Parameters<Asked[Verb]>
  ): Promise<Awaited<ReturnType<Asked[Verb]>>>;
  /** Ends the process. */
  end(): Promise<void>;
}

interface Question {
  readonly id: number;
  readonly verb: string;
  readonly input: unknown;
}

interface Answer {
  readonly id: number;
  readonly failed: string | null;
  readonly value: unknown;
}

/** Starts a file of this folder in a process of its own, so that its CPU and memory are its own. */
export function startChild<Asked extends Handlers>(file: string, execArgv: readonly string[] = []): Child<Asked> {
  const process = fork(new URL(file, import.meta.url), {
    execArgv: [...execArgv],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (cause: Error) => void }>();
  let asked = 0;
  process.on("message", (message) => {
    const answer = message as Answer;
    const waiter = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (answer.failed === null) waiter?.resolve(answer.value);
    else waiter?.reject(new Error(answer.failed));
  });
  process.on("exit", (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`${file} ended with code ${code}.`));
    waiting.clear();
  });
  return {
    ask: (verb, ...input) =>
      new Promise((resolve, reject) => {
        asked += 1;
        waiting.set(asked, { resolve: (value) => resolve(value as never), reject });
        const question: Question = { id: asked, verb, input: input[0] };
        process.send(question);
      }),
    end: () => ended(process),
  };
}

/** In the child: answers the parent, one question at a time or many, and ends with it. */
export function answerParent(handlers: Handlers): void {
  process.on("message", (message) => {
    const { id, verb, input } = message as Question;
    const handler = handlers[verb];
    const work = handler === undefined ? Promise.reject(new Error(`No such verb: ${verb}`)) : handler(input as never);
    work.then(
      (value) => process.send?.({ id, failed: null, value: value ?? null } satisfies Answer),
      (cause: unknown) => process.send?.({ id, failed: String(cause), value: null } satisfies Answer),
    );
  });
  process.on("disconnect", () => process.exit(0));
}

function ended(process: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (process.exitCode !== null) return resolve();
    process.once("exit", () => resolve());
    if (process.connected) process.disconnect();
  });
}
