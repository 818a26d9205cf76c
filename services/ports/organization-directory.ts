/** An organization as the account's own directory knows it. */
export interface DirectoryOrganization {
  /** The directory's id; stays when the name changes. */
  readonly id: string;
  readonly name: string;
}

export interface DirectoryPage {
  readonly organizations: readonly DirectoryOrganization[];
  /** Where the next page begins; null after the last. */
  readonly next: string | null;
}

/**
 * Where an account keeps its customers, such as the Huntress API (https://api.huntress.io/docs). Its credentials serve
 * that one account and no other. Only read, never written.
 */
export interface OrganizationDirectory {
  readonly accountId: string;
  /** What people call it: "Huntress". */
  readonly name: string;
  /**
   * One page, in the directory's order; `from` is an earlier page's `next`, null for the first. Throws Breakdown:
   * throttled (with retryAfterMs where the directory says so), not-answering, unreadable-answer, unauthorized, refused.
   */
  page(from: string | null): Promise<DirectoryPage>;
}
