/** The team that runs the bot. Its id is the Entra tenant of its Teams; its name comes from configuration only. */
export interface Account {
  readonly id: string;
  readonly name: string;
}
